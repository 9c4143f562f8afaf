"""What was made of a record, as the ledger tells it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.events.tables import LedgerEntry
from zhibu.slips.rules import Made, Slip

LATEST = 20


async def made(session: AsyncSession, tenant_id: UUID, slip: Slip, zone: ZoneInfo) -> list[Made]:
    """The latest events that changed the record, the last one first."""
    kind, id = slip.subject
    entry = LedgerEntry
    query = (
        select(entry.event, entry.account_id, entry.at, entry.facts)
        .where(
            entry.tenant_id == tenant_id,
            entry.subject_kind == kind,
            entry.subject_id == id,
            entry.event.in_(sorted(slip.among)),
        )
        .order_by(entry.seq.desc())
        .limit(LATEST)
    )
    return [
        Made(
            event=row.event,
            account_id=row.account_id,
            on=row.at.astimezone(zone).date(),
            facts=row.facts,
        )
        for row in await session.execute(query)
    ]
