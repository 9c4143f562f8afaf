"""What is counted and what stands, in the words of Prometheus."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily as Counted
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import HistogramMetricFamily as Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from zhibu.metrics.meters import BUCKETS, Meters
from zhibu.metrics.standing import Standing

if TYPE_CHECKING:
    from zhibu.graph.admission import Crowd
    from zhibu.platform import Platform

_BOUNDS = [*map(str, BUCKETS), "+Inf"]


class Numbers(Collector):
    """The numbers of one process, and those of `standing` that every process finds alike."""

    def __init__(self, platform: "Platform", meters: Meters, crowd: "Crowd | None") -> None:
        self.standing = Standing()
        self._platform = platform
        self._meters = meters
        self._crowd = crowd

    def collect(self) -> Iterator[Metric]:
        yield from self._requests()
        yield from self._process()
        yield from self._standing()

    def _requests(self) -> Iterator[Metric]:
        meters = self._meters
        asked = Counted("zhibu_requests", "Requests answered.", labels=["kind", "outcome"])
        for (kind, outcome), count in meters.outcomes.items():
            asked.add_metric([kind, outcome], count)
        yield asked
        took = Histogram("zhibu_request_seconds", "Until it was answered.", labels=["kind"])
        for kind, times in meters.times.items():
            counts = zip(_BOUNDS, accumulate(times.buckets), strict=True)
            took.add_metric([kind], [(bound, float(n)) for bound, n in counts], times.sum)
        yield took
        if meters.tenants:
            by_tenant = Counted("zhibu_tenant_requests", "By institution.", labels=["tenant"])
            for tenant, count in meters.tenants.items():
                by_tenant.add_metric([tenant], count)
            yield by_tenant

    def _process(self) -> Iterator[Metric]:
        platform = self._platform
        doors = {"account": platform.door, "visitor": platform.visitors}
        sent_away = Counted("zhibu_admission_refused", "503: no room.", labels=["at"])
        waiting = Gauge("zhibu_admission_waiting", "Waiting for their turn.", labels=["at"])
        for name, door in doors.items():
            sent_away.add_metric([name], door.refused)
            waiting.add_metric([name], door.waiting)
        if self._crowd is not None:
            sent_away.add_metric(["arrival"], self._crowd.refused)
        yield sent_away
        yield waiting
        limited = Counted("zhibu_rate_refused", "429: too much of late.", labels=["of"])
        for name, count in platform.rates.refused.items():
            limited.add_metric([name], count)
        yield limited
        pools = Gauge("zhibu_pool_in_use", "Connections in use.", labels=["home", "pool"])
        for number, home in enumerate(platform.homes.each()):
            for pool, used in home.in_use.items():
                pools.add_metric([f"{home.name}-{number}", pool], used)
        yield pools
        yield Gauge("zhibu_streams", "Subscriptions open.", value=platform.streams.count)

    def _standing(self) -> Iterable[Metric]:
        found = self.standing
        jobs = Gauge("zhibu_jobs", "Jobs that are not done.", labels=["kind", "state"])
        for (kind, state), count in found.jobs.items():
            jobs.add_metric([kind, state], count)
        now = self._platform.clock()
        return (
            jobs,
            Gauge("zhibu_job_due_seconds", "The longest due job.", value=_since(found.due, now)),
            Gauge("zhibu_outbox_waiting", "Reminders to be sent.", value=found.outbox),
            Gauge("zhibu_sessions", "Sessions that count.", value=found.sessions),
            Gauge("zhibu_tenants", "Active institutions.", value=found.tenants),
            Gauge("zhibu_tenants_away", "Whose database is away.", value=found.away),
            Gauge(
                "zhibu_ledger_verified_timestamp_seconds",
                "When the ledger that was verified longest ago was found whole.",
                value=found.verified.timestamp() if found.verified else 0,
            ),
            Gauge("zhibu_ledger_unverified", "Never, or not whole.", value=found.unverified),
        )


def _since(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
