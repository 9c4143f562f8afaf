"""One's own inbox: what waits, and what one does about it."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from zhibu.due.errors import ItemsOutOfRange
from zhibu.due.graph.paging import Page, asks
from zhibu.due.graph.queries import signed_in
from zhibu.due.graph.types import InboxCounts, InboxItem, entry_of
from zhibu.due.rules.inbox import State
from zhibu.due.service import inbox as service
from zhibu.due.service.asking import seen
from zhibu.due.service.settling import settle
from zhibu.due.store import inbox as store
from zhibu.due.store.inbox import Wanted
from zhibu.errors import Unauthenticated
from zhibu.graph import Payload, outside
from zhibu.graph.context import Context
from zhibu.identifiers import row_of
from zhibu.reading import Connection, Public, permitted, public
from zhibu.reading.paging import MAXIMUM

OWN = Public("one's own inbox, of kinds that one may see where they are due")
SETTLES = Public("each kind says what whoever settles it must be allowed to do, which is asked")


@strawberry.input(description="收件箱中的若干项。 Some items of one's inbox.")
class InboxItemsInput:
    items: list[strawberry.ID] = strawberry.field(
        description="提醒的标识，最多 100 个。 Their ids, at most 100."
    )


@strawberry.input(description="推迟提醒。 Putting items off.")
class InboxSnoozeInput:
    items: list[strawberry.ID] = strawberry.field(
        description="提醒的标识，最多 100 个。 Their ids, at most 100."
    )
    until: date = strawberry.field(description="推迟至此日。 Until this day.")


@strawberry.input(description="办结提醒。 Saying what was done about an item.")
class InboxFinishInput:
    item: strawberry.ID = strawberry.field(description="提醒的标识。 Its id.")
    note: str = strawberry.field(description="办理说明。 What was done.")
    late_reason: str | None = strawberry.field(
        default=None, description="逾期原因，逾期时必填。 Why so late; needed after its day."
    )


@strawberry.input(description="办结无须登记的事项。 Saying that something is done.")
class DueSettleInput:
    kind: str = strawberry.field(description="种类，如 core.year_end。 What kind it is of.")
    subject: strawberry.ID = strawberry.field(description="对象标识。 What it is about.")
    due_on: date = strawberry.field(description="到期日期。 The day on which it is due.")
    note: str = strawberry.field(description="办理说明。 What was done.")
    late_reason: str | None = strawberry.field(
        default=None, description="逾期原因，逾期时必填。 Why so late; needed after its day."
    )


@public("the answer to one's own mutation")
@strawberry.type(description="变更后的提醒。 The items as they are now.")
class InboxPayload(Payload):
    items: list[InboxItem] = strawberry.field(
        default_factory=list, description="变更后的提醒。 The items as they are now."
    )


@public("the answer to one's own mutation")
@strawberry.type(description="是否办结。 Whether it is settled.")
class DueSettlePayload(Payload):
    settled: bool = strawberry.field(default=False, description="已办结。 It is settled.")


async def _inbox(
    info: strawberry.Info,
    first: int,
    after: str | None = None,
    state: Annotated[
        State | None,
        strawberry.argument(description="状态，空为待办。 Which items; what waits, if null."),
    ] = None,
    unread: Annotated[
        bool, strawberry.argument(description="只列未读的。 Only what was not read.")
    ] = False,
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="只列这些种类。 Of these kinds only.")
    ] = None,
) -> Connection[InboxItem]:
    context = signed_in(info)
    page = Page(context, "inbox", [state, unread, kinds], first)
    wanted = _wanted(context, state or State.WAITING, kinds)
    if wanted is None:
        return page.of([], behind=False)
    wanted = replace(wanted, unread=unread, after=page.after(after, date.fromisoformat, UUID))
    async with context.home.view(context.tenant_id) as session:
        rows = await store.entries(session, wanted, page.first + 1)
        total = await store.count(session, wanted) if asks(info, "totalCount") else None
    shown = [(key, entry_of(context, entry)) for key, entry in rows]
    return page.of(shown, behind=after is not None, total=total)


async def _counts(info: strawberry.Info) -> InboxCounts:
    context = signed_in(info)
    wanted = _wanted(context, State.WAITING)
    if wanted is None:
        return InboxCounts(waiting=0, unread=0, overdue=0)
    async with context.home.view(context.tenant_id) as session:
        found = await store.counts(session, wanted)
    return InboxCounts(waiting=found.waiting, unread=found.unread, overdue=found.overdue)


@strawberry.type
class InboxQuery:
    inbox: Connection[InboxItem] = strawberry.field(
        resolver=_inbox,
        description="本人的提醒，按到期日排列。 One's own inbox, by the day of what is due.",
        metadata=permitted(OWN),
    )
    inbox_counts: InboxCounts = strawberry.field(
        resolver=_counts,
        description="本人的提醒数目。 How much is in one's own inbox.",
        metadata=permitted(OWN),
    )


@strawberry.type
class InboxMutation:
    @outside(permission=OWN)
    async def inbox_read(self, context: Any, input: InboxItemsInput) -> InboxPayload:
        """记下已读，首次阅读时间留作凭证。 Note that items were read; the first time stays."""
        context = known(context)
        ids = _ids(input.items)
        async with context.act() as act:
            return _shown(context, await service.read(act, context.platform.due, ids))

    @outside(permission=OWN)
    async def inbox_acknowledge(self, context: Any, input: InboxItemsInput) -> InboxPayload:
        """签收。 Say of items that one knows of them."""
        context = known(context)
        ids = _ids(input.items)
        async with context.act() as act:
            return _shown(context, await service.acknowledge(act, context.platform.due, ids))

    @outside(permission=OWN)
    async def inbox_snooze(self, context: Any, input: InboxSnoozeInput) -> InboxPayload:
        """推迟；临近下一提醒日或上报时会重新出现。 Put items off until a day."""
        context = known(context)
        ids = _ids(input.items)
        async with context.act() as act:
            found = await service.snooze(act, context.platform.due, ids, input.until)
        return _shown(context, found)

    @outside(permission=OWN)
    async def inbox_finish(self, context: Any, input: InboxFinishInput) -> InboxPayload:
        """办结并说明；逾期须写明原因。 Say what was done about an item, and why so late."""
        context = known(context)
        id = row_of(input.item, "InboxItem", path=("item",))
        async with context.act() as act:
            found = await service.finish(
                act, context.platform.due, id, input.note, input.late_reason
            )
        return _shown(context, [found])

    @outside(permission=SETTLES)
    async def due_settle(self, context: Any, input: DueSettleInput) -> DueSettlePayload:
        """办结没有记录可据以判断的事项。 Say that something is done which no record ends."""
        context = known(context)
        kinds = context.platform.due
        about = kinds[input.kind].subject if input.kind in kinds else "Organization"
        subject = row_of(input.subject, about, path=("subject",))
        async with context.act() as act:
            await settle(
                act,
                kinds,
                input.kind,
                subject,
                input.due_on,
                input.note,
                input.late_reason,
            )
        return DueSettlePayload(settled=True)


def _wanted(context: Any, state: State, kinds: list[str] | None = None) -> Wanted | None:
    """What to ask of the caller's inbox; None for whoever has none."""
    account = context.caller.account_id
    if account is None:
        return None
    return Wanted(
        tenant_id=context.tenant_id,
        account_id=account,
        kinds=seen(context.platform.due, context.scope, kinds),
        today=context.today,
        state=state,
    )


def known(context: Any) -> Context:
    """The context of whoever is signed in. Raises `Unauthenticated`."""
    if not isinstance(context, Context):
        raise Unauthenticated()
    return context


def _ids(items: list[strawberry.ID]) -> list[UUID]:
    if not 1 <= len(items) <= MAXIMUM:
        raise ItemsOutOfRange(path=("items",), count=len(items), maximum=MAXIMUM)
    return [row_of(each, "InboxItem", path=("items",)) for each in items]


def _shown(context: Context, found: Any) -> InboxPayload:
    return InboxPayload(items=[entry_of(context, entry) for entry in found])
