"""What an institution's code, language and zone may be, and which plugin is on where."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zhibu.errors import Conflict, Invalid
from zhibu.tenants.errors import (
    LocaleUnknown,
    PluginUnknown,
    RootKindUnknown,
    SwitchPlaceEnded,
    SwitchReasonMissing,
    TenantCodeInvalid,
    TenantNameMissing,
    ZoneUnknown,
)

ACTIVE = "active"
FOUNDING = "founding"
SUSPENDED = "suspended"
LOCALES = ("zh-CN", "en")

_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")


@dataclass(frozen=True, kw_only=True)
class TenantEntry:
    """A tenant in the directory: where its home is and whether it may be entered."""

    id: UUID
    code: str
    name: str
    home: str | None
    state: str


@dataclass(frozen=True, kw_only=True)
class ProfileFacts:
    """What a tenant says of itself."""

    code: str
    name: str
    locale: str
    zone: str
    rule_pack: str | None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A plugin set on or off at an organization."""

    organization_id: UUID
    path: str
    plugin: str
    enabled: bool
    reason: str | None


def profile_faults(*, name: str, locale: str, zone: str) -> list[Invalid]:
    """Every reason against what a tenant says of itself."""
    found: list[Invalid] = []
    if not name.strip():
        found.append(TenantNameMissing(path=("name",)))
    if locale not in LOCALES:
        found.append(LocaleUnknown(path=("locale",), locale=locale, known=", ".join(LOCALES)))
    if not _zone_known(zone):
        found.append(ZoneUnknown(path=("zone",), zone=zone))
    return found


def founding_faults(*, code: str, name: str, locale: str, zone: str) -> list[Invalid]:
    """Every reason against a new tenant."""
    found = profile_faults(name=name, locale=locale, zone=zone)
    if not _CODE.fullmatch(code):
        found.insert(0, TenantCodeInvalid(path=("code",), given=code))
    return found


def root_faults(kind: str | None, kinds: Collection[str]) -> list[Invalid]:
    """What is against the kind of the organization at the top; None is none yet."""
    if kind is None or kind in kinds:
        return []
    return [RootKindUnknown(path=("root", "kind"), kind=kind, known=", ".join(kinds))]


def switch_faults(
    *,
    plugin: str,
    installed: Collection[str],
    reason: str,
    organization_name: str,
    organization_ended: bool,
) -> list[Invalid | Conflict]:
    """Every reason against switching a plugin at an organization."""
    found: list[Invalid | Conflict] = []
    if plugin not in installed:
        known = ", ".join(sorted(installed))
        found.append(PluginUnknown(path=("plugin",), plugin=plugin, installed=known))
    if not reason.strip():
        found.append(SwitchReasonMissing(path=("reason",)))
    if organization_ended:
        found.append(SwitchPlaceEnded(path=("organization",), name=organization_name))
    return found


def settings_of(
    settings: Collection[Setting], installed: Collection[str]
) -> dict[str, dict[str, bool]]:
    """The settings by plugin and path; those of plugins no longer installed are left out."""
    found: dict[str, dict[str, bool]] = {}
    for setting in settings:
        if setting.plugin in installed:
            found.setdefault(setting.plugin, {})[setting.path] = setting.enabled
    return found


def _zone_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(zone)
