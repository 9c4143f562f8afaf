"""Mutations: one `input`, and a payload that says everything that was refused.

Most are one act; `mutation` opens it. Where the service opens acts itself, in several institutions
or none, `outside` hands it the request instead.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any, TypeVar, cast

import orjson
import strawberry
from strawberry.types.field import StrawberryField

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PluginError,
    Refused,
    refuse,
)
from zhibu.events import receipts
from zhibu.graph.errors import IdempotencyKeyInvalid
from zhibu.graph.payload import (
    SECRET,
    Payload,
    marked,
    plain,
    plain_input,
    refusals,
    revived,
    shown,
)
from zhibu.graph.values import faults_of
from zhibu.logs.about import ended_as
from zhibu.reading import Public, permitted
from zhibu.storage.homes import ChangesCollided

KEY = "idempotency_key"
LONGEST_KEY = 200
COLLISIONS = 2  # with other acts, after which it is tried for the last time
_DIGEST = "core_receipt.digest"

Given = TypeVar("Given")
Mutation = Callable[[Any, Given, Any], Awaitable[Any]]
Declaration = Callable[[Mutation[Given]], StrawberryField]


def mutation(*, permission: Action | Public) -> Declaration[Act]:
    """Make a mutation of `async def name(self, act, input) -> SomePayload`.

    The function runs inside one transaction, which commits when it returns. `Refused`, `Invalid`
    and `Conflict` become the payload's `userErrors` and leave nothing written; any other error
    ends the field. An input with an `idempotency_key` is done once: the same key again answers the
    same object. What collided with another act left nothing, and is done anew. `permission` says
    what the service asks for; the service is what asks.
    """

    def declare(function: Mutation[Act]) -> StrawberryField:
        async def attempted(self: Any, context: Any, input: Any) -> Payload:
            async with context.act() as act:
                return await _once(act, function, self, input)

        async def done(self: Any, context: Any, input: Any) -> Payload:
            for _ in range(COLLISIONS):
                known = context.rights_known
                try:
                    return await attempted(self, context, input)
                except ChangesCollided:
                    context.platform.changed(context.tenant_id)  # perhaps by another process
                except (NotFound, Forbidden):  # or so it was before it waited for another act
                    if context.rights_known == known:
                        raise
                await context.look_again()
            return await attempted(self, context, input)

        return _declared(function, done, permission)

    return declare


def outside(*, permission: Action | Public) -> Declaration[Any]:
    """Make a mutation of `async def name(self, context, input) -> SomePayload`.

    `context` is the request's, signed in or not; the function opens what acts it needs. Refusals
    become `userErrors` like those of `mutation`; what was committed before one stays. Its input
    has no `idempotency_key`, since no single transaction could keep the receipt.
    """

    def declare(function: Mutation[Any]) -> StrawberryField:
        _require(KEY not in _inputs(function), function, "no one act could keep the receipt")
        return _declared(function, function, permission)

    return declare


def _declared(
    function: Mutation[Any], done: Mutation[Any], permission: Action | Public
) -> StrawberryField:
    hints = inspect.get_annotations(function)
    payload = hints["return"]
    keyed = KEY in _inputs(function)
    _require(not (keyed and marked(payload, SECRET)), function, "a secret is kept by no receipt")

    async def resolver(self: Any, info: strawberry.Info, input: Any) -> Any:
        try:
            refuse(faults_of(input))
            answer = await done(self, info.context, input)
        except (Refused, Invalid, Conflict) as error:
            ended_as("REFUSED")
            return payload(user_errors=refusals(error, info.context))
        return await shown(answer, info)

    resolver.__name__ = function.__name__
    resolver.__qualname__ = function.__qualname__
    resolver.__module__ = function.__module__
    resolver.__annotations__ = {
        "info": strawberry.Info,
        "input": hints["input"],
        "return": payload,
    }
    declared = strawberry.mutation(
        resolver=resolver,
        description=inspect.getdoc(function),
        metadata=permitted(permission),
    )
    return cast(StrawberryField, declared)


async def _once(act: Act, function: Mutation[Act], root: Any, input: Any) -> Payload:
    key, account = getattr(input, KEY, None), act.caller.account_id
    if key is None or account is None:
        return cast(Payload, await function(root, act, input))
    if not 0 < len(key) <= LONGEST_KEY:
        raise IdempotencyKeyInvalid(path=(KEY,), maximum=LONGEST_KEY)
    payload = inspect.get_annotations(function)["return"]
    receipt = (act.session, act.tenant_id, account, key, function.__name__, _digest(act, input))
    known = await receipts.recall(*receipt, act.now)
    if known is not None:
        return revived(payload, known)
    answer: Payload = await function(root, act, input)
    await receipts.keep(*receipt, plain(answer), act.now)
    return answer


def _digest(act: Act, input: Any) -> bytes:
    """What tells inputs apart. It is keyed: identity numbers are few enough to be tried out."""
    text = orjson.dumps(plain_input(input), default=str, option=orjson.OPT_SORT_KEYS)
    return act.keyring.index(act.tenant_id, _DIGEST, sha256(text).hexdigest())


def _inputs(function: Mutation[Any]) -> Mapping[str, Any]:
    kind = inspect.get_annotations(function)["input"]
    return {field.name: field for field in fields(kind)}


def _require(true: bool, function: Mutation[Any], fault: str) -> None:
    if not true:
        raise PluginError(mutation=function.__qualname__, argument="idempotencyKey", fault=fault)
