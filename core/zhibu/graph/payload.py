"""Mutations: one `input`, one transaction, and a payload that says everything that was refused."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields, is_dataclass
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

import orjson
import strawberry
from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import Conflict, Invalid, Refused, ZhibuError
from zhibu.events import receipts
from zhibu.reading import Public, permitted, public, row

WRITTEN = "zhibu.written"


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


def mutation(
    *, permission: Action | Public
) -> Callable[[Callable[..., Awaitable[Any]]], StrawberryField]:
    """Make a mutation of `async def name(self, act, input) -> SomePayload`.

    The function runs inside one transaction, which commits when it returns. `Refused`, `Invalid`
    and `Conflict` become the payload's `userErrors` and leave nothing written; any other error
    ends the field. An input with an `idempotency_key` is done once: the same key again answers the
    same object. `permission` says what the service asks for; the service is what asks.
    """

    def declare(function: Callable[..., Awaitable[Any]]) -> StrawberryField:
        hints = inspect.get_annotations(function)
        payload = hints["return"]

        async def resolver(self: Any, info: strawberry.Info, input: Any) -> Any:
            context = info.context
            try:
                async with context.act() as act:
                    answer = await _once(act, function, self, input, payload)
            except Refused as refused:
                return payload(user_errors=[_said(context, error) for error in refused.errors])
            except (Invalid, Conflict) as error:
                return payload(user_errors=[_said(context, error)])
            return await _shown(answer, info)

        resolver.__name__ = function.__name__
        resolver.__qualname__ = function.__qualname__
        resolver.__module__ = function.__module__
        resolver.__annotations__ = {
            "info": strawberry.Info,
            "input": hints["input"],
            "return": payload,
        }
        return cast(
            StrawberryField,
            strawberry.mutation(
                resolver=resolver,
                description=inspect.getdoc(function),
                metadata=permitted(permission),
            ),
        )

    return declare


async def _once(
    act: Act, function: Callable[..., Awaitable[Any]], root: Any, input: Any, payload: Any
) -> Any:
    key = getattr(input, "idempotency_key", None)
    account = act.caller.account_id
    if key is None or account is None:
        return await function(root, act, input)
    asked = sha256(orjson.dumps(asdict(input), default=str, option=orjson.OPT_SORT_KEYS)).digest()
    name = function.__name__
    known = await receipts.recall(act.session, act.tenant_id, account, key, name, asked)
    if known is not None:
        return payload(**{**known, "row": UUID(known["row"]) if known["row"] else None})
    answer = await function(root, act, input)
    await receipts.keep(
        act.session, act.tenant_id, account, key, name, asked, _plain(answer), act.now
    )
    return answer


async def _shown(payload: Any, info: strawberry.Info) -> Any:
    """Fill in the objects written, as the caller selects them, after the act was committed."""
    if payload.row is not None:
        for field in get_object_definition(payload, strict=True).fields:
            kind = field.metadata.get(WRITTEN)
            if kind is not None:
                setattr(payload, field.python_name, await row(info, kind, payload.row))
    return payload


def _plain(answer: Payload) -> dict[str, Any]:
    """The payload's own scalars; its objects are read again by their id."""
    assert is_dataclass(answer)
    shown = {
        field.python_name
        for field in get_object_definition(type(answer), strict=True).fields
        if WRITTEN in field.metadata
    }
    values = {
        f.name: getattr(answer, f.name)
        for f in fields(answer)
        if f.init and f.name not in shown and f.name != "user_errors"
    }
    values["row"] = answer.row.hex if answer.row else None
    return values


def _said(context: Any, error: ZhibuError) -> UserError:
    return UserError(
        code=error.code,
        message=context.text_of(error),
        path=[to_camel_case(word) for word in error.path],
        basis=str(error.basis) if error.basis else None,
    )
