"""A start looks for garbage rarely; what runs afterwards does as usual."""

import gc
from collections.abc import Iterator

import pytest

from zhibu.cli import starting

USUAL = (100_000, 10, 10)  # or every test here looks through all that the suite keeps


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rest of the tests keep their own; and nothing of theirs is set aside here."""
    before = gc.get_threshold()
    monkeypatch.setattr(gc, "freeze", lambda: None)
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_a_start_looks_for_garbage_rarely_and_what_runs_then_does_as_usual() -> None:
    starting.begin()
    assert gc.get_threshold()[0] > USUAL[0]
    starting.begun()
    assert gc.get_threshold() == USUAL


def test_a_command_that_another_program_calls_leaves_that_program_as_it_is() -> None:
    gc.set_threshold(5_000, 5, 5)
    starting.begun()
    assert gc.get_threshold() == (5_000, 5, 5)
