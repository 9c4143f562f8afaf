"""Settings of an institution, and its plugin switches."""

from collections.abc import Collection
from dataclasses import asdict, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ, PLUGIN_SWITCH, TENANT_CONFIGURE, TENANT_READ
from zhibu.errors import NotFound, refuse
from zhibu.policy import Switches
from zhibu.policy.paths import ROOT
from zhibu.storage.fixed import Look
from zhibu.tenants import store
from zhibu.tenants.errors import SwitchPlaceUnknown
from zhibu.tenants.public import CONFIGURED, PLUGIN_SWITCHED
from zhibu.tenants.rules import ProfileFacts, profile_faults, settings_of, switch_faults


async def configure(
    act: Act,
    *,
    name: str | None = None,
    locale: str | None = None,
    zone: str | None = None,
    rule_pack: str | None = None,
) -> ProfileFacts:
    """Change what the institution says of itself; None leaves as it is.

    The directory, which lists institutions for operators, keeps the name they were founded under.
    """
    act.require(TENANT_CONFIGURE, ROOT, seen_by=TENANT_READ)
    known = await store.profile(act.session, act.tenant_id)
    if known is None:
        raise NotFound()
    given = {"name": name, "locale": locale, "zone": zone, "rule_pack": rule_pack}
    wanted = replace(known, **{key: text for key, text in given.items() if text is not None})
    refuse(profile_faults(name=wanted.name, locale=wanted.locale, zone=wanted.zone))
    if wanted == known:
        return known
    await store.set_profile(act.session, act.tenant_id, wanted)
    was = asdict(known)
    changed = {key: text for key, text in asdict(wanted).items() if was[key] != text}
    act.record(Event(name=CONFIGURED, subject=("tenant", act.tenant_id), path=ROOT, facts=changed))
    return wanted


async def switch(
    act: Act,
    organization_id: UUID,
    plugin: str,
    *,
    enabled: bool,
    reason: str,
    installed: Collection[str],
) -> None:
    """Switch a plugin at an organization and what lies below it. Records are never touched."""
    place = await store.place(act.session, act.tenant_id, organization_id)
    if place is None:
        raise SwitchPlaceUnknown(path=("organization",))
    path, name, ended = place
    act.require(PLUGIN_SWITCH, path, seen_by=ORGANIZATION_READ)
    refuse(
        switch_faults(
            plugin=plugin,
            installed=installed,
            reason=reason,
            organization_name=name,
            organization_ended=ended,
        )
    )
    was = await store.switch(
        act.session,
        act.tenant_id,
        organization_id=organization_id,
        plugin=plugin,
        enabled=enabled,
        reason=reason.strip(),
        now=act.now,
    )
    if was != enabled:
        act.record(
            Event(
                name=PLUGIN_SWITCHED,
                subject=("organization", organization_id),
                path=path,
                facts={"plugin": plugin, "enabled": enabled, "reason": reason.strip()},
            )
        )


async def load_switches(
    session: AsyncSession | Look, tenant_id: UUID, plugins: Collection[str]
) -> Switches:
    """The settings of the installed plugins; what an uninstalled one left behind is ignored."""
    return Switches(settings_of(await store.settings(session, tenant_id), plugins))


def enabled_of(switches: Switches, plugins: Collection[str]) -> frozenset[str]:
    """The plugins that are on anywhere: they make the tenant's schema."""
    return frozenset(plugin for plugin in plugins if switches.anywhere(plugin))
