"""Second factors: what a code looks like, and what must be proven anew by one."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zhibu.accounts.errors import SecondFactorMissing, SecondFactorNeeded
from zhibu.basis import Basis
from zhibu.errors import Conflict

RECOVERY_CODES = 10


class Use(StrEnum):
    """What a stolen session must not be good for."""

    OPEN = "open"
    EXPORT = "export"
    GRANT = "grant"
    RESET = "reset"


@dataclass(frozen=True, kw_only=True)
class FactorFacts:
    """The one-time codes of an account; the secret stays sealed. Unconfirmed ones count nothing."""

    sealed: bytes
    created_at: datetime
    confirmed_at: datetime | None
    last_step: int | None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What proves that whoever asks still holds the second factor, and for how long."""

    uses: frozenset[str]
    lasting: timedelta
    basis: Basis


def plain(code: str) -> str:
    """A code as it is compared: however wide, in whatever groups and case it was typed."""
    kept = unicodedata.normalize("NFKC", code).casefold()
    return "".join(sign for sign in kept if sign.isalnum())


def from_device(code: str) -> bool:
    """Whether it is one of the device's, as against those for recovery."""
    return len(code) == 6 and code.isdecimal()


def proof_fault(
    use: Use, proof: Proof, *, enrolled: bool, proven_at: datetime | None, now: datetime
) -> Conflict | None:
    """What speaks against doing this in a session that proved its second factor then.

    A proof from further ahead was given before the clock was put back: it must not last longer.
    """
    if use not in proof.uses:
        return None
    if proven_at is not None and abs(now - proven_at) < proof.lasting:
        return None
    if enrolled:
        return SecondFactorNeeded(basis=proof.basis, minutes=proof.lasting // timedelta(minutes=1))
    return SecondFactorMissing(basis=proof.basis)
