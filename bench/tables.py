"""A run's results as the Markdown of `docs/benchmarks.md`."""

from collections.abc import Iterator, Mapping
from typing import Any

TITLES = {
    "member": "(a) member by id",
    "page": "(b) page of 50 members",
    "units": "(c) 100 units with member counts",
    "dashboard": "(d) six figures of an institution",
}


def markdown(results: Mapping[str, Any]) -> str:
    """The section of the last run."""
    return "\n".join(
        [
            f"## The last run\n\n{results['day']}: {results['size']}.",
            f"PostGraphile {results['postgraphile']}; {results['machine']}.\n",
            *_series(results),
            *_targets(results),
            "",
        ]
    )


def _series(results: Mapping[str, Any]) -> Iterator[str]:
    for question, title in TITLES.items():
        yield f"### {title}\n"
        yield "| Arm | Connections | Requests/s | p50 ms | p99 ms | Server µs | Database µs |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for one in results["series"]:
            if one["question"] == question and one["arm"] not in (
                "zhibu (whole)",
                "zhibu (a tenth)",
            ):
                yield (
                    f"| `{one['arm']}` | {one['connections']} | {one['rate']:.0f} "
                    f"| {one['p50_ms']:.2f} | {one['p99_ms']:.1f} "
                    f"| {one['server_us']:.0f} | {one['database_us']:.0f} |"
                )
        yield ""


def _targets(results: Mapping[str, Any]) -> Iterator[str]:
    yield "### Targets\n"
    yield "| Question | What | Connections | Found | By processor time | Wanted | |"
    yield "|---|---|--:|--:|--:|--:|---|"
    for one in results["targets"]:
        sign, verdict = "≥" if one["least"] else "≤", "met" if one["met"] else "**missed**"
        processor = f"{one['processor']:.2f}" if "processor" in one else ""
        yield (
            f"| {one['question']} | {one['what']} | {one['connections']} | {one['found']:.2f} "
            f"| {processor} | {sign} {one['wanted']} | {verdict} |"
        )
