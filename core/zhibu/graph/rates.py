"""How much may be asked in a while, by account, by institution and by address.

What is asked has its cost, and leaks away at a rate; who has filled the bucket waits. The buckets
are this process's own: with several processes each has its share of the requests, and of the rate.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from math import ceil
from time import monotonic

from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import QueryTooExpensive, RateLimited
from zhibu.identifiers import network
from zhibu.settings import Settings

BURST = 40  # seconds' worth that may be asked at once
_MOST = 50_000


class Buckets:
    """One bucket for each key, of `rate` a second; 0 is no limit. `of` says what the keys are."""

    def __init__(self, of: str, rate: int) -> None:
        self.of = of
        self.rate = rate
        self.capacity = rate * BURST
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def level(self, key: Hashable, now: float) -> float:
        """How full the bucket is."""
        level, at = self._levels.get(key, (0.0, now))
        return max(0.0, level - (now - at) * self.rate)

    def pour(self, key: Hashable, level: float, now: float) -> None:
        self._levels[key] = (level, now)
        self._levels.move_to_end(key)
        if len(self._levels) > _MOST:
            self._levels.popitem(last=False)


class Rates:
    """The buckets of this process."""

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.refused: Counter[str] = Counter()
        self._accounts = Buckets("account", settings.account_rate)
        self._tenants = Buckets("tenant", settings.tenant_rate)
        self._addresses = Buckets("address", settings.address_rate)
        self._visitors = Buckets("visitor", settings.visitor_rate)

    def spend(self, speaker: Context | Visit, cost: int) -> None:
        """Pour the cost of a request into every bucket that it counts for.

        Raises `RateLimited`, and pours nothing, when one of them would run over; where one could
        never hold it, `QueryTooExpensive`.
        """
        now = self.clock()
        filled = []
        for buckets, key in self._asked(speaker):
            if buckets.rate:
                if cost > buckets.capacity:  # to wait would not help
                    raise QueryTooExpensive(measure="cost", found=cost, limit=buckets.capacity)
                level = buckets.level(key, now)
                if (over := level + cost - buckets.capacity) > 0:
                    self.refused[buckets.of] += 1
                    raise RateLimited(
                        seconds=ceil(over / buckets.rate),
                        requested=cost,
                        remaining=int(buckets.capacity - level),
                        restore_rate=buckets.rate,
                    )
                filled.append((buckets, key, level + cost))
        for buckets, key, level in filled:
            buckets.pour(key, level, now)

    def _asked(self, speaker: Context | Visit) -> Iterable[tuple[Buckets, Hashable]]:
        if isinstance(speaker, Visit):
            return ((self._visitors, network(speaker.address)),)
        caller = speaker.caller
        return (
            (self._accounts, caller.account_id or caller.credential_id),
            (self._tenants, speaker.tenant_id),
            (self._addresses, network(caller.address)),
        )
