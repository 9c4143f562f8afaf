"""Payloads: what a mutation answers, the objects it wrote, and every refusal at once."""

from dataclasses import asdict, fields, is_dataclass
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField

from zhibu.errors import Refused, ZhibuError
from zhibu.graph.errors import Speaker, argument_of
from zhibu.reading import public, row

WRITTEN = "zhibu.written"
SECRET = "zhibu.secret"


@public("part of the answer to one's own mutation")
@strawberry.type(description="未被接受的原因。 Why an input was refused, and what to do next.")
class UserError:
    code: str = strawberry.field(description="稳定的错误代码。 Stable name of the error.")
    message: str = strawberry.field(description="本地化的说明。 Localized text.")
    path: list[str] = strawberry.field(description="有误的输入项。 The argument it is about.")
    basis: str | None = strawberry.field(description="依据。 The clause and the value used.")


@strawberry.interface(description="变更的结果。 What a mutation returns.")
class Payload:
    """Base of every payload. `row` is the object written; fields of `written` show it."""

    row: strawberry.Private[UUID | None] = None
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="全部被拒原因。 Every refusal of this input at once."
    )


def written(kind: type, *, description: str = "写入后的对象。 The object as written.") -> Any:
    """A payload's field: the row just written, with whatever the caller selects of it.

    `member: Member | None = written(Member)`; the mutation returns `MemberPayload(row=id)`.
    """
    return strawberry.field(default=None, description=description, metadata={WRITTEN: kind})


def secret(*, description: str) -> Any:
    """A payload's field that is shown once: a password, a token, the clear text of a sealed field.

    It is kept nowhere, so the mutation that answers it can take no `idempotencyKey`.
    """
    return strawberry.field(default=None, description=description, metadata={SECRET: True})


def marked(payload: type, mark: str) -> list[StrawberryField]:
    """The payload's fields declared by `written` or `secret`."""
    declared = get_object_definition(payload, strict=True).fields
    return [field for field in declared if mark in field.metadata]


def refusals(error: Exception, speaker: Speaker) -> list[UserError]:
    """What `Refused`, `Invalid` and `Conflict` look like in a payload."""
    found = error.errors if isinstance(error, Refused) else (error,)
    return [_said(each, speaker) for each in found if isinstance(each, ZhibuError)]


async def shown(payload: Payload, info: strawberry.Info) -> Payload:
    """Fill in the objects written, as the caller selects them, after the act was committed."""
    if payload.row is not None:
        for field in marked(type(payload), WRITTEN):
            found = await row(info, field.metadata[WRITTEN], payload.row)
            setattr(payload, field.python_name, found)
    return payload


def plain(answer: Payload) -> dict[str, Any]:
    """What of a payload survives JSON: its objects are read again by their id."""
    assert is_dataclass(answer)
    left = {field.python_name for field in marked(type(answer), WRITTEN)} | {"user_errors", "row"}
    values = {
        field.name: getattr(answer, field.name)
        for field in fields(answer)
        if field.init and field.name not in left
    }
    return {**values, "row": answer.row.hex if answer.row else None}


def revived(payload: type[Payload], kept: dict[str, Any]) -> Payload:
    """The payload that `plain` took apart."""
    return payload(**{**kept, "row": UUID(kept["row"]) if kept["row"] else None})


def plain_input(given: Any) -> dict[str, Any]:
    """An input as plain values, whatever is nested in it."""
    return asdict(given)


def _said(error: ZhibuError, speaker: Speaker) -> UserError:
    return UserError(
        code=error.code,
        message=speaker.text_of(error),
        path=argument_of(error),
        basis=str(error.basis) if error.basis else None,
    )
