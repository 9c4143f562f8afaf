"""The photograph on a card: what of a JPEG is looked at."""

from typing import Any

import pytest

from zhibu.basis import Basis
from zhibu.testing.pictures import grey
from zhibu_flow_members.errors import PhotoMisshapen, PhotoUnreadable
from zhibu_flow_members.rules.photos import Photo, PhotoBounds, photo_of, shape_refusals
from zhibu_flow_members.rules.values import Limit


def limit(value: int) -> Limit:
    return Limit(value=value, basis=Basis(document="平台默认", article="", value=str(value)))


BOUNDS = PhotoBounds(kilobytes=limit(40), narrowest=limit(200), highest=limit(1200))


def test_how_large_a_picture_is_stands_before_it_begins() -> None:
    assert photo_of(grey(295, 413)) == Photo(width=295, height=413)
    assert photo_of(grey(295, 413, size=99_000)) == Photo(width=295, height=413)
    assert photo_of(grey(channels=3)) == photo_of(grey())


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff\xd8\xff\xd9", b"\x89PNG\r\n\x1a\n" + bytes(99)),
        *(grey()[:-2], grey()[:60], grey()[:60] + b"\xff\xd9", grey(channels=4)),
    ],
    ids=["nothing", "empty", "PNG", "cut", "cut early", "without a picture", "for a press"],
)
def test_what_is_no_whole_photograph_for_a_screen_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        photo_of(content)


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [
        *((295, 413, True), (200, 400, True), (600, 1200, True)),
        *((199, 280, False), (413, 295, False), (300, 300, False)),
        *((300, 601, False), (900, 1201, False)),
    ],
)
def test_a_photograph_is_upright_and_sharp_and_not_huge(
    width: int, height: int, fits: bool
) -> None:
    found: list[Any] = [*shape_refusals(Photo(width=width, height=height), BOUNDS)]
    assert [type(each) for each in found] == ([] if fits else [PhotoMisshapen])
