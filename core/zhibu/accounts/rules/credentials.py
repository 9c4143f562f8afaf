"""Credentials: what they look like, what is kept of them, and when they end."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from zhibu.accounts.errors import (
    CredentialEnded,
    NameMissing,
    TokenActionsMissing,
    TokenActionUnheld,
    TokenLifeInvalid,
)
from zhibu.accounts.rules.identities import Through
from zhibu.errors import Invalid

SESSION = "zs"
PENDING = "zp"  # a password was right, and the second factor is awaited
TOKEN = "zt"
TOKEN_LIFE = timedelta(days=366)
FRESH = timedelta(minutes=10)  # after somebody has shown who he is


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a session lasts: since it was last used, and at all; an overseer's is shorter."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=8)
    oversight: timedelta = timedelta(hours=1)
    pending: timedelta = timedelta(minutes=10)
    seen_every: timedelta = timedelta(minutes=1)
    remembered: timedelta = timedelta(seconds=2)

    def lasting(self, *, idle: timedelta, absolute: timedelta) -> "Limits":
        """The same with other lengths."""
        return replace(self, idle=idle, absolute=absolute)


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A credential as presented: of which tenant, and the digest by which it is found there."""

    kind: str
    tenant_id: UUID
    digest: bytes


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A new credential: `text` is shown once, `digest` is kept."""

    text: str
    digest: bytes


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """A session as recorded."""

    id: UUID
    account_id: UUID | None
    oversight_id: UUID | None
    overseer: str | None
    address: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    agent: str | None = None
    idle: timedelta | None = None
    password_due: bool = False
    pending: bool = False
    proven_at: datetime | None = None
    through: Through | None = None


@dataclass(frozen=True, kw_only=True)
class TokenFacts:
    """A machine's token as recorded; `path` is the root of its subtree."""

    id: UUID
    account_id: UUID
    name: str
    organization_id: UUID
    path: str
    actions: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def issue(kind: str, tenant_id: UUID) -> Issued:
    """A credential of 256 random bits that says which tenant's home knows it."""
    text = f"{kind}_{tenant_id.hex}_{secrets.token_urlsafe(32)}"
    return Issued(text=text, digest=sha256(text.encode()).digest())


@lru_cache(maxsize=4096)
def parse(text: str, *kinds: str) -> Credential:
    """Raises `CredentialEnded` for anything that was never issued as one of these kinds.

    Without any these are what opens something: sessions and tokens.
    """
    kind, _, rest = text.partition("_")
    tenant, _, secret = rest.partition("_")
    if kind not in (kinds or (SESSION, TOKEN)) or len(tenant) != 32 or not 40 <= len(secret) <= 64:
        raise CredentialEnded()
    try:
        tenant_id = UUID(hex=tenant)
    except ValueError as error:
        raise CredentialEnded() from error
    return Credential(kind=kind, tenant_id=tenant_id, digest=sha256(text.encode()).digest())


def shown_lately(session: SessionFacts, now: datetime) -> bool:
    """Whether whoever has the session has just signed in, or proven a second factor in it."""
    return now < max(session.created_at, session.proven_at or session.created_at) + FRESH


def session_ends(session: SessionFacts, limits: Limits, *, last_seen: datetime) -> datetime:
    """When the session ends if nobody uses it again."""
    return min(session.expires_at, max(session.seen_at, last_seen) + (session.idle or limits.idle))


def live_session(
    session: SessionFacts, limits: Limits, now: datetime, *, last_seen: datetime
) -> None:
    """Raise `CredentialEnded` unless the session still counts at this moment."""
    ended = session.ended_at is not None or now < session.created_at
    if ended or now >= session_ends(session, limits, last_seen=last_seen):
        raise CredentialEnded()


def live_token(token: TokenFacts, now: datetime) -> None:
    """Raise `CredentialEnded` unless the token still counts at this moment."""
    if token.revoked_at is not None or now >= token.expires_at:
        raise CredentialEnded()


def token_faults(
    *,
    name: str,
    actions: tuple[str, ...],
    unheld: tuple[str, ...],
    now: datetime,
    expires_at: datetime,
) -> list[Invalid]:
    """Every reason against a token; `unheld` are the asked actions its creator may not do there."""
    found: list[Invalid] = []
    if not name.strip():
        found.append(NameMissing(path=("name",)))
    if not actions:
        found.append(TokenActionsMissing(path=("actions",)))
    found += [TokenActionUnheld(path=("actions",), action=action) for action in unheld]
    if not now < expires_at <= now + TOKEN_LIFE:
        found.append(TokenLifeInvalid(path=("expiresAt",), latest=(now + TOKEN_LIFE).date()))
    return found
