"""The workbook of what members take on, 《承诺、岗位、联系和志愿服务登记簿》."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.members.public import MemberFacts, identity_numbers, member_by_identity, stages_on
from zhibu_organization_life import actions
from zhibu_organization_life.errors import EngagementDiffers, MemberUnknown, NameDiffers
from zhibu_organization_life.rules import engagements as rules
from zhibu_organization_life.rules import listed
from zhibu_organization_life.rules.engagements import Engaged, Engagement, Terms
from zhibu_organization_life.service import engagements as service
from zhibu_organization_life.service import exports
from zhibu_organization_life.sheets import columns
from zhibu_organization_life.store import engagements as store

TITLES = {column.key: column.title for column in columns.ENGAGEMENTS} | {
    "member": "公民身份号码",
    "on": "完成日期",
}
Key = tuple[UUID, Engaged, str, date]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The members that a file names, what they were on each day, and what they took on."""

    people: Mapping[str, MemberFacts]
    stages: Mapping[date, Mapping[UUID, str]]
    recorded: Mapping[Key, Engagement]
    held: Mapping[UUID, list[Engagement]]
    letters: set[tuple[UUID, int]]
    kept_letters: set[tuple[UUID, int]]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Whom a row names, and everything that the register would refuse to record."""
    known = await _known(act, rows)
    faults: list[Fault] = []
    signed = set(known.letters)
    for row in rows:
        member = known.people.get(row["identity_number"])
        if member is None:
            faults.append(row.fault(MemberUnknown.code, "identity_number"))
        elif member.name != row["name"]:
            faults.append(row.fault(NameDiffers.code, "name"))
        else:
            faults += _faults(act, row, member, known, signed)
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Record what is not recorded, and what came of what is; the same file changes nothing."""
    known = await _known(act, rows)
    new: list[tuple[MemberFacts, Engaged, Terms, Row]] = []
    updated = 0
    for row in rows:
        member = known.people[row["identity_number"]]
        act.require(actions.REGISTER, member.path, member.id)
        same = known.recorded.get(_key(row, member))
        if same is None:
            new.append((member, row["kind"], _terms(row), row))
        elif row["result"] and same.fulfilled_on is None:
            await service.fulfil(act, same.id, row["fulfilled_on"] or act.today, row["result"])
            updated += 1
    await service.add(
        act,
        [
            service.taken_on(act, member, kind, terms, row["late_reason"])
            | {
                "result": row["result"],
                "fulfilled_on": (row["fulfilled_on"] or act.today) if row["result"] else None,
            }
            for member, kind, terms, row in new
        ],
        {member.id: member for member, *_ in new},
    )
    return Written(created=len(new), updated=updated, unchanged=len(rows) - len(new) - updated)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """What began in `filters["year"]` at or below `filters["organization"]`, by member."""
    chosen = await exports.chosen(act, filters, actions.REGISTER_READ, ENGAGEMENTS.name)
    rows = [
        row
        for row in await store.engagements_below(
            act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
        )
        if act.may(actions.REGISTER_READ, row.path, row.member_id)
    ]
    shown = await identity_numbers(act, {row.member_id for row in rows})
    found = [
        {
            **{name: getattr(row, name) for name in store.SHOWN if name != "member_id"},
            "identity_number": shown[row.member_id].number,
            "name": shown[row.member_id].name,
        }
        for row in rows
        if row.member_id in shown
    ]
    chosen.say(act, len(found))
    return found


def _faults(
    act: Act, row: Row, member: MemberFacts, known: Known, signed: set[tuple[UUID, int]]
) -> list[Fault]:
    same = known.recorded.get(_key(row, member))
    kind, terms = row["kind"], _terms(row, same)
    of_year = member.id, terms.since.year
    if same is not None:
        retold = same.result is not None and "result" in row and row["result"] != same.result
        if same.terms != terms or retold:
            return [row.fault(EngagementDiffers.code, "title", title=terms.title)]
        found = []
    else:
        found = [
            *rules.recording_refusals(
                kind,
                terms,
                member_id=member.id,
                recorder=act.caller.member_id,
                member_then=known.stages[min(terms.since, act.today)].get(member.id)
                in ("full", "probationary"),
                letter=of_year in signed,
                kept_letter=bool({of_year, (member.id, terms.since.year - 1)} & known.kept_letters),
                late_reason=row["late_reason"],
                today=act.today,
                bounds=service.bounds_at(act, member, terms.since),
            )
        ]
        if kind is Engaged.LETTER:
            signed.add(of_year)
        if kind in listed.MANAGED:
            held = known.held[member.id]
            words = service.words_at(act, member, kind, terms.since)
            found += listed.refusals(kind, terms, words=words, held=held, managed=member.kind)
            held.append(_new(member, kind, terms))
    if row["result"] and (same is None or same.fulfilled_on is None):
        found += rules.fulfilling_refusals(
            same or _new(member, kind, terms),
            row["fulfilled_on"] or act.today,
            row["result"],
            teller=act.caller.member_id,
            reason=None,
            today=act.today,
        )
    return [
        Fault.of(each, row.number, TITLES.get(each.path[0], TITLES["member"])) for each in found
    ]


def _new(member: MemberFacts, kind: Engaged, terms: Terms) -> Engagement:
    return Engagement(
        id=member.id,
        member_id=member.id,
        kind=kind,
        terms=terms,
        fulfilled_on=None,
        result=None,
        voided_on=None,
        version=1,
    )


async def _known(act: Act, rows: Sequence[Row]) -> Known:
    found = await member_by_identity(act, {row["identity_number"] for row in rows})
    people = {
        number: member
        for number, member in found.items()
        if act.may(actions.REGISTER, member.path, member.id)
    }
    ids = {member.id for member in people.values()}
    days = {min(row["since"], act.today) for row in rows}
    recorded = await store.of_members(act.session, act.tenant_id, ids)
    held: dict[UUID, list[Engagement]] = defaultdict(list)
    for each in recorded:
        held[each.member_id].append(each)
    letters: dict[bool, set[tuple[UUID, int]]] = defaultdict(set)
    for each in recorded:
        if each.kind is Engaged.LETTER:
            letters[each.fulfilled_on is not None].add((each.member_id, each.terms.since.year))
    return Known(
        people=people,
        stages={day: await stages_on(act, ids, day) for day in days},
        recorded={
            (each.member_id, each.kind, each.terms.title, each.terms.since): each
            for each in recorded
        },
        held=held,
        letters=letters[True] | letters[False],
        kept_letters=letters[True],
    )


def _key(row: Row, member: MemberFacts) -> Key:
    return member.id, row["kind"], row["title"].strip(), row["since"]


def _terms(row: Row, same: Engagement | None = None) -> Terms:
    """What a row says; of a column that the file lacks, what is recorded."""

    def cell(key: str) -> Any:
        return row[key] if key in row or same is None else getattr(same.terms, key)

    return Terms(
        title=row["title"].strip(),
        since=row["since"],
        details=cell("details"),
        until=cell("until"),
        hours=cell("hours"),
    )


ENGAGEMENTS = Sheet(
    name="organization_life_engagements",
    title="承诺岗位联系服务登记簿",
    columns=columns.ENGAGEMENTS,
    permission=actions.REGISTER,
    key=("identity_number", "kind", "title", "since"),
    check=check,
    write=write,
    read=read,
)
