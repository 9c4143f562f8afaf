"""A pytest plugin, `-p zhibu.testing.proofs --proofs FILE`: what the tests of clauses proved.

Only tests that name a clause are run. The file then holds {clause: {test: outcome}}, where a test
stands without its parameters and its outcome is the worst of theirs: `failed`, `passed`, or
`collected` when it was not run or was skipped.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

_WORST = ("collected", "passed", "failed")


class Recorder:
    """Keeps the tests of each clause and how they went."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._tests: dict[str, set[str]] = {}
        self._outcomes: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self._tests = proving(items)
        items[:] = [item for item in items if _ids(item)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            outcome = "collected" if report.skipped else report.outcome
            test = _test(report.nodeid)
            known = self._outcomes.get(test, "collected")
            self._outcomes[test] = max(known, outcome, key=_WORST.index)

    def pytest_sessionfinish(self) -> None:
        found = {
            id: {test: self._outcomes.get(test, "collected") for test in sorted(tests)}
            for id, tests in sorted(self._tests.items())
        }
        self._file.write_text(json.dumps(found), "utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proofs", type=Path, required=True, help="where the proofs are written")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Recorder(config.getoption("proofs")), "zhibu-proofs")


def proving(items: Iterable[pytest.Item]) -> dict[str, set[str]]:
    """By clause, the tests among these that name it."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for id in _ids(item):
            found[id].add(_test(item.nodeid))
    return found


def _ids(item: pytest.Item) -> list[str]:
    return [id for mark in item.iter_markers("clause") for id in mark.args]


def _test(nodeid: str) -> str:
    """A test without its parameters and its group: `tests/x/test_y.py::test_z`."""
    return nodeid.partition("[")[0].partition("@")[0]
