"""The workbook of posts: a row gives a member a post at an organization."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_APPOINT, ORGANIZATION_READ
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.kinds import Choice, Code, Date, Identity, Name
from zhibu.forms.rows import Record, Row, Written
from zhibu.identifiers import new_id, row_of
from zhibu.members.public import MemberFacts, identity_numbers, member_by_identity
from zhibu.organizations import errors, limits, rules, store
from zhibu.organizations.public import organization_of
from zhibu.organizations.rules import Holder, Post, PostKind, Unit
from zhibu.organizations.service.posts import appointed

KINDS = Choice(
    {
        "书记": PostKind.SECRETARY,
        "副书记": PostKind.DEPUTY_SECRETARY,
        "组织委员": PostKind.ORGANIZATION_MEMBER,
        "宣传委员": PostKind.PUBLICITY_MEMBER,
        "纪检委员": PostKind.DISCIPLINE_MEMBER,
        "委员": PostKind.COMMITTEE_MEMBER,
        "党小组组长": PostKind.PARTY_GROUP_LEADER,
        "考核记录员": PostKind.RECORDER,
        "考核监督员": PostKind.SUPERVISOR,
        "联络员": PostKind.LIAISON,
    },
    aliases={"支部书记": "书记", "支部委员": "委员", "组长": "党小组组长", "记录员": "考核记录员"},
)
COLUMNS = (
    Column("organization", "党组织代码", Code(), required=True),
    Column("identity_number", "公民身份号码", Identity(), required=True, aliases=("身份证号",)),
    Column("name", "姓名", Name(), required=True),
    Column("kind", "职务", KINDS, required=True),
    Column("since", "任职日期", Date(future=False, month=True), required=True),
    Column("term_ends_on", "任期届满日期", Date(month=True)),
)
_TITLES = {column.key: column.title for column in COLUMNS} | {"member": "公民身份号码"}


@dataclass(frozen=True, kw_only=True)
class _Recorded:
    """What is recorded of everything a file names."""

    units: Mapping[str, Unit]
    people: Mapping[str, MemberFacts]
    posts: dict[UUID, list[Post]]
    full: Mapping[UUID, int]

    def same(self, row: Row) -> Post | None:
        """The post that this row tells, if it is recorded."""
        unit, person = self.units[row["organization"]], self.people[row["identity_number"]]
        told = (person.id, row["kind"], row["since"])
        held = self.posts.get(unit.id, ())
        return next((p for p in held if (p.member_id, p.kind, p.since) == told), None)


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare the rows with what is recorded, and with the rows above them."""
    known = await _recorded(act, rows)
    names = {person.id: person.name for person in known.people.values()}
    faults: list[Fault] = []
    for row in rows:
        if not row.tells("organization"):
            continue
        unit = known.units.get(row["organization"])
        person = known.people.get(row["identity_number"])
        if unit is None or not act.may(ORGANIZATION_READ, unit.path):
            code = errors.OrganizationUnknown.code
            faults.append(row.fault(code, "organization", organization=row["organization"]))
            continue
        if not act.may(ORGANIZATION_APPOINT, unit.path):
            faults.append(row.fault(errors.NotPermittedHere.code, "organization"))
            continue
        if not row.tells("identity_number"):
            continue
        if person is None or not act.may(MEMBER_READ, person.path, person.id):
            faults.append(row.fault(errors.HolderUnknown.code, "identity_number"))
            continue
        if row.tells("name") and person.name != row["name"]:
            faults.append(row.fault(errors.HolderNameDiffers.code, "name"))
            continue
        if not row.tells("kind", "since", "term_ends_on") or known.same(row) is not None:
            continue
        found = _refusals(act, row, unit, person, known, names)
        faults += [Fault.of(e, row.number, _TITLES.get(e.path[0])) for e in found]
        if not found and not row.faulty:
            known.posts[unit.id].append(_post(act, row, unit, person))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Give every post that is not recorded yet, in a few statements."""
    known = await _recorded(act, rows)
    new: list[Post] = []
    changed = 0
    for row in rows:
        unit, person = known.units[row["organization"]], known.people[row["identity_number"]]
        act.require(ORGANIZATION_APPOINT, unit.path, seen_by=ORGANIZATION_READ)
        same = known.same(row)
        if same is None:
            post = _post(act, row, unit, person)
            new.append(post)
            act.record(appointed(post, unit, person.name, late=post.since < act.today))
        elif row["term_ends_on"] not in {None, same.term_ends_on}:
            changed += 1
            values = {"term_ends_on": row["term_ends_on"]}
            await store.update_post(act.session, act.tenant_id, same.id, values)
    await store.insert_posts(act.session, act.tenant_id, new)
    return Written(created=len(new), updated=changed, unchanged=len(rows) - len(new) - changed)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The posts held now at the organizations the caller sees; numbers in clear where it may."""
    path = ""
    if filters.get("organization"):
        top = await organization_of(act, row_of(filters["organization"], "Organization"))
        path = top.path
    units = await store.units_below(act.session, act.tenant_id, path, act.scope(ORGANIZATION_READ))
    by_id = {unit.id: unit for unit in units}
    posts = [p for p in await store.posts_at(act.session, act.tenant_id, by_id) if not p.until]
    people = await identity_numbers(act, {p.member_id for p in posts})
    return [
        {
            "organization": by_id[post.organization_id].code,
            "identity_number": people[post.member_id].number,
            "name": people[post.member_id].name,
            "kind": post.kind,
            "since": post.since,
            "term_ends_on": post.term_ends_on,
        }
        for post in posts
        if post.member_id in people
    ]


def _refusals(
    act: Act,
    row: Row,
    unit: Unit,
    person: MemberFacts,
    known: _Recorded,
    names: Mapping[UUID, str],
) -> list[Any]:
    needed = limits.committee(act, unit.path, row["since"])
    return [
        *rules.span_faults(row["since"], row["term_ends_on"], None),
        *rules.appointment_faults(
            unit,
            Holder(
                id=person.id,
                name=person.name,
                path=person.path,
                group_id=person.group_id,
                stage=person.stage,
                admitted_on=person.admitted_on,
            ),
            row["kind"],
            since=row["since"],
            until=None,
            posts=known.posts[unit.id],
            secretaries=names,
            full_members=known.full.get(unit.id, 0),
            committee_needs=needed.basis if needed.refused else None,
            needed=needed.members,
        ),
    ]


def _post(act: Act, row: Row, unit: Unit, person: MemberFacts) -> Post:
    return Post(
        id=new_id(),
        organization_id=unit.id,
        member_id=person.id,
        kind=row["kind"],
        since=row["since"],
        term_ends_on=row["term_ends_on"]
        or limits.term_ends_on(act, unit, row["kind"], row["since"]),
        until=None,
        reason="导入",
    )


async def _recorded(act: Act, rows: Sequence[Row]) -> _Recorded:
    session, tenant_id = act.session, act.tenant_id
    codes = {row["organization"] for row in rows if row["organization"]}
    units = await store.units_by_code(session, tenant_id, codes)
    ids = [unit.id for unit in units.values()]
    posts: dict[UUID, list[Post]] = defaultdict(list)
    for post in await store.posts_at(session, tenant_id, ids):
        posts[post.organization_id].append(post)
    return _Recorded(
        units=units,
        people=await member_by_identity(
            act, {row["identity_number"] for row in rows if row["identity_number"]}
        ),
        posts=posts,
        full=await store.full_members(session, tenant_id, ids),
    )
