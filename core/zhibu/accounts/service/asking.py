"""Somebody who is signed in and asks for what concerns his own account."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import MachineRefused
from zhibu.accounts.rules.accounts import Secret
from zhibu.accounts.trying import Arrival
from zhibu.act import Act, Caller, TenantFacts
from zhibu.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, in which institution, and when and from where."""

    tenant: TenantFacts
    caller: Caller
    arrival: Arrival

    @property
    def account(self) -> UUID:
        """Raises `MachineRefused` for whoever is no person who signed in."""
        if self.caller.via != "session" or self.caller.account_id is None:
            raise MachineRefused()
        return self.caller.account_id

    @property
    def session(self) -> UUID:
        """The session that asks. Raises `MachineRefused`."""
        if self.caller.via != "session" or self.caller.credential_id is None:
            raise MachineRefused()
        return self.caller.credential_id


def acting(edge: Edge, asker: Asker) -> AbstractAsyncContextManager[Act]:
    """An act of whoever asks."""
    arrival = asker.arrival
    return edge.act(asker.tenant, asker.caller, now=arrival.now, request_id=arrival.request_id)


async def own_secret(edge: Edge, asker: Asker) -> Secret:
    """What is needed to check the asker's own password. Raises `MachineRefused`."""
    tenant_id = asker.tenant.id
    async with edge.homes.home(tenant_id).view(tenant_id) as session:
        known = await store.accounts.secret(session, tenant_id, asker.account)
    if known is None:
        raise NotFound()
    return known
