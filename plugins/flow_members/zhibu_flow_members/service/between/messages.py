"""What two institutions tell each other of a stay, each time all that holds now.

The matter is the home's case, by its id. An answer says which offer it answers.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from zhibu.act import Act
from zhibu.exchange.public import Message, send


class Said(StrEnum):
    """The first goes to the host, the others are its answers."""

    STAY = "flow_members.peer_asked"
    ANSWER = "flow_members.peer_answered"
    NOTED = "flow_members.guest_noted"


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Who comes, whence and how long, as the host needs it; nothing else of the member.

    Nobody learns an identity number. `member` is an id that tells his stays from others'.
    """

    offer: int
    member: UUID
    name: str
    ground: str
    place: str
    unit: str | None
    certainty: str
    since: date
    until: date | None
    paper: str
    serial: int | None
    branch: str
    committee: str
    contact: str | None
    organization_code: str | None
    ended_on: date | None
    ending: str | None
    voided: bool
    erased: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Where the stay stands at the host."""

    offer: int
    state: str
    on: date
    branch: str | None
    reason: str | None
    arrived_on: date | None
    verified_on: date | None
    host_note: str | None
    filed_on: date | None


@dataclass(frozen=True, kw_only=True)
class HostNote:
    """What the host noted, or that it was voided."""

    id: UUID
    kind: str
    channel: str
    on: date
    text: str
    grade: str | None
    reason: str | None
    voided_on: date | None
    void_reason: str | None


Spoken = TypeVar("Spoken", Stay, Answer, HostNote)
DAYS = frozenset(
    {"since", "until", "ended_on", "on", "arrived_on", "verified_on", "filed_on", "voided_on"}
)
IDS = frozenset({"id", "member"})


async def tell(act: Act, kind: Said, to: str, about: UUID, path: str, what: Spoken) -> None:
    """Say it to the other institution once this act is committed. Raises `Refused`."""
    await send(act, Message(kind=kind, to=to, about=about, path=path, body=_plain(asdict(what))))


def read(kind: type[Spoken], body: Mapping[str, Any]) -> Spoken:
    """What a message says."""
    return kind(**{name: _typed(name, value) for name, value in body.items()})


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return UUID(value) if name in IDS else value


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else value.hex
        if isinstance(value, UUID)
        else value
        for name, value in values.items()
    }
