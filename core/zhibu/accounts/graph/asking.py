"""Who asks, as the use cases of one's own account take it."""

from typing import Any

from zhibu.accounts.graph.viewing import signed_in
from zhibu.accounts.service.asking import Asker
from zhibu.accounts.trying import Arrival


def asker_of(context: Any) -> Asker:
    """Somebody who is signed in. Raises `Unauthenticated`."""
    signed_in(context)
    return Asker(tenant=context.tenant, caller=context.caller, arrival=arrival_of(context))


def arrival_of(context: Any) -> Arrival:
    """When and from where a request comes, of somebody who is signed in or not."""
    caller = getattr(context, "caller", None)
    return Arrival(
        now=context.now,
        request_id=context.request_id,
        address=caller.address if caller else context.address,
        agent=context.agent,
    )
