"""Who came from elsewhere: verified by the host, taken into the files above (S1-12)."""

from datetime import date, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound, refuse
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    FILED,
    FILING_WITHDRAWN,
    VERIFICATION_WITHDRAWN,
    VERIFIED,
)
from zhibu_flow_members.rules import arrivals as rules
from zhibu_flow_members.rules.cards import showing_refusals
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.values import Case
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.events import ARRIVAL, say_at_host
from zhibu_flow_members.store import cards
from zhibu_flow_members.store import cases as store


async def verify(
    act: Act, id: UUID, arrived_on: date, *, note: str | None = None, serial: int | None = None
) -> None:
    """The host verifies the paper of a member who reported in; of a card, its number."""
    known, path = await _arrival(act, id, actions.TAKE_IN)
    verifier, carded = act.caller.member_id, known.terms.paper is Paper.CARD
    card = await cards.living(act.session, act.tenant_id, known.member_id) if carded else None
    refuse(
        [
            *rules.verifying_refusals(known, arrived_on, verifier=verifier, today=act.today),
            *showing_refusals(known, card, serial),
        ]
    )
    days = limit(act, "flow_members.file_days", path, act.today).value
    await store.change(
        act.session,
        act.tenant_id,
        id,
        arrived_on=arrived_on,
        verified_on=act.today,
        verified_by=act.caller.account_id,
        host_note=(note or "").strip() or None,
        file_by=act.today + timedelta(days=days),
    )
    say_at_host(act, VERIFIED, known, path, on=arrived_on)


async def withdraw(act: Act, id: UUID, *, reason: str) -> None:
    """Take back a verification that was a slip."""
    known, path = await _arrival(act, id, None)
    slip = Slip(subject=(ARRIVAL, id), happened=(VERIFIED,), among=(VERIFIED, FILED))
    await slips.require(act, actions.TAKE_IN, path, None, slip, seen_by=actions.ARRIVAL_READ)
    refuse(rules.withdrawing_refusals(known, reason))
    columns = ("arrived_on", "verified_on", "verified_by", "host_note", "file_by")
    await store.change(act.session, act.tenant_id, id, **dict.fromkeys(columns))
    say_at_host(act, VERIFICATION_WITHDRAWN, known, path, reason=reason.strip())


async def file(act: Act, id: UUID) -> None:
    """The level above the host takes the verification into its files."""
    known, path = await _arrival(act, id, actions.FILE)
    caller = act.caller
    refuse(rules.filing_refusals(known, filer=caller.account_id, filer_member=caller.member_id))
    values = {"filed_on": act.today, "filed_by": caller.account_id}
    await store.change(act.session, act.tenant_id, id, **values)
    say_at_host(act, FILED, known, path, on=act.today)


async def unfile(act: Act, id: UUID, *, reason: str) -> None:
    """Take out of the files what was taken in by mistake."""
    known, path = await _arrival(act, id, actions.FILE)
    refuse(rules.unfiling_refusals(known, reason))
    await store.change(act.session, act.tenant_id, id, filed_on=None, filed_by=None)
    say_at_host(act, FILING_WITHDRAWN, known, path, reason=reason.strip())


async def _arrival(act: Act, id: UUID, action: Action | None) -> tuple[Case, str]:
    """The case as its host sees it. Raises `NotFound` where it has none here."""
    known = await store.case(act.session, act.tenant_id, id)
    if known is None or known.host_path is None or known.voided_on is not None:
        raise NotFound()
    if action is not None:
        act.require(action, known.host_path, seen_by=actions.ARRIVAL_READ)
    return known, known.host_path
