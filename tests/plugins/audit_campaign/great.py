"""A district of three committees, forty branches and twelve hundred members, entered as a whole.

In every branch somebody is lost, hangs, floats, hides, has a letter in his pocket or left without a
receipt: two of these kinds, in turn. Everybody else pays, comes, and is where he belongs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from zhibu.accounts.service import roles
from zhibu.act import Act
from zhibu.identifiers import label, new_id
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations import service as organizations
from zhibu.organizations.public import Kind
from zhibu.organizations.rules import Unit
from zhibu.organizations.tables import Organization, OrganizationPeriod, Post
from zhibu.testing.house import Institution
from zhibu_dues.tables import DuesMonth
from zhibu_flow_members.tables import Case as Stay
from zhibu_flow_members.tables import Note
from zhibu_organization_life.tables import Attendance, Meeting
from zhibu_transfers.tables import TransfersCase, TransfersLetter

KINDS = ("lost", "hanging", "floating", "pocket", "unreceipted", "hidden")
COMMITTEES, BRANCHES, PEOPLE = 3, 40, 30
FOUNDED, ADMITTED, HELD = date(2000, 1, 1), date(2010, 7, 1), date(2026, 3, 10)
NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Great:
    """The district; `people` are the members of each branch, `planted` whoever is not in order."""

    district: Unit
    committees: list[Unit]
    branches: list[UUID] = field(default_factory=list)
    people: dict[UUID, list[UUID]] = field(default_factory=dict)
    planted: dict[str, set[UUID]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    rows: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: Any, **values: Any) -> UUID:
        id = new_id()
        self.rows.setdefault(table, []).append({"id": id, **values})
        return id


async def great(institution: Institution) -> Great:
    async with institution.operator() as act:
        district = await _unit(act, institution.units["root"], 0, Kind.DISTRICT_DEPARTMENT)
        committees = [
            await _unit(act, district, number, Kind.PARTY_COMMITTEE, approves=True)
            for number in range(1, COMMITTEES + 1)
        ]
        made = Great(district=district, committees=committees)
        for number in range(BRANCHES):
            _branch(made, committees[number % COMMITTEES], number)
        for table, rows in made.rows.items():
            given = [{"tenant_id": act.tenant_id, **row} for row in _even(rows)]
            await act.session.execute(insert(table), given)
    institution.units["great"] = district
    for number, unit in enumerate(committees):
        institution.units[f"great{number}"] = unit
    return made


async def officers(institution: Institution, made: Great) -> None:
    """Whoever acts: one secretary of all branches, an officer of each committee, the district."""
    await institution.account("great", "district_organization_officer", "great")
    for number in range(len(made.committees)):
        await institution.account(f"great{number}", "committee_officer", f"great{number}")
    secretary = await institution.account("secretaries")
    async with institution.operator() as act:
        for unit in made.branches:
            await roles.assign(
                act,
                account_id=secretary,
                role="branch_secretary",
                organization_id=unit,
                since=FOUNDED,
                until=None,
                reason="任命",
            )


async def _unit(act: Act, above: Unit, number: int, kind: Kind, *, approves: bool = False) -> Unit:
    return await organizations.create(
        act,
        parent_id=above.id,
        code=f"GREAT{number}",
        name=f"大区{number}",
        kind=kind,
        approves_probationary=approves,
        founded_on=FOUNDED,
    )


def _branch(made: Great, committee: Unit, number: int) -> None:
    unit = {"path": f"{committee.path}{label(number + 100)}.", "name": f"第{number:02}支部"}
    unit |= {"parent_id": committee.id, "kind": Kind.BRANCH}
    id = made.add(Organization, code=f"GB{number}", founded_on=FOUNDED, **unit)
    made.add(OrganizationPeriod, organization_id=id, since=FOUNDED, change="founded", **unit)
    made.branches.append(id)
    meeting = made.add(
        Meeting,
        organization_id=id,
        code=f"GM{number}",
        kind="theme_day",
        title="主题党日",
        held_on=HELD,
        state="held",
        recorded_at=NOON,
    )
    kinds = {0: KINDS[number % 6], 1: KINDS[(number + 1) % 6]}
    for place in range(PEOPLE):
        who = _member(made, id, unit["path"], number, place)
        made.people.setdefault(id, []).append(who)
        kind = kinds.get(place)
        idle = kind in ("lost", "hidden")
        _records(made, who, meeting, idle=idle)
        if kind is not None:
            made.planted[kind].add(who)
            _plant(made, who, kind, id, committee)
    if number < COMMITTEES:
        chair = made.people[id][-1]
        made.add(Post, organization_id=committee.id, member_id=chair, kind="secretary", since=HELD)


def _member(made: Great, branch: UUID, path: str, number: int, place: int) -> UUID:
    name = f"党员{number:02}{place:02}"
    id = made.add(
        Member,
        organization_id=branch,
        path=path,
        name=name,
        sort_name=name,
        gender="male" if place % 2 else "female",
        birth_date=date(1980, 3, 7),
        kind="in_service",
        stage="full",
        admitted_on=ADMITTED,
        full_on=date(2011, 7, 1),
        identity_sealed=b"sealed",
        identity_index=f"{number}-{place}".encode(),
        identity_masked="530*************38",
        created_at=NOON,
    )
    made.add(Affiliation, member_id=id, organization_id=branch, since=ADMITTED)
    stage = {"stage": "full", "change": "registered", "decision": "档案"}
    made.add(StagePeriod, member_id=id, since=ADMITTED, decided_on=ADMITTED, **stage)
    return id


def _records(made: Great, who: UUID, meeting: UUID, *, idle: bool) -> None:
    """A month of dues, paid or the sixth that is open, and a mark at the meeting."""
    made.add(
        DuesMonth,
        member_id=who,
        month=date(2026, 5, 1),
        year=2026,
        owed_fen=2_000,
        paid_fen=0 if idle else 2_000,
        due_on=date(2026, 5, 31),
        ground="standard",
        settled_on=None if idle else date(2026, 5, 20),
        streak=6 if idle else 0,
    )
    state = "absent" if idle else "present"
    made.add(Attendance, meeting_id=meeting, member_id=who, expected=True, state=state)


def _plant(made: Great, who: UUID, kind: str, branch: UUID, committee: Unit) -> None:
    if kind in ("hanging", "floating", "hidden"):
        since = date(2025, 11, 1) if kind == "hanging" else date(2026, 5, 15)
        stay = made.add(
            Stay,
            member_id=who,
            ground="labour",
            place="江州市",
            certainty="fixed" if kind == "hanging" else "moving",
            since=since,
            by_wish=False,
            paper="card",
            floating_from=since,
            once="away",
            verify_by=date(2026, 9, 1),
            recorded_at=NOON,
        )
        if kind == "hidden":
            said = {"side": "home", "phase": "away", "channel": "phone", "text": "电话联系"}
            at = {"happened_on": date(2026, 6, 1), "recorded_at": NOON}
            made.add(Note, case_id=stay, member_id=who, kind="contact", **said, **at)
    if kind in ("pocket", "unreceipted"):
        case = made.add(
            TransfersCase,
            kind="out",
            state="issued",
            member_id=who,
            name="党员",
            from_id=branch,
            elsewhere="中共海河市河东区委组织部",
            reason="residence",
            opened_on=date(2026, 2, 1),
        )
        made.add(
            TransfersLetter,
            case_id=case,
            organization_id=committee.id,
            year=2026,
            serial=len(made.rows.get(TransfersLetter, ())) + 1,
            heading="中共海河市河东区委组织部",
            name="党员",
            route="nation",
            paid_to=date(2026, 1, 1),
            issued_on=date(2026, 2, 1),
            days=90,
            valid_until=date(2026, 5, 1) if kind == "pocket" else date(2026, 8, 1),
            state="valid",
        )


def _even(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the same columns, as one statement of many wants them."""
    known = [*rows]
    keys = dict.fromkeys(key for row in known for key in row)
    return [{key: row.get(key) for key in keys} for row in known]
