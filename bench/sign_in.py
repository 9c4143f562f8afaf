"""Whether the time of a refused sign-in tells if the account exists.

`python -m bench.sign_in [count]` signs in so many times (200) with a wrong password, in turn as an
account that exists and as one that does not, twice: as installed, where every refusal takes a
quarter of a second, and with that taken away, so that only the work itself is seen. It prints the
distributions, their difference and what Mann and Whitney's test says about it.
"""

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from math import erf, sqrt
from pathlib import Path
from statistics import mean, median, quantiles

from zhibu.accounts.errors import SignInRefused
from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.parameters.definitions import Definition
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.snapshots import Snapshots
from zhibu.storage.homes import Homes
from zhibu.tenants.founding import Root, found

KNOWN, UNKNOWN = "security", "nobody"
PATIENT = 1_000_000  # failures: it is the time that is measured here, not the lock


async def refused(platform: Platform, login: str) -> float:
    """The seconds that a refusal takes."""
    arrival = Arrival(now=platform.clock(), request_id="bench", address="192.0.2.1")
    began = time.perf_counter()
    try:
        await sign_in(platform, arrival, tenant="bench", login=login, password="wrong as can be")
    except SignInRefused:
        return time.perf_counter() - began
    raise AssertionError("it let somebody in")


async def measured(folder: Path, count: int, answer_after: float) -> dict[str, list[float]]:
    settings = Settings(data=folder)
    plugins = Plugins({})
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
    platform = await Platform.open(settings, plugins)
    platform.attempts.answer_after = answer_after
    platform.definitions = _without_locks(platform)
    platform.snapshots = Snapshots(platform.homes, platform.definitions, plugins.names)
    try:
        root = Root(code="ROOT", name="机关党委", kind="party_committee")
        await found(platform, code="bench", name="机构", now=platform.clock(), root=root)
        times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
        for number in range(count + 5):
            # Whoever comes first in a pair changes, so that nothing else does.
            for login in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
                seconds = await refused(platform, login)
                if number >= 5:
                    times[login].append(seconds)
    finally:
        await platform.close()
    return times


def _without_locks(platform: Platform) -> dict[str, Definition]:
    found = dict(platform.definitions)
    for name in found:
        if name.startswith("core.sign_in_failures"):
            values = tuple(replace(each, value=PATIENT) for each in found[name].values)
            found[name] = replace(found[name], values=values)
    return found


def told_apart(known: list[float], unknown: list[float]) -> float:
    """The probability of a difference as large as this one between equal distributions."""
    both = sorted([(each, 0) for each in known] + [(each, 1) for each in unknown])
    ranks = sum(rank for rank, (_, of) in enumerate(both, 1) if of == 0)
    n, m = len(known), len(unknown)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return 1 - erf(abs(z) / sqrt(2))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{count} refusals each, in milliseconds")
    for title, after in (("as installed", 0.25), ("the work itself", 0.0)):
        with tempfile.TemporaryDirectory() as folder:
            times = asyncio.run(measured(Path(folder), count, after))
        print(f"\n{title}")
        for login, seconds in times.items():
            low, high = quantiles(seconds, n=20)[0], quantiles(seconds, n=20)[-1]
            words = "known" if login == KNOWN else "unknown"
            figures = (mean(seconds), median(seconds), low, high)
            shown = " ".join(f"{1000 * each:8.2f}" for each in figures)
            print(f"  {words:8} mean, median, 5 %, 95 %: {shown}")
        apart = mean(times[KNOWN]) / mean(times[UNKNOWN]) - 1
        chance = told_apart(times[KNOWN], times[UNKNOWN])
        print(f"  means differ by {100 * apart:+.2f} %, p = {chance:.3f}")


if __name__ == "__main__":
    main()
