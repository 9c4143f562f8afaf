"""Notes: signed sentences about how far a ledger was, as they are written down and read back.

"At entry N the hash was H" covers every entry up to N, since each hash covers the one before. A
note is a line of JSON in a file, or a few short lines of a letter; either is read back out of
whatever surrounds it, a saved mail say.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TITLE = "zhibu ledger checkpoint"
RESTORED = "restored"

_LETTER = re.compile(
    rf"{TITLE}\s+(?P<tenant>[0-9a-f]{{32}})\s+(?P<seq>\d+)(?P<restored>\s+{RESTORED})?"
    r"\s+(?P<hash>[A-Za-z0-9+/=]+)\s+(?P<at>[0-9T:.Z-]+)\s+(?P<signature>[A-Za-z0-9+/=]+)"
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was true of a tenant's ledger at a moment, by its author's own words.

    `restored`: that a backup was brought back, and that this is where the ledger goes on; notes
    before it about later entries speak of what was lost then.
    """

    tenant: str
    seq: int
    hash: bytes
    at: str
    restored: bool = False
    signature: bytes = b""
    key: Ed25519PublicKey | None = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> dict[str, Any]:
        found = {
            "tenant": self.tenant,
            "seq": self.seq,
            "hash": b64encode(self.hash).decode(),
            "at": self.at,
        }
        return {**found, RESTORED: True} if self.restored else found

    @property
    def text(self) -> bytes:
        """What is signed. Its first line keeps the signature from serving for anything else."""
        return TITLE.encode() + b"\n" + orjson.dumps(self.words, option=orjson.OPT_SORT_KEYS)

    @cached_property
    def signed(self) -> bool:
        """Whether our key says so."""
        if self.key is None:
            return False
        try:
            self.key.verify(self.signature, self.text)
        except InvalidSignature:
            return False
        return True

    @property
    def line(self) -> bytes:
        """The note in a file."""
        return orjson.dumps({**self.words, "signature": b64encode(self.signature).decode()}) + b"\n"

    @property
    def letter(self) -> str:
        """The note in a mail: lines that no mail program breaks."""
        seq = f"{self.seq} {RESTORED}" if self.restored else f"{self.seq}"
        said = (self.words["hash"], self.at, b64encode(self.signature).decode())
        return "\n".join((TITLE, self.tenant, seq, *said))


def note_of(line: bytes, key: Ed25519PublicKey) -> Note:
    """The note of a line; one that says nothing at all is nobody's."""
    try:
        given = orjson.loads(line)
        return _note(given, given.get(RESTORED, False), key)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Note(tenant="", seq=0, hash=b"", at="")


def notes_in(content: bytes, key: Ed25519PublicKey) -> list[Note]:
    """Every note in a file: lines of our own, or a letter, also within a saved mail."""
    if not content.lstrip().startswith(b"{") and b"\nMessage-ID:" in b"\n" + content:
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        content = body.get_content().encode() if body is not None else b""
    text = content.decode("utf-8", "replace")
    letters = [
        _note(found.groupdict(), bool(found["restored"]), key) for found in _LETTER.finditer(text)
    ]
    lines = [note_of(line, key) for line in content.splitlines() if line.startswith(b"{")]
    return [*lines, *letters]


def standing(notes: Sequence[Note], tenant: str) -> list[Note]:
    """The notes of a tenant that still stand, in the order in which they were written."""
    kept: list[Note] = []
    for note in notes:
        if note.tenant != tenant and note.tenant:
            continue
        if note.restored and note.signed:
            kept = [each for each in kept if each.seq <= note.seq]
        kept.append(note)
    return kept


def unsigned(notes: Sequence[Note]) -> Iterator[Note]:
    """Those at the end that our key did not sign: one that it did vouches for all before."""
    for note in reversed(notes):
        if note.signed:
            return
        yield note


def latest(notes: Iterable[Note]) -> Note | None:
    return max(notes, key=lambda note: note.seq, default=None)


def _note(given: Any, restored: bool, key: Ed25519PublicKey) -> Note:
    return Note(
        tenant=given["tenant"],
        seq=int(given["seq"]),
        hash=b64decode(given["hash"]),
        at=given["at"],
        restored=restored,
        signature=b64decode(given["signature"]),
        key=key,
    )
