"""Compare the product with PostGraphile and with hand-written SQL: `python -m bench`."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson

from bench import report, tables
from bench.arms import hand, peer, product
from bench.measuring import Arm, Bench, Plan, compared
from bench.preparing import Prepared, prepared
from bench.processes import cores
from bench.questions import questions
from bench.server import Server, postgresql
from bench.world import Size, tenants_of

WORK = Path(__file__).parent / ".work"
POOL = 8
TENANTS = 5


def main() -> None:
    given = _arguments()
    for name in ("large", "tenth"):
        (WORK / name).mkdir(parents=True, exist_ok=True)
    node, drivers = peer.installed(WORK), hand.installed(WORK)
    year = date.today().year
    if given.quick:
        size = Size(tenants=TENANTS, organizations=200, members=4_000)
        plan = Plan(rounds=1, seconds=1, connections=(1, 8))
    else:
        size = Size(tenants=TENANTS, members=given.members // TENANTS)
        plan = Plan(rounds=given.rounds, seconds=2, connections=(1, 8, 32))
    small = Size(
        tenants=TENANTS, organizations=size.organizations, members=max(1, size.members // 10)
    )
    core, others = cores()
    asked = questions(tenants_of(size), size)
    with postgresql() as server:
        begun = time.monotonic()
        large = asyncio.run(prepared(server, "large", size, WORK / "large", year))
        tenth = asyncio.run(prepared(server, "tenth", small, WORK / "tenth", year))
        print(f"{size.words}; prepared in {time.monotonic() - begun:.0f} s", flush=True)
        server.pin(others)
        with _arms(server, large, tenth, (node, drivers), core, year) as (arms, tenth_arm):
            for question in asked:
                count = compared(question, arms)
                print(f"equal answers of all arms to {count} cases: {question.title}", flush=True)
            bench = Bench(server.pid, WORK, others, plan)
            for question in asked:
                bench.measure(question, arms, plan.connections)
                report.print_series(bench, [question])
                sys.stdout.flush()
            for question in questions(tenants_of(small), small)[:2]:
                whole = replace(arms[0], name=report.WHOLE)
                bench.measure(question, [whole, tenth_arm], (1,))
    found = [*report.targets(bench, plan.connections), *report.growth(bench)]
    report.print_targets(found)
    told = report.results(
        bench, found, size=size.words, postgraphile=peer.version(node), day=date.today().isoformat()
    )
    (WORK / "results.json").write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    (WORK / "results.md").write_text(tables.markdown(told))
    print(f"\n{WORK / 'results.json'} and results.md, after {time.monotonic() - begun:.0f} s")


@contextmanager
def _arms(
    server: Server,
    large: Prepared,
    tenth: Prepared,
    installed: tuple[Path, Path],
    core: int | None,
    year: int,
) -> Iterator[tuple[list[Arm], Arm]]:
    """All servers, running; each is stopped by its own process id."""
    node, drivers = installed
    with ExitStack() as running:
        ours = running.enter_context(
            product.running(large.urls, large.folder, core=core, pool=POOL)
        )
        theirs = running.enter_context(peer.running(server, large.name, node, core=core, pool=POOL))
        limit = running.enter_context(
            hand.running(large.urls, large.folder, drivers, core=core, pool=POOL)
        )
        faster = running.enter_context(
            hand.running(large.urls, large.folder, drivers, core=core, pool=POOL, ours=True)
        )
        few = running.enter_context(product.running(tenth.urls, tenth.folder, core=core, pool=POOL))
        by_hand = hand.asks(year)
        told = [
            (report.PRODUCT, ours, product.asks(year)),
            (report.PEER, theirs, peer.asks(year)),
            (report.KEPT_PEER, theirs, peer.asks(year, kept=True)),
            (report.HAND, limit, by_hand),
            (report.HAND_ON_OURS, faster, {name: by_hand[name] for name in ("member", "page")}),
            (report.COUNTING_HAND, limit, hand.asks(year, counting=True)),
        ]
        arms = [Arm(name=name, port=at[0], pid=at[1], asks=asks) for name, at, asks in told]
        yield arms, Arm(name=report.SMALL, port=few[0], pid=few[1], asks=product.asks(year))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--members", type=int, default=500_000, help="in all tenants together")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="little data, to see that it runs")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parent.parent))
    main()
