"""What a run showed, as tables, and whether it is what we want."""

import os
import platform
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.measuring import Bench
from bench.questions import Question

PRODUCT, PEER, HAND = "zhibu", "postgraphile", "hand"
KEPT_PEER, COUNTING_HAND = "postgraphile (kept)", "hand (counting)"
HAND_ON_OURS = "hand (on our connections)"
# The same rows asked of the whole world and of one with a tenth of the members.
WHOLE, SMALL = "zhibu (whole)", "zhibu (a tenth)"

Write = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A ratio that is wanted, and what was found; `least` or at most.

    `processor` is the same as a ratio of processor time per request, of server and database
    together: on a machine that does other things too it says more than the requests per second.
    """

    question: str
    what: str
    connections: int
    found: float
    processor: float
    wanted: float
    least: bool = True

    @property
    def met(self) -> bool:
        return self.found >= self.wanted if self.least else self.found <= self.wanted


def targets(bench: Bench, connections: Sequence[int]) -> list[Target]:
    """Every promise, at each number of connections."""
    wanted = [
        ("member", PEER, 2.5),
        ("page", PEER, 2.5),
        ("units", PEER, 1.2),
        ("units", KEPT_PEER, 1.2),
        ("dashboard", PEER, 20.0),
        *((question, HAND, 0.6) for question in ("member", "page", "units", "dashboard")),
    ]
    found = [
        Target(
            question=question,
            what=f"requests/s by {other}",
            connections=number,
            found=bench.ratio(PRODUCT, other, question, number),
            processor=bench.saved(PRODUCT, other, question, number),
            wanted=least,
        )
        for question, other, least in wanted
        for number in connections
    ]
    return found


def growth(bench: Bench) -> list[Target]:
    """How much slower the point and the page become when there are ten times as many members."""
    return [
        Target(
            question=question,
            what="time per request, ten times the members",
            connections=1,
            found=bench.ratio(SMALL, WHOLE, question, 1),
            processor=1 / bench.saved(SMALL, WHOLE, question, 1),
            wanted=1.3,
            least=False,
        )
        for question in ("member", "page")
    ]


def print_series(bench: Bench, questions: Iterable[Question], write: Write = print) -> None:
    for question in questions:
        write(f"\n{question.title}")
        write(
            f"  {'arm':26} {'conns':>5} {'req/s':>9} {'p50 ms':>8} {'p99 ms':>8}"
            f" {'server µs':>10} {'database µs':>12} {'× peer':>7} {'× hand':>7}"
        )
        for key, series in bench.series.items():
            if key[1] != question.name or key[0] in (WHOLE, SMALL):
                continue
            told = series.summary
            ratios = [_ratio(bench, key, other) for other in (PEER, HAND)]
            failed = f"  {told['errors']} errors" if told["errors"] else ""
            write(
                f"  {told['arm']:26} {told['connections']:5} {told['rate']:9.1f}"
                f" {told['p50_ms']:8.2f} {told['p99_ms']:8.2f} {told['server_us']:10.1f}"
                f" {told['database_us']:12.1f} {ratios[0]:>7} {ratios[1]:>7}{failed}"
            )


def print_targets(found: Iterable[Target], write: Write = print) -> None:
    write("\nTargets")
    for target in found:
        sign = "≥" if target.least else "≤"
        verdict = "met" if target.met else "MISSED"
        write(
            f"  {verdict:7} {target.question:10} {target.what:42} "
            f"{target.connections:3} connections {target.found:8.2f} {sign} {target.wanted:4}"
            f"   by processor time {target.processor:6.2f}"
        )


def results(bench: Bench, found: Iterable[Target], **facts: Any) -> dict[str, Any]:
    """Everything, for a file."""
    return {
        **facts,
        "machine": machine(),
        "series": [series.summary for series in bench.series.values()],
        "targets": [{**asdict(target), "met": target.met} for target in found],
    }


def machine() -> str:
    """What it ran on."""
    postgres = subprocess.run(["psql", "--version"], capture_output=True, text=True).stdout.strip()
    processor = platform.processor() or platform.machine()
    with open("/proc/cpuinfo") as lines:
        names = {line.split(":")[1].strip() for line in lines if line.startswith("model name")}
    return (
        f"{os.cpu_count()} × {', '.join(names) or processor}, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, {postgres}"
    )


def _ratio(bench: Bench, key: tuple[str, str, int], other: str) -> str:
    arm, question, connections = key
    if (other, question, connections) not in bench.series or arm in (WHOLE, SMALL):
        return ""
    try:
        return f"{bench.ratio(arm, other, question, connections):.2f}"
    except ValueError:
        return ""
