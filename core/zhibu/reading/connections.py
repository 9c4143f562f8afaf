"""The types of pages, as Relay knows them, with `nodes` besides `edges`."""

from typing import Generic, TypeVar

import strawberry

from zhibu.reading import meanings
from zhibu.reading.fields import column, declared, public

T = TypeVar("T")
WHY = "holds only rows that were permitted one by one"


@public("an interface: the types that implement it name their permissions")
@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = column(description="Opaque and stable.")


@public(WHY)
@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = declared(meanings.Page())
    has_previous_page: bool = declared(meanings.Page())
    start_cursor: str | None = declared(meanings.Page())
    end_cursor: str | None = declared(meanings.Page())


@public(WHY)
@strawberry.type(description="A row of a page and its place in the list.")
class Edge(Generic[T]):
    node: T = declared(meanings.Page())
    cursor: str = declared(meanings.Page(), description="Give it as `after` to go on from here.")


@public(WHY)
@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = declared(meanings.Page())
    nodes: list[T] = declared(meanings.Page(), description="The rows of the edges.")
    page_info: PageInfo = declared(meanings.Page())
    total_count: int = declared(
        meanings.Page(), description="All rows of the list; counted only when asked for."
    )
