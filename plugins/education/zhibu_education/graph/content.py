"""What others read, unless it was withdrawn (S0-38); and withdrawing it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation
from zhibu.graph.inputs import key, told
from zhibu.identifiers import GlobalIdInvalid, parse_global_id
from zhibu.reading import column, computed, public
from zhibu_education import actions, reads
from zhibu_education.service import content

Rows = list[dict[str, Any]]


def words(name: str, *, withdrawn: Callable[[Any], Any] | None = None, description: str) -> Any:
    """Text of a record; of one that was withdrawn, only that it was.

    `withdrawn(row)` is the day of it, unless the record has one itself.
    """

    def shown(rows: Rows, env: Any) -> list[str | None]:
        hidden = env.platform.texts.of("labels", "core.withdrawn", env.locale)
        return [
            hidden if row["withdrawn"] is not None and row["text"] is not None else row["text"]
            for row in rows
        ]

    on = (lambda row, env: withdrawn(row)) if withdrawn else "withdrawn_on"
    return computed(shown, needs={"text": name, "withdrawn": on}, description=description)


def withdrawn_on() -> Any:
    return column(description="内容撤回日期；撤回后文字不再显示。 When its words were withdrawn.")


def withdrawn_reason() -> Any:
    return column(description="内容撤回原因。 Why its words were withdrawn.")


def original(*names: str) -> Any:
    """Every text of a record itself, for whoever decides whether it is shown."""

    def texts(rows: Rows, env: Any) -> list[list[str]]:
        return [[row[name] for name in names if row[name]] for row in rows]

    return computed(
        texts,
        needs={name: name for name in names},
        permission=actions.WITHDRAW,
        description="原文，仅供有权撤回者核查。 Its texts, for whoever may withdraw them.",
    )


def evidence_file(row: Any, target: Any, env: Any) -> Any:
    """The file that shows the hours; it is out of sight with the words of the record."""
    judged = env.may(actions.WITHDRAW, reads.path_of_member(row))
    return (target.c.id == row.c.evidence_id) & (row.c.withdrawn_on.is_(None) | judged)


@strawberry.input(description="撤回或恢复内容。 Words to be withdrawn, or shown again.")
class EducationContentInput:
    content: strawberry.ID = told("班次、培训计划或学时记录。 A session, a plan or a credit.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()

    def subject(self) -> tuple[str, UUID]:
        """The kind and the row. Raises `GlobalIdInvalid` for any other kind."""
        kind, id = parse_global_id(self.content)
        if kind not in content.KINDS:
            raise GlobalIdInvalid(path=("content",), expected="、".join(content.KINDS))
        return kind, id


@public("the answer to one's own mutation")
@strawberry.type(description="内容撤回或恢复的结果。 What became of the words.")
class EducationContentPayload(Payload):
    content: strawberry.ID | None = strawberry.field(default=None, description="标识。 Its id.")


@strawberry.type
class ContentMutation:
    @mutation(permission=actions.WITHDRAW)
    async def education_content_withdraw(
        self, act: Act, input: EducationContentInput
    ) -> EducationContentPayload:
        """撤回违纪违法等不应传播的文字，学时不变。 Take words out of sight; hours stay."""
        await content.withdraw(act, *input.subject(), input.reason)
        return EducationContentPayload(content=input.content)

    @mutation(permission=actions.RESTORE)
    async def education_content_restore(
        self, act: Act, input: EducationContentInput
    ) -> EducationContentPayload:
        """恢复显示被误撤的文字。 Show words again that were withdrawn by mistake."""
        await content.restore(act, *input.subject(), input.reason)
        return EducationContentPayload(content=input.content)
