"""The photograph on a card: a JPEG that can be printed as it is, a thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    OwnCard,
    PhotoMisshapen,
    PhotoNone,
    PhotoTooLarge,
    PhotoUnreadable,
    ReasonMissing,
)
from zhibu_flow_members.rules.cards import Card, holding
from zhibu_flow_members.rules.values import Limit

JPEG = "image/jpeg"
KILOBYTE = 1024
_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive
_SCAN = 0xDA
_PRINTED = (1, 3)  # channels: grey, or colours of a screen; those of a press need a profile


@dataclass(frozen=True, kw_only=True)
class Photo:
    """How many points a picture has."""

    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class PhotoBounds:
    """What a photograph may be: `kilobytes` at most, points across at least, points up at most."""

    kilobytes: Limit
    narrowest: Limit
    highest: Limit


def attaching_refusals(
    card: Card, size: int, *, reason: str | None, by_member: UUID | None, bounds: PhotoBounds
) -> Iterator[Invalid | Conflict]:
    """Somebody else puts it on a card that holds, and says why where there was one before."""
    yield from holding(card)
    yield from _own_refusals(card, by_member)
    if card.photo_id is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))
    most = bounds.kilobytes
    if size > most.value * KILOBYTE:
        kilobytes = -(-size // KILOBYTE)
        given = {"kilobytes": kilobytes, "most": most.value}
        yield PhotoTooLarge(path=("file",), basis=most.basis, **given)


def removing_refusals(
    card: Card, reason: str, *, by_member: UUID | None
) -> Iterator[Invalid | Conflict]:
    """A wrong one is taken off with a reason, whether the card holds or not."""
    yield from _own_refusals(card, by_member)
    if card.photo_id is None:
        yield PhotoNone(path=("card",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def shape_refusals(photo: Photo, bounds: PhotoBounds) -> Iterator[Invalid]:
    """Upright as the place on the card is, and neither coarse nor huge."""
    width, height = photo.width, photo.height
    upright = width < height <= 2 * width
    if not upright or width < bounds.narrowest.value or height > bounds.highest.value:
        yield PhotoMisshapen(
            path=("file",),
            basis=bounds.narrowest.basis,
            width=width,
            height=height,
            narrowest=bounds.narrowest.value,
            highest=bounds.highest.value,
        )


def photo_of(content: bytes) -> Photo:
    """What a JPEG says of itself before its picture begins. Raises `PhotoUnreadable`."""
    photo: Photo | None = None
    at = len(_BEGIN)
    whole = content.startswith(_BEGIN) and content.endswith(_END)
    while whole and content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN and photo is not None:
            return photo
        if marker in _FRAMES:
            height, width, channels = (
                int.from_bytes(content[at + first : at + last], "big")
                for first, last in ((5, 7), (7, 9), (9, 10))
            )
            photo = Photo(width=width, height=height) if channels in _PRINTED else None
        at += 2 + length
    raise PhotoUnreadable(path=("file",))


def _own_refusals(card: Card, by_member: UUID | None) -> Iterator[Invalid]:
    if card.member_id == by_member:
        yield OwnCard(path=("card",))
