"""What a process keeps is not looked through each time that garbage is looked for."""

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
    gc.unfreeze()
    gc.collect()
    made = Aside()
    made.settle(changed=True)
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


def test_what_was_set_aside_and_is_garbage_is_found_once_as_much_again_is_kept(
    aside: Aside,
) -> None:
    lost = Kept()
    watched = ref(lost)
    aside.settle(changed=True)
    del lost
    gc.collect()
    assert watched() is not None, "what is aside is not looked through"

    aside._whole = gc.get_freeze_count() // 2  # as if half as much was kept at the last one
    aside.settle(changed=True)

    assert watched() is None
