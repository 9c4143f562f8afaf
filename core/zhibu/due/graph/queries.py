"""Asking what is due, in any subtree the caller may see."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from zhibu.contributions import Window
from zhibu.due.graph.paging import Page, asks
from zhibu.due.graph.types import DueItem, DueKind, item_of, kind_of
from zhibu.due.rules.windows import window
from zhibu.due.service.asking import seen
from zhibu.due.store import asking, kept
from zhibu.due.store.asking import Asked
from zhibu.due.store.kept import Past
from zhibu.errors import Unauthenticated
from zhibu.graph.context import Context
from zhibu.identifiers import row_of
from zhibu.reading import Connection, Public, permitted

EACH = Public("each kind of deadline has its own permission, which is asked where it is due")


def _kinds(info: strawberry.Info) -> list[DueKind]:
    context = signed_in(info)
    kinds = context.platform.due
    return [kind_of(context, kind) for kind, _ in seen(kinds, context.scope)]


async def _items(
    info: strawberry.Info,
    first: int,
    due_to: Annotated[
        date, strawberry.argument(description="到期日不晚于。 What is due up to this day.")
    ],
    due_from: Annotated[
        date | None,
        strawberry.argument(
            description="到期日不早于，空为全部未办结的。 From this day; null for all that is open."
        ),
    ] = None,
    after: str | None = None,
    under: strawberry.ID | None = None,
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="只列这些种类。 Of these kinds only.")
    ] = None,
) -> Connection[DueItem]:
    context = signed_in(info)
    page = Page(context, "dueItems", [due_from, due_to, under, kinds], first)
    days = window(due_from, due_to)
    asked = Asked(
        window=Window(
            tenant_id=context.tenant_id,
            first=days[0],
            last=days[1],
            today=context.today,
            book=context.parameters,
        ),
        book=context.parameters,
        kinds=seen(context.platform.due, context.scope, kinds),
        under=row_of(under, "Organization", path=("under",)) if under else None,
        after=page.after(after, date.fromisoformat, int, UUID),
    )
    async with context.home.view(context.tenant_id) as session:
        listed = asks(info, "nodes", "edges", "pageInfo")
        rows = await asking.items(session, asked, page.first + 1) if listed else []
        total = await asking.count(session, asked) if asks(info, "totalCount") else None
    named = context.platform.due
    return page.of(
        [(key, item_of(context, named[item.kind], item)) for key, item in rows],
        behind=after is not None,
        total=total,
    )


async def _past(
    info: strawberry.Info,
    first: int,
    due_to: Annotated[
        date, strawberry.argument(description="到期日不晚于。 What was due up to this day.")
    ],
    due_from: Annotated[
        date | None, strawberry.argument(description="到期日不早于。 What was due from this day.")
    ] = None,
    after: str | None = None,
    under: strawberry.ID | None = None,
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="只列这些种类。 Of these kinds only.")
    ] = None,
    late: Annotated[
        bool, strawberry.argument(description="只列逾期办结的。 Only what was done late.")
    ] = False,
) -> Connection[DueItem]:
    context = signed_in(info)
    page = Page(context, "duePast", [due_from, due_to, under, kinds, late], first)
    days = window(due_from, due_to)
    past = Past(
        tenant_id=context.tenant_id,
        first=days[0],
        last=days[1],
        kinds=seen(context.platform.due, context.scope, kinds),
        under=row_of(under, "Organization", path=("under",)) if under else None,
        late=late,
        after=page.after(after, date.fromisoformat, UUID),
    )
    async with context.home.view(context.tenant_id) as session:
        rows = await kept.closed(session, past, page.first + 1)
        total = await kept.count(session, past) if asks(info, "totalCount") else None
    return page.of(
        [(key, item_of(context, context.platform.due[item.kind], item)) for key, item in rows],
        behind=after is not None,
        total=total,
    )


@strawberry.type
class DueQuery:
    due_items: Connection[DueItem] = strawberry.field(
        resolver=_items,
        description="某时段内到期且未办结的事项，按到期日排列。 What is due and open, by its day.",
        metadata=permitted(EACH),
    )
    due_past: Connection[DueItem] = strawberry.field(
        resolver=_past,
        description="曾提醒且已了结的事项。 What was brought to mind and is over, and how.",
        metadata=permitted(EACH),
    )
    due_kinds: list[DueKind] = strawberry.field(
        resolver=_kinds,
        description="可见的到期事项种类。 The kinds of deadlines that one may see.",
        metadata=permitted(EACH),
    )


def signed_in(info: strawberry.Info) -> Any:
    """The request's context. Raises `Unauthenticated` for a visit without a credential."""
    if not isinstance(info.context, Context):
        raise Unauthenticated()
    return info.context
