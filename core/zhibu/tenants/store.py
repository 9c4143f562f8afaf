"""Every statement on the directory, the profile and the plugin switches."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.fixed import Fixed, Look, run
from zhibu.tenants.rules import ProfileFacts, Setting, TenantEntry
from zhibu.tenants.tables import PluginSwitch, Profile, Tenant

_ENTRY = (Tenant.id, Tenant.code, Tenant.name, Tenant.home, Tenant.state)


def _entry(row: Any) -> TenantEntry:
    return TenantEntry(id=row[0], code=row[1], name=row[2], home=row[3], state=row[4])


async def entry_by_code(control: AsyncSession, code: str) -> TenantEntry | None:
    row = (await control.execute(select(*_ENTRY).where(Tenant.code == code))).first()
    return None if row is None else _entry(row)


async def entry(control: AsyncSession, tenant_id: UUID) -> TenantEntry | None:
    row = (await control.execute(select(*_ENTRY).where(Tenant.id == tenant_id))).first()
    return None if row is None else _entry(row)


async def entries(control: AsyncSession) -> list[TenantEntry]:
    rows = await control.execute(select(*_ENTRY).order_by(Tenant.code))
    return [_entry(row) for row in rows]


async def enter_directory(control: AsyncSession, entry: TenantEntry, now: datetime) -> bool:
    """Whether the code was free; somebody else may have taken it at the same moment."""
    try:
        async with control.begin_nested():
            await control.execute(
                insert(Tenant).values(
                    id=entry.id,
                    code=entry.code,
                    name=entry.name,
                    home=entry.home,
                    state=entry.state,
                    created_at=now,
                )
            )
    except IntegrityError:
        return False
    return True


async def set_state(control: AsyncSession, tenant_id: UUID, state: str) -> None:
    await control.execute(update(Tenant).where(Tenant.id == tenant_id).values(state=state))


async def profile(session: AsyncSession, tenant_id: UUID) -> ProfileFacts | None:
    statement = select(
        Profile.code, Profile.name, Profile.locale, Profile.zone, Profile.rule_pack
    ).where(Profile.tenant_id == tenant_id)
    row = (await session.execute(statement)).first()
    if row is None:
        return None
    return ProfileFacts(code=row[0], name=row[1], locale=row[2], zone=row[3], rule_pack=row[4])


async def add_profile(session: AsyncSession, tenant_id: UUID, facts: ProfileFacts) -> None:
    await session.execute(
        insert(Profile).values(
            tenant_id=tenant_id,
            code=facts.code,
            name=facts.name,
            locale=facts.locale,
            zone=facts.zone,
            rule_pack=facts.rule_pack,
        )
    )


async def set_profile(session: AsyncSession, tenant_id: UUID, facts: ProfileFacts) -> None:
    values = {
        "name": facts.name,
        "locale": facts.locale,
        "zone": facts.zone,
        "rule_pack": facts.rule_pack,
    }
    await session.execute(update(Profile).where(Profile.tenant_id == tenant_id).values(values))


_PLACE = and_(
    Organization.tenant_id == PluginSwitch.tenant_id,
    Organization.id == PluginSwitch.organization_id,
)
_SETTINGS = Fixed(
    select(
        PluginSwitch.organization_id,
        Organization.path,
        PluginSwitch.plugin,
        PluginSwitch.enabled,
        PluginSwitch.reason,
    )
    .join(Organization, _PLACE)
    .where(PluginSwitch.tenant_id == bindparam("tenant"), Organization.ended_on.is_(None))
    .order_by(PluginSwitch.plugin, Organization.path)
)


async def settings(session: AsyncSession | Look, tenant_id: UUID) -> list[Setting]:
    """Every switch of the tenant at organizations that live."""
    [rows] = await run(session, _SETTINGS(tenant=tenant_id))
    return [
        Setting(organization_id=row[0], path=row[1], plugin=row[2], enabled=row[3], reason=row[4])
        for row in rows
    ]


async def place(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID
) -> tuple[str, str, bool] | None:
    """Path, name, and whether it has ended. Held: whoever switches there too comes afterwards."""
    statement = (
        select(Organization.path, Organization.name, Organization.ended_on)
        .where(Organization.tenant_id == tenant_id, Organization.id == organization_id)
        .with_for_update()
    )
    row = (await session.execute(statement)).first()
    return None if row is None else (row[0], row[1], row[2] is not None)


async def switch(
    session: AsyncSession,
    tenant_id: UUID,
    *,
    organization_id: UUID,
    plugin: str,
    enabled: bool,
    reason: str,
    now: datetime,
) -> bool | None:
    """Set it, and answer what it was: None where there was no setting."""
    mine = and_(
        PluginSwitch.tenant_id == tenant_id,
        PluginSwitch.plugin == plugin,
        PluginSwitch.organization_id == organization_id,
    )
    was = (await session.execute(select(PluginSwitch.enabled).where(mine))).scalar()
    values = {"enabled": enabled, "reason": reason, "changed_at": now}
    if was is None:
        keys = {"tenant_id": tenant_id, "plugin": plugin, "organization_id": organization_id}
        await session.execute(insert(PluginSwitch).values(**keys, **values))
    else:
        await session.execute(update(PluginSwitch).where(mine).values(**values))
    return was
