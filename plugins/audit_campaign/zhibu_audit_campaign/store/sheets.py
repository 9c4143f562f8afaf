"""Sheets, what their checks came to, and the issues on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.identifiers import new_id
from zhibu.storage.upsert import insert_or
from zhibu_audit_campaign.rules.checking import Checked, Judged, Sheet
from zhibu_audit_campaign.rules.suggesting import Known, Suggestion
from zhibu_audit_campaign.tables import Audited, Check, Issue
from zhibu_audit_campaign.tables import Sheet as Row

SHEET: Any = Row.__table__
CHECK: Any = Check.__table__
ISSUE: Any = Issue.__table__
AUDITED: Any = Audited.__table__
HELD = (
    *("streak", "expected", "attended_on", "heard_on", "away_since", "letter_until"),
    *("file_missing", "file_doubtful"),
)


async def sheet(session: AsyncSession, tenant_id: UUID, id: UUID) -> Sheet | None:
    """One sheet, held, with the organization in the audit that it is of; None where there is
    none.
    """
    query = (
        select(SHEET, AUDITED.c.id.label("audited_id"))
        .join(
            AUDITED,
            and_(
                AUDITED.c.tenant_id == SHEET.c.tenant_id,
                AUDITED.c.campaign_id == SHEET.c.campaign_id,
                AUDITED.c.organization_id == SHEET.c.organization_id,
            ),
        )
        .where(SHEET.c.tenant_id == tenant_id, SHEET.c.id == id)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(of=SHEET)
    row = (await session.execute(query)).one_or_none()
    return None if row is None else _sheet(row)


async def sheets_of(
    session: AsyncSession, tenant_id: UUID, campaign_id: UUID, organization_id: UUID
) -> Sequence[Any]:
    """The sheets of a branch that are not complete: whose, and why he is on the list."""
    rows = await session.execute(
        select(SHEET.c.id, SHEET.c.member_id, SHEET.c.ground).where(
            SHEET.c.tenant_id == tenant_id,
            SHEET.c.campaign_id == campaign_id,
            SHEET.c.organization_id == organization_id,
            SHEET.c.completed_on.is_(None),
        )
    )
    return rows.all()


async def keep_known(
    session: AsyncSession, tenant_id: UUID, on: date, known: Mapping[UUID, Known]
) -> None:
    """Write onto sheets what other records say that day; `known` is by sheet."""
    change = (
        update(SHEET)
        .where(SHEET.c.tenant_id == tenant_id, SHEET.c.id == bindparam("sheet"))
        .values(known_on=on, **{name: bindparam(f"new_{name}") for name in HELD})
    )
    rows = [
        {"sheet": id, **{f"new_{name}": getattr(each, name) for name in HELD}}
        for id, each in known.items()
    ]
    await (await session.connection()).execute(change, rows)


async def suggest(
    session: AsyncSession,
    tenant_id: UUID,
    campaign_id: UUID,
    organization_id: UUID,
    found: Mapping[UUID, Collection[Suggestion]],
) -> None:
    """Replace what was suggested on these sheets and not decided; what was decided stays."""
    await session.execute(
        delete(ISSUE).where(
            ISSUE.c.tenant_id == tenant_id,
            ISSUE.c.campaign_id == campaign_id,
            ISSUE.c.organization_id == organization_id,
            ISSUE.c.state == Judged.SUGGESTED,
            exists().where(
                SHEET.c.tenant_id == ISSUE.c.tenant_id,
                SHEET.c.id == ISSUE.c.sheet_id,
                SHEET.c.completed_on.is_(None),
            ),
        )
    )
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "sheet_id": id,
            "campaign_id": campaign_id,
            "organization_id": organization_id,
            "member_id": each.member_id,
            "label": each.label,
            "restricted": each.sensitive,
            "clause": each.clause,
            "rule": each.rule,
            "since": each.since,
            "state": Judged.SUGGESTED,
        }
        for id, suggestions in found.items()
        for each in suggestions
    ]
    if rows:
        statement = insert_or(session, ISSUE).on_conflict_do_nothing(
            index_elements=["tenant_id", "sheet_id", "label"]
        )
        await session.execute(statement, rows)


async def suggested(session: AsyncSession, tenant_id: UUID, sheet_id: UUID) -> int:
    """How many suggestions of a sheet nobody has decided."""
    query = select(func.count()).where(
        ISSUE.c.tenant_id == tenant_id,
        ISSUE.c.sheet_id == sheet_id,
        ISSUE.c.state == Judged.SUGGESTED,
    )
    return await session.scalar(query) or 0


async def complete(
    session: AsyncSession,
    tenant_id: UUID,
    id: UUID,
    values: Mapping[str, Any],
    checks: Sequence[Checked],
) -> None:
    """Write a sheet and what each of its checks came to."""
    await change(session, tenant_id, id, values)
    await session.execute(
        delete(CHECK).where(CHECK.c.tenant_id == tenant_id, CHECK.c.sheet_id == id)
    )
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "sheet_id": id,
            "code": each.check,
            "result": each.result,
            "note": (each.note or "").strip() or None,
        }
        for each in checks
    ]
    if rows:
        await session.execute(insert(CHECK), rows)


async def change(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(SHEET).where(SHEET.c.tenant_id == tenant_id, SHEET.c.id == id).values(**values)
    )


async def issue_of(
    session: AsyncSession, tenant_id: UUID, sheet_id: UUID, label: str
) -> Any | None:
    """The issue with a label on a sheet: its id and what became of it."""
    found = await session.execute(
        select(ISSUE.c.id, ISSUE.c.state).where(
            ISSUE.c.tenant_id == tenant_id,
            ISSUE.c.sheet_id == sheet_id,
            ISSUE.c.label == label,
        )
    )
    return found.one_or_none()


async def issue(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """One issue: of which sheet, its label, what became of it, and whether few may see it."""
    found = await session.execute(
        select(ISSUE.c.sheet_id, ISSUE.c.label, ISSUE.c.state, ISSUE.c.restricted).where(
            ISSUE.c.tenant_id == tenant_id, ISSUE.c.id == id
        )
    )
    return found.one_or_none()


async def add_issue(session: AsyncSession, tenant_id: UUID, values: Mapping[str, Any]) -> None:
    await session.execute(insert(ISSUE).values(tenant_id=tenant_id, **values))


async def change_issue(
    session: AsyncSession, tenant_id: UUID, id: UUID, values: Mapping[str, Any]
) -> None:
    await session.execute(
        update(ISSUE).where(ISSUE.c.tenant_id == tenant_id, ISSUE.c.id == id).values(**values)
    )


def _sheet(row: Any) -> Sheet:
    return Sheet(
        id=row.id,
        audited_id=row.audited_id,
        campaign_id=row.campaign_id,
        member_id=row.member_id,
        organization_id=row.organization_id,
        completed=row.completed_on is not None,
    )
