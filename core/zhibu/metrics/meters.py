"""What is counted of requests while they are answered.

Plain numbers in dictionaries: the counters of the client library take locks and look up labels,
which is more than a request may pay for being counted. They are given to it when somebody looks.
"""

from bisect import bisect_left
from collections import Counter
from time import perf_counter

from zhibu.logs.about import About

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OTHER = "other"


class Times:
    """How long requests of one kind took: how many up to each bound, and all of them together."""

    __slots__ = ("buckets", "sum")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        self.buckets[bisect_left(BUCKETS, seconds)] += 1
        self.sum += seconds


class Meters:
    """The counts of one process. At most `tenants` institutions are counted by name."""

    def __init__(self, tenants: int = 0) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.times: dict[str, Times] = {}
        self.tenants: Counter[str] = Counter()
        self._most = tenants

    def __call__(self, about: About) -> None:
        kind = about.kind or OTHER
        self.outcomes[kind, about.outcome or _plain(about.status)] += 1
        if kind != "subscription":  # it lasts as long as somebody watches
            times = self.times.get(kind)
            if times is None:
                times = self.times[kind] = Times()
            times.add(perf_counter() - about.began)
        if self._most and about.tenant is not None:
            known = about.tenant in self.tenants or len(self.tenants) < self._most
            self.tenants[about.tenant if known else OTHER] += 1


def _plain(status: int) -> str:
    return "OK" if status < 400 else f"HTTP_{status}"
