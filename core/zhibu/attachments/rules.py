"""What a file is, and what it may be called."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibu.attachments.errors import (
    AttachmentNameInvalid,
    AttachmentNotWithdrawn,
    AttachmentReasonMissing,
    AttachmentWithdrawnAlready,
    OwnAttachmentWithdrawn,
)
from zhibu.errors import Conflict, Invalid

Refusals = Iterator[Invalid | Conflict]

LONGEST_NAME = 200
PRIVATE = ""  # outside every organization: only the account that had it made opens it


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it is kept. `path` is `PRIVATE` for what long work made for one account."""

    id: UUID
    sha256: str
    name: str
    media_type: str
    size: int
    account_id: UUID | None
    member_id: UUID | None
    path: str
    created_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


def withdrawal_refusals(file: File, reason: str) -> Refusals:
    """Withdrawing a file says why, and happens once."""
    yield from _reason_refusals(reason)
    if file.withdrawn_at is not None:
        yield AttachmentWithdrawnAlready(path=("file",), at=file.withdrawn_at)


def showing_refusals(file: File, reason: str, *, entered: bool, withdrew: bool) -> Refusals:
    """Showing again says why; not by who `entered` the file unless he `withdrew` it himself."""
    yield from _reason_refusals(reason)
    if file.withdrawn_at is None:
        yield AttachmentNotWithdrawn(path=("file",))
    elif entered and not withdrew:
        yield OwnAttachmentWithdrawn(path=("file",))


def _reason_refusals(reason: str) -> Refusals:
    if not reason.strip():
        yield AttachmentReasonMissing(path=("reason",))


def named(given: str, endings: tuple[str, ...]) -> str:
    """The name as it is kept: it ends as the content is. Raises `AttachmentNameInvalid`."""
    name = unicodedata.normalize("NFC", given).strip()
    odd = any(unicodedata.category(sign).startswith("C") or sign in "/\\" for sign in name)
    if odd or not 0 < len(name) <= LONGEST_NAME:
        raise AttachmentNameInvalid(path=("name",), maximum=LONGEST_NAME)
    if name.casefold().endswith(endings):
        return name
    return name[: LONGEST_NAME - len(endings[0])] + endings[0]
