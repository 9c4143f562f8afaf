"""Branches are counted where every one is demanded, and nowhere else: to count slows by half.

`GUARDED` names the folders and files of the tests that answer for them.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

GUARDED = "GUARDED"
STARTS_CHILDREN = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


class Covering:
    """Counts while tests of the guarded run, and in the processes that these start."""

    def __init__(self, counting: Coverage, folders: list[Path]) -> None:
        self._counting = counting
        self._folders = folders
        self._children = {name: os.environ[name] for name in STARTS_CHILDREN if name in os.environ}
        self._counts = True

    @classmethod
    def of(cls, config: pytest.Config) -> "Covering | None":
        """None where nobody counts, or where whoever does said nothing of folders."""
        counting, named = Coverage.current(), os.environ.get(GUARDED, "").split()
        if counting is None or not named:
            return None
        return cls(counting, [config.rootpath / each for each in named])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self._turn(counts=any(item.path.is_relative_to(folder) for folder in self._folders))
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        """What is made for all tests counts, whoever asks for it first."""
        counted = self._counts
        self._turn(counts=counted or fixturedef.scope == "session")
        try:
            return (yield)
        finally:
            self._turn(counts=counted)

    def pytest_sessionfinish(self) -> None:
        self._turn(counts=True)

    def _turn(self, *, counts: bool) -> None:
        if counts == self._counts:
            return
        self._counts = counts
        if counts:
            os.environ.update(self._children)
            self._counting.start()
        else:
            for name in self._children:
                del os.environ[name]
            self._counting.stop()
