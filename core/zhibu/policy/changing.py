"""Which events may change who may do what, so that what is remembered of it is asked anew."""

from collections.abc import Set

# Events of these may change who holds what, or what holds where; a plugin's never do, nor do some.
ACCESS = frozenset({"accounts", "tenants", "organizations", "parameters", "members"})
HARMLESS = frozenset(
    {
        "accounts.signed_in",
        "accounts.sign_in_failed",
        "accounts.sign_in_locked",
        "accounts.factor_awaited",
        "accounts.code_failed",
        "accounts.provider_failed",
        "members.admitted",
        "members.registered",
        "members.corrected",
        "members.opened",
        "members.looked_up",
    }
)


def may_change_rights(events: Set[str]) -> bool:
    """Whether any of these events, by their names, may."""
    return any(name.partition(".")[0] in ACCESS for name in events - HARMLESS)
