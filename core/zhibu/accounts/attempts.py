"""Failed sign-ins are counted, by every process of the installation and over every restart."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhibu.accounts import store
from zhibu.accounts.errors import SignInLocked
from zhibu.accounts.rules.patience import Count, Patience, minutes_left
from zhibu.storage.homes import Homes

_KEPT = timedelta(days=1)
_SWEPT_EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An attempt that was counted; `last` says that no further failure is borne."""

    counts: tuple[Count, ...]
    last: bool


class Attempts:
    """Counts attempts in the control database, under digests: no login and no address is kept.

    `answer_after` is how many seconds every refusal takes, so that none tells what was wrong.
    """

    def __init__(self, homes: Homes, secret: bytes, *, answer_after: float = 0.25) -> None:
        self.answer_after = answer_after
        self._homes = homes
        self._secret = secret
        self._swept: datetime | None = None

    async def begin(self, counts: Sequence[Count], patience: Patience, now: datetime) -> Attempt:
        """Count an attempt before it is checked, so that many at once gain nothing.

        Raises `SignInLocked` when one of the counts is full; then nothing was counted.
        """
        last, lock = False, patience.lock
        async with self._homes.control() as control:
            for each in counts:
                digest = self._digest(each)
                number = await store.attempts.count(
                    control, digest, most=each.most, in_a_row=each.in_a_row, lock=lock, now=now
                )
                if number is None:
                    at = await store.attempts.since(control, digest)
                    raise SignInLocked(minutes=minutes_left(at or now, patience, now))
                last = last or number >= each.most
            if self._swept is None or now - self._swept >= _SWEPT_EVERY:
                await store.attempts.sweep(control, now - max(_KEPT, patience.lock))
                self._swept = now
        return Attempt(counts=tuple(counts), last=last)

    async def succeed(self, attempt: Attempt) -> None:
        """Begin the account's count anew, and let this attempt not count against the others."""
        in_a_row = [self._digest(each) for each in attempt.counts if each.in_a_row]
        others = [self._digest(each) for each in attempt.counts if not each.in_a_row]
        async with self._homes.control() as control:
            for digest in in_a_row:
                await store.attempts.forgive(control, digest)
            if others:
                await store.attempts.take_back(control, others)

    async def undo(self, attempt: Attempt) -> None:
        """Let an attempt that was not checked after all not count."""
        async with self._homes.control() as control:
            digests = [self._digest(each) for each in attempt.counts]
            await store.attempts.take_back(control, digests)

    def _digest(self, count: Count) -> bytes:
        said = "\0".join((count.kind, *count.words)).encode()
        return hmac.digest(self._secret, said, "sha256")
