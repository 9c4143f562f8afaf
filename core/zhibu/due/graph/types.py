"""What a client sees of deadlines."""

from datetime import date
from typing import Any

import strawberry

from zhibu.contributions import Due
from zhibu.core_actions import MEMBER_READ
from zhibu.due.rules.items import Item
from zhibu.due.service.asking import basis_of
from zhibu.identifiers import global_id
from zhibu.reading import public


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
    )


def _text(context: Any, section: str, kind: Due) -> str:
    found: str = context.platform.texts.of(section, kind.name, context.locale)
    return found
