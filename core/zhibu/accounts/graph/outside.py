"""Mutations that are not one act of a signed-in caller: their service opens the acts itself."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, cast

import strawberry
from strawberry.types.field import StrawberryField

from zhibu.actions import Action
from zhibu.errors import Conflict, Invalid, Refused
from zhibu.graph import UserError
from zhibu.reading import Public, permitted


def outside(
    *, permission: Action | Public
) -> Callable[[Callable[..., Awaitable[Any]]], StrawberryField]:
    """Make a mutation of `async def name(self, context, input) -> SomePayload`.

    `context` is the request's, signed in or not. `Refused`, `Invalid` and `Conflict` become the
    payload's `userErrors`; any other error ends the field.
    """

    def declare(function: Callable[..., Awaitable[Any]]) -> StrawberryField:
        hints = inspect.get_annotations(function)
        payload = hints["return"]

        async def resolver(self: Any, info: strawberry.Info, input: Any) -> Any:
            context = info.context
            try:
                return await function(self, context, input)
            except Refused as refused:
                return payload(user_errors=[_said(context, error) for error in refused.errors])
            except (Invalid, Conflict) as error:
                return payload(user_errors=[_said(context, error)])

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


def _said(context: Any, error: Invalid | Conflict) -> UserError:
    return UserError(
        code=error.code,
        message=context.text_of(error),
        path=list(error.path),
        basis=str(error.basis) if error.basis else None,
    )
