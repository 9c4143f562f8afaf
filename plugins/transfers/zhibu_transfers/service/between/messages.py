"""What two institutions tell each other about a transfer, by its id at the sender's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.act import Act
from zhibu.exchange.public import Message, send
from zhibu.members.public import Gender, MemberKind
from zhibu_transfers.rules.cases import Case
from zhibu_transfers.service.people import Newcomer


class Told(StrEnum):
    """The first two go to the receiver, the others are its answers."""

    OFFERED = "transfers.offered"
    RECALLED = "transfers.recalled"
    ACCEPTED = "transfers.accepted"
    REFUSED = "transfers.refused"
    RELEASED = "transfers.withdrawn"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A letter as the receiver gets it: who comes, whence, and to whom it is addressed."""

    name: str
    reason: str
    committee: str
    branch: str
    heading: str
    organization_code: str | None
    number: str
    until: date
    paid_to: date
    person: Newcomer


async def tell(act: Act, case: Case, kind: Told, path: str, body: Mapping[str, Any]) -> None:
    """Say it to the other institution once this act is committed. Raises `Refused`."""
    assert case.peer_code is not None
    assert case.about is not None
    message = Message(kind=kind, to=case.peer_code, about=case.about, path=path, body=body)
    await send(act, message)


def body_of(offer: Offer) -> dict[str, Any]:
    """An offer as a message says it."""
    return _plain({**asdict(offer), "person": written(offer.person)})


def offer_of(body: Mapping[str, Any]) -> Offer:
    """The offer that a message says."""
    return Offer(
        **{
            **body,
            "until": date.fromisoformat(body["until"]),
            "paid_to": date.fromisoformat(body["paid_to"]),
            "person": read(body["person"]),
        }
    )


def written(person: Newcomer) -> dict[str, Any]:
    return _plain(asdict(person))


def read(said: Mapping[str, Any]) -> Newcomer:
    days = ("admitted_on", "full_on", "birth_date")
    return Newcomer(
        **{
            **said,
            **{name: date.fromisoformat(said[name]) if said[name] else None for name in days},
            "kind": MemberKind(said["kind"]),
            "gender": Gender(said["gender"]) if said["gender"] else None,
        }
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
