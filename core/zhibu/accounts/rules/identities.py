"""Identities: whom a sign-in service means, and which account that is."""

from dataclasses import dataclass
from uuid import UUID

LONGEST = 250


@dataclass(frozen=True, kw_only=True)
class IdentityFacts:
    """An identity as recorded: the account that a service's subject signs in as.

    `index` is equal for equal subjects, `masked` what people see of it.
    """

    id: UUID
    account_id: UUID
    provider: str
    index: bytes
    masked: str


@dataclass(frozen=True, kw_only=True)
class Through:
    """The service that a session came through, and the digest of its own name for the session."""

    provider: str
    session: bytes | None
