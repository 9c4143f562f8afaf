"""What a page asks for: checked when it is run, and turned into what its statement needs."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLField

from zhibu.reading import cursors
from zhibu.reading.arguments import Arguments
from zhibu.reading.errors import PageOffsetInvalid, PageSizeInvalid
from zhibu.reading.origins import plain
from zhibu.reading.request import Run

MAXIMUM = 100
_PAGING = ("first", "after", "offset")


def preparation(
    arguments: Arguments,
    field: GraphQLField,
    name: str,
    secret: bytes,
    readings: Sequence[Callable[[Any], Any]],
) -> Callable[[Run], None]:
    """Checks `first`, `offset` and `after` of a run; `readings` are of the keys of a cursor.

    The function raises `PageSizeInvalid`, `PageOffsetInvalid` and `CursorInvalid`.
    """

    def reading(argument: str, convert: Callable[[Any], Any] = _same) -> Callable[[Run], Any]:
        return arguments.reading(arguments.origin(argument)[0], convert)

    def given(argument: str) -> bool:
        return argument in field.args and arguments.given(argument)

    first = reading("first")
    offset = reading("offset") if given("offset") else _zero
    after = reading("after") if given("after") else None
    listed = [reading(argument, plain) for argument in field.args if argument not in _PAGING]

    def prepare(run: Run) -> None:
        run.page = first(run)
        if run.page is None or not 1 <= run.page <= MAXIMUM:
            raise PageSizeInvalid(path=("first",), first=run.page, maximum=MAXIMUM)
        run.offset = offset(run)
        if run.offset < 0 or (run.offset and after is not None):
            raise PageOffsetInvalid(path=("offset",), offset=run.offset)
        run.behind = after is not None or run.offset > 0
        told = [told(run) for told in listed]
        run.mark = cursors.mark(secret, [run.reader.tenant_id, name, told])
        if after is not None:
            run.keys = cursors.unseal(run.mark, after(run), readings)

    return prepare


def _same(value: Any) -> Any:
    return value


def _zero(run: Run) -> int:
    return 0
