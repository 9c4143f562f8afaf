"""What must hold once a storm is over, read from the database itself."""

from collections import Counter

from sqlalchemy import BigInteger, func, select, type_coerce
from tests.faults.storms import Storm

from zhibu.act import TenantFacts
from zhibu.events.verifying import verify
from zhibu.figures import keeping
from zhibu.identifiers import global_id
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu_education.tables import Credit, Standing


async def faults(settings: Settings, code: str, storm: Storm) -> list[str]:
    """Everything that is not as it must be. The server must have ended."""
    platform = await Platform.open(settings)
    try:
        return await _faults(platform, await platform.tenant(code), storm)
    finally:
        await platform.close()


async def _faults(platform: Platform, tenant: TenantFacts, storm: Storm) -> list[str]:
    found = [f"another answer to the same key: {title}" for title in storm.differing]
    home = platform.homes.home(tenant.id)
    async with home.view(tenant.id) as session:
        rows = (
            await session.execute(
                select(Credit.title, Credit.id).where(Credit.tenant_id == tenant.id)
            )
        ).all()
        total = func.sum(type_coerce(Standing.pending + Standing.verified, BigInteger))
        hours = await session.scalar(
            select(total).where(Standing.tenant_id == tenant.id, Standing.year == 2026)
        )
    stored = {title: id for title, id in rows}
    found += [f"stored twice: {t}" for t, n in Counter(t for t, _ in rows).items() if n > 1]
    found += [f"never sent: {title}" for title in stored.keys() - storm.sent]
    for title, credit in storm.acknowledged.items():
        if title not in stored:
            found.append(f"lost: {title}")
        elif global_id("EducationCredit", stored[title]) != credit:
            found.append(f"stored as another one: {title}")
    if hours != len(stored) * 50:
        found.append(f"{hours} hundredths of hours are kept of {len(stored)} half hours")
    verified = await verify(home, tenant.id)
    found += [f"ledger: {fault}" for fault in verified.faults]
    async with home.view(tenant.id) as session:
        differing = await keeping.differences(session, tenant.id, platform.figures)
    return found + [f"figure: {each}" for each in differing]
