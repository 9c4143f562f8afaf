"""What is said between a browser, the installation and a sign-in service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sign-in under way: what must come back unchanged, and what never left."""

    provider: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom the service has let in, and its own name for that session, if it has one."""

    subject: str
    session: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A sign-out that the service tells of: of one session, or of everything of somebody."""

    subject: str | None
    session: str | None


class Language(Protocol):
    """How one kind of service is spoken to.

    Every method raises `ProviderAway` when the service does not answer, and `ProviderRefused` for
    an answer that does not hold.
    """

    async def address(self, flow: Flow) -> str:
        """Where the browser is sent to sign in."""
        ...

    async def identity(self, flow: Flow, given: Mapping[str, str], now: datetime) -> Identity:
        """Who came back with these parameters."""
        ...

    async def ended(self, given: Mapping[str, str], now: datetime) -> Ended:
        """Which sign-out the service tells of."""
        ...

    async def leaving(self) -> str | None:
        """Where the browser is sent to sign out there as well, if that can be done."""
        ...
