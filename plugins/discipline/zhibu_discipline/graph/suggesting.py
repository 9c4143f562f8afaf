"""Asking what suggests that a member be looked into."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_discipline import actions
from zhibu_discipline.graph.words import Reason
from zhibu_discipline.service.suggesting import suggested

Info = strawberry.Info[Any]
ANSWER = "shown with the suggestion, which has its permission"


@public(ANSWER)
@strawberry.type(description="未履行的一次义务。 Once that a duty was missed.")
class DisciplineMissedEvent:
    on: date = strawberry.field(description="日期。 When.")
    what: str = strawberry.field(description="事项。 What was missed.")


@public(ANSWER)
@strawberry.type(description="处置建议；由党组织研究决定。 What suggests itself; people decide.")
class DisciplineSuggestion:
    reason: Reason = strawberry.field(description="情形。 Why it is suggested.")
    ground: str | None = strawberry.field(
        description="可据以提出的事由代码。 The ground on which it may be opened."
    )
    clause: str = strawberry.field(description="条款。 The clause.")
    basis: str = strawberry.field(description="依据。 The document behind it.")
    since: date = strawberry.field(description="起始日期。 From when it has lasted.")
    missed: list[DisciplineMissedEvent] = strawberry.field(
        description="逐次列明的事项和日期。 Each event that was missed."
    )
    next: str = strawberry.field(description="下一步。 What to do next.")


@strawberry.type
class DisciplineSuggestionQuery:
    @resolved(
        "对党员的处置建议及逐次情况；不自动作出任何处理。 What suggests itself of a member.",
        actions.OPEN,
    )
    async def discipline_suggestions(
        self, info: Info, member: strawberry.ID
    ) -> list[DisciplineSuggestion]:
        async with info.context.act() as act:
            found = await suggested(act, row(member, "Member", "member"))
        texts, locale = info.context.platform.texts, info.context.locale
        return [
            DisciplineSuggestion(
                reason=each.reason,
                ground=each.ground,
                clause=each.clause,
                basis=each.basis,
                since=each.since,
                missed=[
                    DisciplineMissedEvent(
                        on=mark.on,
                        what=mark.what or texts.of("labels", "discipline.noted", locale),
                    )
                    for mark in each.missed
                ],
                next=texts.of("labels", f"discipline.next.{each.reason}", locale),
            )
            for each in found
        ]
