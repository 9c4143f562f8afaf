"""A city of branches, its register, and what an audit of it came to: whole tables at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, false, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import label, new_id
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.storage.fresh import fresh_ids
from zhibu_audit_campaign.store.work import counts
from zhibu_audit_campaign.tables import Audited, Issue, Sheet

OF_COMMITTEE, OF_DISTRICT = 30, 20  # branches of a committee, committees of a district
ADMITTED = date(2010, 7, 1)
AT_ONCE = 5_000
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class City:
    """The places of each level, as rows of organizations."""

    districts: Rows
    committees: Rows
    branches: Rows


def city(tenant_id: UUID, top: Any, branches: int) -> City:
    """Districts of twenty committees of thirty branches, below the top."""
    numbers = iter(range(1_000, 1_000_000))

    def below(parent: dict[str, Any], kind: str, approves: bool) -> dict[str, Any]:
        number = next(numbers)
        return {
            "tenant_id": tenant_id,
            "id": new_id(),
            "parent_id": parent["id"],
            "path": f"{parent['path']}{label(number)}.",
            "code": f"B{number}",
            "name": f"第{number}党组织",
            "kind": kind,
            "approves_probationary": approves,
            "founded_on": ADMITTED,
        }

    root = {"id": top.id, "path": top.path}
    made = City(districts=[], committees=[], branches=[])
    for number in range(branches):
        if number % (OF_COMMITTEE * OF_DISTRICT) == 0:
            made.districts.append(below(root, "district_department", False))
        if number % OF_COMMITTEE == 0:
            made.committees.append(below(made.districts[-1], "party_committee", True))
        made.branches.append(below(made.committees[-1], "branch", False))
    return made


def members(tenant_id: UUID, branches: Rows, count: int, now: Any) -> Iterator[Rows]:
    """So many full members, each branch in turn."""
    for start in range(0, count, AT_ONCE):
        yield [
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "organization_id": branches[number % len(branches)]["id"],
                "path": branches[number % len(branches)]["path"],
                "name": f"党员{number}",
                "sort_name": f"dangyuan{number:06}",
                "gender": "female" if number % 3 else "male",
                "birth_date": date(1960, 1, 1) + timedelta(days=number % 15_000),
                "kind": "in_service",
                "stage": "full",
                "admitted_on": ADMITTED,
                "full_on": date(2011, 7, 1),
                "identity_sealed": b"sealed",
                "identity_index": number.to_bytes(8, "big"),
                "identity_masked": "530*************38",
                "created_at": now,
            }
            for number in range(start, min(start + AT_ONCE, count))
        ]


async def fill(session: AsyncSession, tenant_id: UUID, made: City, count: int, now: Any) -> None:
    """The register of the city: whole tables at once."""
    for rows in (made.districts, made.committees, made.branches):
        await session.execute(insert(Organization.__table__), rows)
        kept = ("tenant_id", "path", "name", "kind", "parent_id")
        periods = [
            {
                **{key: row[key] for key in kept},
                "id": new_id(),
                "organization_id": row["id"],
                "since": ADMITTED,
                "change": "founded",
            }
            for row in rows
        ]
        await session.execute(insert(OrganizationPeriod.__table__), periods)
    for rows in members(tenant_id, made.branches, count, now):
        await session.execute(insert(Member.__table__), rows)
    who: Any = Member.__table__
    of = literal(tenant_id, Uuid())
    known = select(of, fresh_ids(session), who.c.id, who.c.organization_id, who.c.admitted_on)
    names = ["tenant_id", "id", "member_id", "organization_id", "since"]
    known = known.where(who.c.tenant_id == tenant_id)
    await session.execute(insert(Affiliation.__table__).from_select(names, known))
    said = [literal("full"), literal("registered"), literal("档案")]
    stood = select(of, fresh_ids(session), who.c.id, who.c.admitted_on, who.c.admitted_on, *said)
    names = ["tenant_id", "id", "member_id", "since", "decided_on", "stage", "change", "decision"]
    stood = stood.where(who.c.tenant_id == tenant_id)
    await session.execute(insert(StagePeriod.__table__).from_select(names, stood))


async def checked(session: AsyncSession, tenant_id: UUID, every: int) -> None:
    """Of so many members one is lost, the others are checked; each branch has its numbers."""
    sheet: Any = Sheet.__table__
    number = func.row_number().over(order_by=sheet.c.id)
    listed = select(sheet, number.label("number")).where(sheet.c.tenant_id == tenant_id).subquery()
    lost = listed.c.number % every == 0
    await session.execute(
        update(sheet)
        .where(sheet.c.tenant_id == tenant_id, sheet.c.id.in_(select(listed.c.id).where(~lost)))
        .values(completed_on=ADMITTED)
    )
    kept = ("tenant_id", "campaign_id", "organization_id", "member_id")
    said = {"label": "lost", "clause": "S3C-06", "state": "confirmed"}
    issue = select(
        fresh_ids(session),
        listed.c.id,
        false(),
        *(listed.c[name] for name in kept),
        *map(literal, said.values()),
    ).where(lost)
    names = ["id", "sheet_id", "restricted", *kept, *said]
    await session.execute(insert(Issue.__table__).from_select(names, issue))
    audited: Any = Audited.__table__
    await session.execute(
        update(audited).where(audited.c.tenant_id == tenant_id).values(**counts())
    )
