"""Measuring: equal answers first, then rounds in which the arms take turns."""

import http.client
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench.load import Load, drive, write_requests
from bench.processes import children_times, processor_time, spent
from bench.questions import Ask, Case, Question


@dataclass(frozen=True, kw_only=True)
class Arm:
    """A running server and how it is asked; several arms may share a server."""

    name: str
    port: int
    pid: int
    asks: dict[str, Ask]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One drive, with the processor time that it took: seconds of the server and the database."""

    load: Load
    server: float
    database: float


@dataclass(kw_only=True)
class Series:
    """All samples of one arm, question and number of connections, by round."""

    arm: str
    question: str
    connections: int
    samples: list[Sample] = field(default_factory=list)

    @property
    def rates(self) -> list[float]:
        return [sample.load.rate for sample in self.samples]

    @property
    def summary(self) -> dict[str, Any]:
        """Medians: requests per second, milliseconds, microseconds of processor per request."""
        each = self.samples
        return {
            "arm": self.arm,
            "question": self.question,
            "connections": self.connections,
            "rate": round(median(self.rates), 1),
            "p50_ms": round(median(s.load.p50 for s in each), 3),
            "p99_ms": round(median(s.load.p99 for s in each), 3),
            "server_us": _micros(s.server / max(1, s.load.requests) for s in each),
            "database_us": _micros(s.database / max(1, s.load.requests) for s in each),
            "errors": sum(s.load.errors for s in each),
        }


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long and how often."""

    rounds: int
    seconds: int
    connections: Sequence[int]


class Unequal(SystemExit):
    """Two arms gave different answers to one question: nothing is worth measuring."""


def answer(arm: Arm, ask: Ask, case: Case) -> Any:
    """The plain answer of an arm to one case."""
    connection = http.client.HTTPConnection("127.0.0.1", arm.port, timeout=60)
    try:
        headers = {"content-type": "application/json", **ask.headers(case)}
        connection.request("POST", ask.path, ask.body(case), headers)
        told = connection.getresponse().read()
    finally:
        connection.close()
    try:
        return ask.plain(orjson.loads(told))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unequal(f"{arm.name}: {error!r} in {told[:2000]!r}") from error


def compared(question: Question, arms: Iterable[Arm], *, most: int = 50) -> int:
    """Ask every arm the same cases; say how many. Raises `Unequal`."""
    asked = [arm for arm in arms if question.name in arm.asks]
    for case in question.cases[:most]:
        first, *others = (answer(arm, arm.asks[question.name], case) for arm in asked)
        for arm, other in zip(asked[1:], others, strict=True):
            if other != first:
                raise Unequal(
                    f"{question.name} {case.row}: {asked[0].name} and {arm.name} differ\n"
                    f"{str(first)[:2000]}\n{str(other)[:2000]}"
                )
    return min(most, len(question.cases))


def _micros(seconds: Iterable[float]) -> float:
    return round(median(seconds) * 1e6, 1)


class Bench:
    """Drives arms against one PostgreSQL, and keeps what was seen."""

    def __init__(self, postmaster: int, folder: Path, core: int | None, plan: Plan) -> None:
        self.postmaster = postmaster
        self.folder = folder
        self.core = core
        self.plan = plan
        self.series: dict[tuple[str, str, int], Series] = {}

    def measure(self, question: Question, arms: Sequence[Arm], connections: Sequence[int]) -> None:
        """Rounds over all these arms, each round beginning with another one."""
        asked = [arm for arm in arms if question.name in arm.asks]
        for arm in asked:
            write_requests(
                self._file(arm, question), arm.port, arm.asks[question.name], question.cases
            )
            drive(
                self._file(arm, question), arm.port, connections=8, seconds=1, core=self.core
            )  # warm: caches fill, Node compiles
        for round in range(self.plan.rounds):
            for number in connections:
                for turn in range(len(asked)):
                    arm = asked[(turn + round) % len(asked)]
                    key = (arm.name, question.name, number)
                    series = self.series.setdefault(
                        key, Series(arm=arm.name, question=question.name, connections=number)
                    )
                    series.samples.append(self._sample(arm, question, number))

    def ratio(self, one: str, other: str, question: str, connections: int) -> float:
        """Requests per second of one arm by those of another: the median of paired rounds."""
        pairs = zip(
            self.series[one, question, connections].rates,
            self.series[other, question, connections].rates,
            strict=True,
        )
        return median(mine / theirs if theirs else inf for mine, theirs in pairs)

    def saved(self, one: str, other: str, question: str, connections: int) -> float:
        """Processor time per request of another arm by that of this one."""
        mine, theirs = (self.series[arm, question, connections].summary for arm in (one, other))
        took = mine["server_us"] + mine["database_us"]
        return float((theirs["server_us"] + theirs["database_us"]) / took) if took else inf

    def _sample(self, arm: Arm, question: Question, connections: int) -> Sample:
        server, database = processor_time(arm.pid), children_times(self.postmaster)
        load = drive(
            self._file(arm, question),
            arm.port,
            connections=connections,
            seconds=self.plan.seconds * question.patience,
            core=self.core,
        )
        return Sample(
            load=load,
            server=processor_time(arm.pid) - server,
            database=spent(database, children_times(self.postmaster)),
        )

    def _file(self, arm: Arm, question: Question) -> Path:
        return self.folder / f"{arm.name}-{question.name}.requests".replace(" ", "-")
