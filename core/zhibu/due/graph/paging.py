"""Pages of rows that ordinary resolvers have read, in the shape of every other connection."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import strawberry
from strawberry.types.nodes import FragmentSpread, InlineFragment, SelectedField

from zhibu.reading import Connection, Edge, PageInfo, PageSizeInvalid, cursors
from zhibu.reading.paging import MAXIMUM

Node = TypeVar("Node")


def asks(info: strawberry.Info, *names: str) -> bool:
    """Whether the selection below this field names one of these, through fragments as well."""

    def within(selections: Sequence[Any]) -> bool:
        return any(
            each.name in names
            if isinstance(each, SelectedField)
            else isinstance(each, FragmentSpread | InlineFragment) and within(each.selections)
            for each in selections
        )

    return any(within(field.selections) for field in info.selected_fields)


class Page:
    """One page of a list: how many rows it has, and after which key it begins."""

    def __init__(self, context: Any, name: str, listed: Sequence[Any], first: int) -> None:
        """`listed` is what else tells this list from others: its filters.

        Raises `PageSizeInvalid`.
        """
        if not 1 <= first <= MAXIMUM:
            raise PageSizeInvalid(path=("first",), first=first, maximum=MAXIMUM)
        self.first = first
        self._mark = cursors.mark(
            context.platform.cursors, [context.tenant_id.hex, name, [str(each) for each in listed]]
        )

    def after(self, text: str | None, *readings: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """The key that a cursor holds. Raises `CursorInvalid`."""
        return None if text is None else tuple(cursors.unseal(self._mark, text, readings))

    def of(
        self,
        rows: Sequence[tuple[Sequence[Any], Node]],
        *,
        behind: bool,
        total: int | None = None,
    ) -> Connection[Node]:
        """The connection of these rows by their keys; one beyond `first` says that it goes on."""
        kept = rows[: self.first]
        edges = [
            Edge(node=node, cursor=cursors.seal(self._mark, [str(part) for part in key]))
            for key, node in kept
        ]
        return Connection(
            edges=edges,
            nodes=[node for _, node in kept],
            page_info=PageInfo(
                has_next_page=len(rows) > self.first,
                has_previous_page=behind,
                start_cursor=edges[0].cursor if edges else None,
                end_cursor=edges[-1].cursor if edges else None,
            ),
            total_count=total or 0,
        )
