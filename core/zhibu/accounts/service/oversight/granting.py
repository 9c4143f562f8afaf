"""Opening a door: in the institution that is seen, then in the overseer's."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.edge import Edge
from zhibu.accounts.errors import OverseerUnknown
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import (
    OVERSIGHT_GRANTED,
)
from zhibu.accounts.rules.logins import folded, shown
from zhibu.accounts.rules.oversight import (
    GIVEN,
    Door,
    Overseer,
    faults_of,
    the_same,
)
from zhibu.accounts.service.loading import place_for
from zhibu.accounts.service.oversight.events import event_of, words_of
from zhibu.accounts.service.oversight.telling import deliver
from zhibu.act import Caller, TenantFacts
from zhibu.core_actions import OVERSIGHT_GRANT
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.tenants.errors import TenantUnknown


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the institution that is seen grants, and to whom."""

    tenant_code: str
    login: str
    role: str
    organization_id: UUID
    since: date
    until: date
    reason: str


async def grant(
    edge: Edge, tenant: TenantFacts, caller: Caller, wanted: Wanted, *, now: datetime, request: str
) -> Door:
    """Open a door into this institution. The same grant again is the same door, completed."""
    async with edge.act(tenant, caller, now=now, request_id=request) as act:
        place = await place_for(act, wanted.organization_id, OVERSIGHT_GRANT)
        require_proof(act, Use.GRANT, place.path)
        overseer = await _overseer(edge, wanted)
        known = await store.oversight.given_to(
            act.session, tenant.id, overseer.tenant_id, overseer.account_id
        )
        door = the_same(
            known, role=wanted.role, place=place, since=wanted.since, until=wanted.until
        )
        if door is None:
            refuse(
                faults_of(
                    seen_tenant=tenant.id,
                    overseer=overseer,
                    role=wanted.role,
                    place=place,
                    since=wanted.since,
                    until=wanted.until,
                    reason=wanted.reason,
                    today=act.today,
                    known=known,
                )
            )
            door = Door(
                id=new_id(),
                side=GIVEN,
                counterpart_id=overseer.tenant_id,
                counterpart_name=overseer.tenant_name,
                organization_id=place.id,
                organization_name=place.name,
                path=place.path,
                overseer_account_id=overseer.account_id,
                overseer_name=overseer.account_name,
                role=wanted.role,
                since=wanted.since,
                until=wanted.until,
                reason=wanted.reason.strip(),
                revoked_at=None,
                delivered_at=None,
            )
            await store.oversight.add(act.session, tenant.id, door)
            act.record(event_of(OVERSIGHT_GRANTED, door, words_of(door, tenant)))
    await deliver(edge, tenant, now=now, request=request)
    return door


async def _overseer(edge: Edge, wanted: Wanted) -> Overseer:
    unknown = OverseerUnknown(path=("login",), tenant=wanted.tenant_code, login=wanted.login)
    try:
        entry = await edge.directory.by_code(wanted.tenant_code)
    except TenantUnknown as error:
        raise unknown from error
    async with edge.homes.home(entry.id).view(entry.id) as session:
        account = await store.accounts.by_login(session, entry.id, folded(wanted.login))
    if account is None or account.disabled_at is not None:
        raise unknown
    return Overseer(
        tenant_id=entry.id,
        tenant_name=entry.name,
        account_id=account.id,
        account_name=shown(account.name),
    )
