"""What a client sees of deadlines."""

from datetime import date, datetime
from typing import Any

import strawberry

from zhibu.contributions import Due
from zhibu.core_actions import MEMBER_READ
from zhibu.due.rules.inbox import Entry, Reason, State
from zhibu.due.rules.items import Item, Outcome
from zhibu.due.service.asking import basis_of
from zhibu.identifiers import global_id
from zhibu.reading import public

strawberry.enum(Reason, name="InboxReason", description="提醒的缘由。 Why an item is in an inbox.")
strawberry.enum(
    State, name="InboxState", description="提醒的状态。 What an inbox may be asked for."
)
strawberry.enum(Outcome, name="DueOutcome", description="事项了结的方式。 How an item ended.")


@public("`dueItems` and `inbox` ask each kind's own permission, row by row")
@strawberry.type(description="到期事项。 Something that falls due on a day.")
class DueItem:
    kind: str = strawberry.field(description="种类，如 core.probation_ends。 What kind it is of.")
    title: str = strawberry.field(description="事项名称。 What falls due, in words.")
    todo: str = strawberry.field(description="应做的事。 What is to be done about it.")
    starts_on: date = strawberry.field(description="起始日期。 When it began.")
    due_on: date = strawberry.field(description="到期日期。 The day on which it is due.")
    overdue: bool = strawberry.field(
        description="今天是否已逾期（与今天比较得出，不存储）。 Whether its day is over today."
    )
    basis: str = strawberry.field(description="依据。 The clause and the value it rests on.")
    subject: strawberry.ID = strawberry.field(
        description="对象标识，可用 node 查看。 What it is about; `node` opens it."
    )
    organization: strawberry.ID = strawberry.field(description="党组织标识。 Where it is due.")
    organization_name: str = strawberry.field(description="党组织名称。 The name of it.")
    member: strawberry.ID | None = strawberry.field(
        description="所涉党员标识。 Whom it is about; null for an organization's own."
    )
    member_name: str | None = strawberry.field(
        description="党员姓名，有权查看者可见。 The name, for those who may see the member."
    )
    closed_on: date | None = strawberry.field(
        description="了结日期。 When it was over; null while it is open."
    )
    done_on: date | None = strawberry.field(description="办结日期。 When it was done.")
    outcome: Outcome | None = strawberry.field(description="了结方式。 How it ended.")
    late: bool = strawberry.field(description="是否逾期办结。 Whether it was done after its day.")
    late_reason: str | None = strawberry.field(description="逾期原因。 Why it was late.")
    note: str | None = strawberry.field(description="办结说明。 What was said to be done.")


@public("the caller's own inbox; `inbox` asks each kind's own permission besides")
@strawberry.type(description="收件箱中的一项提醒。 An item of one's inbox.")
class InboxItem:
    id: strawberry.ID = strawberry.field(description="标识。 Its id.")
    reason: Reason = strawberry.field(description="提醒的缘由。 Why it is here.")
    told_at: datetime = strawberry.field(description="送达时间。 When it came.")
    read_at: datetime | None = strawberry.field(
        description="首次阅读时间，留作凭证。 When it was first read; it stays."
    )
    acknowledged_at: datetime | None = strawberry.field(
        description="签收时间。 When one said that one knows of it."
    )
    snoozed_until: date | None = strawberry.field(
        description="推迟至此日。 Until when it was put off."
    )
    done_at: datetime | None = strawberry.field(
        description="本人办结时间。 When one said that it is done."
    )
    note: str | None = strawberry.field(description="本人的办理说明。 What one said was done.")
    due: DueItem = strawberry.field(description="所提醒的事项。 What it is about.")


@public("the caller's own inbox")
@strawberry.type(description="收件箱的数目。 How much is in one's inbox.")
class InboxCounts:
    waiting: int = strawberry.field(description="待办数。 How many items wait.")
    unread: int = strawberry.field(description="未读数。 How many of them are unread.")
    overdue: int = strawberry.field(description="逾期数。 How many of them are overdue.")


@public("what can fall due is no secret; its items are asked for one by one")
@strawberry.type(description="到期事项的种类。 A kind of deadline.")
class DueKind:
    name: str = strawberry.field(description="种类代码。 Its name.")
    title: str = strawberry.field(description="名称。 What falls due, in words.")
    todo: str = strawberry.field(description="应做的事。 What is to be done about it.")


def kind_of(context: Any, kind: Due) -> DueKind:
    return DueKind(
        name=kind.name, title=_text(context, "due", kind), todo=_text(context, "due_next", kind)
    )


def item_of(context: Any, kind: Due, item: Item) -> DueItem:
    """The item as this caller may see it."""
    member = item.member_id
    named = member is not None and context.scope(MEMBER_READ).covers(item.path, member.hex)
    return DueItem(
        kind=kind.name,
        title=_text(context, "due", kind),
        todo=_text(context, "due_next", kind),
        starts_on=item.starts_on,
        due_on=item.due_on,
        overdue=item.overdue(context.today),
        basis=str(basis_of(context.parameters, kind, item)),
        subject=strawberry.ID(global_id(kind.subject, item.subject_id)),
        organization=strawberry.ID(global_id("Organization", item.organization_id)),
        organization_name=item.organization_name,
        member=strawberry.ID(global_id("Member", member)) if member else None,
        member_name=item.member_name if named else None,
        closed_on=item.closed_on,
        done_on=item.done_on,
        outcome=item.outcome,
        late=item.late,
        late_reason=item.late_reason,
        note=item.note,
    )


def entry_of(context: Any, entry: Entry) -> InboxItem:
    """An entry of the caller's own inbox."""
    return InboxItem(
        id=strawberry.ID(global_id("InboxItem", entry.id)),
        reason=entry.reason,
        told_at=entry.told_at,
        read_at=entry.read_at,
        acknowledged_at=entry.acknowledged_at,
        snoozed_until=entry.snoozed_until,
        done_at=entry.done_at,
        note=entry.note,
        due=item_of(context, context.platform.due[entry.item.kind], entry.item),
    )


def _text(context: Any, group: str, kind: Due) -> str:
    found: str = context.platform.texts.label(group, kind.name, context.locale)
    return found
