"""Subscriptions: a question that is asked again whenever the answer may have changed.

Nothing is pushed: whoever watches is asked for again, with the roles held at that moment, and sent
what came out when it differs from what was sent before. So a stream shows nothing that a query
would not, and a slow reader gets the latest answer instead of all that were missed.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import strawberry

from zhibu.actions import Action
from zhibu.graph.context import Waiting
from zhibu.reading import Public, permitted


def subscribed(
    resolver: Callable[..., Awaitable[Any]],
    *,
    permission: Action | Public,
    on: tuple[str, ...],
    every: float = Waiting.every,
    until: Callable[[Any], bool] | None = None,
    description: str,
) -> Any:
    """A field of a `Subscription` type, answered by a resolver like that of a query.

    `job_progress: Job | None = subscribed(job, permission=…, on=("jobs.",), …)`. The resolver has
    an argument `info: strawberry.Info` and asks the policy every time. It is asked again after
    events whose names begin with one of `on`, and after `every` seconds besides, for what changes
    without an event. The stream ends after a value of which `until` is true.
    """

    @wraps(resolver)
    async def looked(*arguments: Any, **named: Any) -> Any:
        value = await resolver(*arguments, **named)
        over = until is not None and until(value)
        named["info"].context.waiting = Waiting(on=on, every=every, over=over)
        return value

    return strawberry.field(
        resolver=looked, description=description, metadata=permitted(permission)
    )
