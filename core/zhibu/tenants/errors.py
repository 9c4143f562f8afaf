"""What may go wrong with tenants and their plugin switches."""

from zhibu.errors import Conflict, Invalid, NotFound, Unavailable


class TenantUnknown(NotFound):
    """The directory has no such institution. Facts: `tenant`."""

    code = "core.tenant_unknown"


class TenantSuspended(Unavailable):
    """The institution is suspended; nobody enters it. Facts: `tenant`."""

    code = "core.tenant_suspended"


class TenantCodeInvalid(Invalid):
    """Not 2 to 32 small letters, digits or hyphens, beginning with a letter. Facts: `given`."""

    code = "core.tenant_code_invalid"


class TenantNameMissing(Invalid):
    """An institution has a name."""

    code = "core.tenant_name_missing"


class RootKindUnknown(Invalid):
    """No such kind of organization. Facts: `kind`, `known`."""

    code = "core.root_kind_unknown"


class ZoneUnknown(Invalid):
    """No such time zone. Facts: `zone`."""

    code = "core.zone_unknown"


class LocaleUnknown(Invalid):
    """No texts in that language. Facts: `locale`, `known`."""

    code = "core.locale_unknown"


class PluginUnknown(Invalid):
    """No such plugin is installed. Facts: `plugin`, `installed`."""

    code = "core.plugin_unknown"


class SwitchReasonMissing(Invalid):
    """Switching a plugin needs a reason: people lose or gain a register by it."""

    code = "core.switch_reason_missing"


class SwitchPlaceUnknown(Invalid):
    """No such organization in this institution."""

    code = "core.switch_place_unknown"


class SwitchPlaceEnded(Conflict):
    """The organization has ended. Facts: `name`."""

    code = "core.switch_place_ended"
