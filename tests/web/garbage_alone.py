"""Tests of `zhibu.web.garbage`, in a process that keeps little; `test_garbage` runs them."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from zhibu.web import garbage
from zhibu.web.garbage import OLDEST, Aside

FEW = 1_000


class Kept:
    """Something that refers to itself, as a schema does."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aside]:
    monkeypatch.setattr(garbage, "MANY", FEW)
    made = Aside()
    made.settle(changed=True)  # the first time it looks through everything
    yield made
    gc.unfreeze()


def test_what_is_made_for_good_is_set_aside_at_once(aside: Aside) -> None:
    kept = Kept()

    aside.settle(changed=True)

    assert all(each is not kept for each in gc.get_objects(OLDEST))


def test_a_little_that_is_kept_stays_where_garbage_is_looked_for(aside: Aside) -> None:
    kept = Kept()
    gc.collect()

    aside.settle(changed=False)

    assert any(each is kept for each in gc.get_objects(OLDEST))


def test_a_lot_that_is_kept_is_set_aside_once_it_was_looked_through(aside: Aside) -> None:
    kept = [Kept() for _ in range(FEW)]

    gc.collect()
    aside.settle(changed=False)

    assert len(kept) == FEW > len(gc.get_objects(OLDEST))


@pytest.mark.parametrize(("times", "calm"), [(garbage.GROWN, True), (garbage.MOST, False)])
def test_what_was_set_aside_and_is_garbage_is_found_once_as_much_again_is_kept(
    aside: Aside, times: int, *, calm: bool
) -> None:
    watched = _lost(aside)
    aside._calm = garbage.CALM if calm else 0

    aside._came = times * aside._whole - 1
    aside.settle(changed=True, busy=not calm)
    assert watched() is not None, "what is aside is not looked through"

    aside._came = times * aside._whole
    aside.settle(changed=True, busy=not calm)
    assert watched() is None


def test_it_is_found_although_nothing_has_come_since(aside: Aside) -> None:
    watched = _lost(aside)
    aside._came = garbage.GROWN * aside._whole

    for _ in range(garbage.CALM):
        aside.settle(changed=False)

    assert watched() is None


def test_whoever_asks_is_not_held_up_by_a_whole_look_that_can_wait(aside: Aside) -> None:
    watched = _lost(aside)
    aside._came = garbage.GROWN * aside._whole

    for tick in range(3 * garbage.CALM):
        aside.settle(changed=False, busy=tick % (garbage.CALM - 1) == 0)

    assert watched() is not None


def test_what_comes_is_counted_without_going_through_what_is_aside(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = aside._came
    monkeypatch.delattr(gc, "get_freeze_count")
    kept = [Kept() for _ in range(FEW)]

    aside.settle(changed=True)

    assert FEW <= aside._came - before < 2 * FEW, len(kept)


def _lost(aside: Aside) -> "ref[Kept]":
    """Garbage that was set aside."""
    lost = Kept()
    aside.settle(changed=True)
    return ref(lost)
