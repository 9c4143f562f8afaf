"""What a message between institutions is, and what speaks against sending one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu.exchange.errors import MessagesTooMany, MessageTooLong, MessageToOneself

LONGEST = 64 * 1024  # bytes of a body


class Side(StrEnum):
    """Whether the institution that keeps the message sent it or was told."""

    OUT = "out"
    IN = "in"


class State(StrEnum):
    """One that was sent is `waiting` until it is `delivered` or known to be `undeliverable`; one
    that came was `received` or `turned_away`.
    """

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    RECEIVED = "received"
    TURNED_AWAY = "turned_away"


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one institution tells another: `kind` is the plugin's word for it (`transfers.offered`).

    `to` is the other one's code. `about` is the matter, by an id that both sides keep; what is told
    about one matter arrives in the order in which it was said. `body` survives JSON and is sealed.
    `path` is the organization that it is sent from.
    """

    kind: str
    to: str
    about: UUID
    path: str
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message as a plugin gets it: what the other institution told, or what came back.

    `counterpart` is the other one's code. `counterpart_name` is empty where nothing is known of it.
    """

    id: UUID
    kind: str
    counterpart: str
    counterpart_name: str
    about: UUID
    number: int
    path: str
    sent_at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Daily:
    """How many new matters an institution may open in a day, and who says so."""

    most: int | None
    basis: Basis


def refusals(
    message: Message, *, own: str, size: int, opened: int, known: bool, daily: Daily
) -> Iterator[Invalid | Conflict]:
    """Every reason against a message; what belongs to a `known` matter may always be said."""
    if message.to == own:
        yield MessageToOneself(path=("to",))
    if size > LONGEST:
        yield MessageTooLong(path=("body",), size=size, most=LONGEST)
    if not known and daily.most is not None and opened >= daily.most:
        yield MessagesTooMany(path=("to",), basis=daily.basis, most=daily.most)
