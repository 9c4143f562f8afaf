"""Every statement on accounts, roles, credentials and oversight."""

from zhibu.accounts.store import (
    accounts,
    attempts,
    credentials,
    factors,
    holders,
    identities,
    oversight,
    roles,
    sessions,
    tokens,
)

__all__ = [
    "accounts",
    "attempts",
    "credentials",
    "factors",
    "holders",
    "identities",
    "oversight",
    "roles",
    "sessions",
    "tokens",
]
