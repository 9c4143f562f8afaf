"""Failed sign-ins are counted per login and address; too many lock both out for a while."""

from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil

from zhibu.accounts.errors import SignInLocked

_MOST = 50_000


class Attempts:
    """Kept in memory: a restart forgives. An attempt counts until it turns out well.

    `answer_after` is how many seconds every refusal takes, so that none tells what was wrong.
    """

    def __init__(
        self,
        *,
        allowed: int = 5,
        locked_for: timedelta = timedelta(minutes=15),
        answer_after: float = 0.25,
    ) -> None:
        self.answer_after = answer_after
        self._allowed = allowed
        self._locked_for = locked_for
        self._open: OrderedDict[tuple[str, str, str], tuple[int, datetime]] = OrderedDict()

    def begin(self, tenant: str, login: str, address: str | None, now: datetime) -> None:
        """Count an attempt before it is checked, so that many at once gain nothing.

        Raises `SignInLocked` when the last `allowed` ones all failed.
        """
        key = (tenant, login, address or "")
        count, last = self._open.get(key, (0, now))
        if now - last >= self._locked_for:
            count = 0
        if count >= self._allowed:
            left = self._locked_for - (now - last)
            raise SignInLocked(minutes=max(1, ceil(left / timedelta(minutes=1))))
        self._open[key] = (count + 1, now)
        self._open.move_to_end(key)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)

    def succeed(self, tenant: str, login: str, address: str | None) -> None:
        self._open.pop((tenant, login, address or ""), None)
