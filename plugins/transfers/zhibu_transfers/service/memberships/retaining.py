"""A relationship that is retained abroad: granted, followed by contact, prolonged, ended."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of
from zhibu.procedures.public import Outcome
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_transfers import actions
from zhibu_transfers.errors import AlreadyReturned, NotAMember
from zhibu_transfers.public import (
    CONTACT_VOIDED,
    CONTACTED,
    PROLONGED,
    RETAINED,
    RETENTION_REOPENED,
    RETURN_TAKEN_BACK,
    RETURNED,
)
from zhibu_transfers.rules import memberships as matter_rules
from zhibu_transfers.rules import retaining as rules
from zhibu_transfers.rules.matters import Membership, Standing
from zhibu_transfers.rules.retaining import LIVING, Contact
from zhibu_transfers.service.memberships import terms
from zhibu_transfers.service.memberships.custody import KIND, stale
from zhibu_transfers.store import contacts as store
from zhibu_transfers.store import memberships

CONTACT = "TransfersContact"


async def granted(act: Act, matter: Membership, outcome: Outcome) -> dict[str, Any]:
    """The member keeps his branch, and is held to no organization life from the day he went."""
    member = await member_of(act, matter.member_id, seen_by=None)
    since = matter.since or outcome.decided_on
    refuse([] if member.stage in LIVING else [NotAMember(path=("procedure",), name=member.name)])
    _said(act, RETAINED, matter, member, on=since, until=matter.until, place=matter.place)
    found = terms.stopping(act, member.path)
    return {
        "standing": Standing.GRANTED,
        "effective_on": since,
        "filed_on": outcome.decided_on,
        "decision": outcome.decision,
        "contact_by": rules.contact_by(
            max(since, outcome.decided_on), [], terms.contact_months(act, member.path)
        ),
        "review_on": rules.stop_suggested_on(
            since, matter.purpose or "", purposes=found.purposes, abroad=found.abroad
        ),
    }


async def reopened(act: Act, matter: Membership) -> None:
    """The decision holds no more. Raises `AlreadyReturned` once the stay is over."""
    if matter.returned_on is not None:
        raise AlreadyReturned(path=("procedure",), on=matter.returned_on)
    member = await member_of(act, matter.member_id, seen_by=None)
    _said(act, RETENTION_REOPENED, matter, member, on=matter.effective_on)


async def prolong(act: Act, id: UUID, until: date, *, reason: str, version: int | None) -> None:
    """Say by when the member is expected back now, and why."""
    matter, member = await _matter(act, id)
    refuse(
        [
            *rules.standing(matter, member.stage),
            *rules.prolonging_refusals(matter, until, reason),
            *stale(matter, version),
        ]
    )
    await memberships.change(act.session, act.tenant_id, id, {"until": until})
    _said(act, PROLONGED, matter, member, until=until, reason=reason.strip())


async def come_back(
    act: Act,
    id: UUID,
    *,
    on: date | None,
    note: str | None,
    late_reason: str | None,
    version: int | None,
) -> None:
    """The member is back, and lives the organization life of his branch again."""
    matter, member = await _matter(act, id)
    day = on or act.today
    late = act.parameters.value("transfers.days_to_enter", member.path, day)
    refuse(
        [
            *rules.standing(matter, member.stage),
            *rules.returning_refusals(matter, day, today=act.today),
            *matter_rules.late_refusals(
                day, today=act.today, days=late.value or 0, basis=late.basis, reason=late_reason
            ),
            *stale(matter, version),
        ]
    )
    values = {
        "returned_on": day,
        "return_note": (note or "").strip() or None,
        "late_reason": (late_reason or "").strip() or None,
    }
    await memberships.change(act.session, act.tenant_id, id, values)
    _said(act, RETURNED, matter, member, on=day)


async def leave_again(act: Act, id: UUID, *, reason: str, version: int | None) -> None:
    """Take back a return that was entered by mistake: he is abroad still."""
    slip = Slip(subject=(KIND, id), happened=(RETURNED,), among=(RETURNED, RETURN_TAKEN_BACK))
    matter, member = await _matter(act, id, slip)
    kept = await memberships.is_retained(act.session, act.tenant_id, matter.member_id)
    refuse(
        [
            *rules.leaving_again_refusals(matter, reason, retained=kept),
            *stale(matter, version),
        ]
    )
    values = dict.fromkeys(("returned_on", "return_note", "late_reason"))
    await memberships.change(act.session, act.tenant_id, id, values)
    _said(act, RETURN_TAKEN_BACK, matter, member, on=matter.returned_on, reason=reason.strip())


async def note(act: Act, id: UUID, contact: Contact) -> UUID:
    """Note contact with who is abroad; the next is due so many months later (EM 34)."""
    matter, member = await _matter(act, id)
    own = act.caller.member_id == member.id
    refuse(
        [
            *rules.standing(matter, member.stage),
            *rules.contact_refusals(matter, contact, own=own, today=act.today),
        ]
    )
    noted = new_id()
    row = {
        "id": noted,
        "membership_id": id,
        "contacted_on": contact.on,
        "channel": contact.channel,
        "text": contact.text.strip(),
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    await _resettle(act, matter, member)
    _said(act, CONTACTED, matter, member, (CONTACT, noted), on=contact.on, channel=contact.channel)
    return noted


async def void(act: Act, contact_id: UUID, *, reason: str) -> None:
    """Void contact that was noted by mistake; it stays readable."""
    contact = await store.contact(act.session, act.tenant_id, contact_id)
    if contact is None:
        raise NotFound()
    slip = Slip(subject=(CONTACT, contact_id), happened=(CONTACTED,), among=(CONTACTED,))
    matter, member = await _matter(act, contact.membership_id, slip)
    refuse(rules.voiding_refusals(contact, reason))
    await store.void(act.session, act.tenant_id, contact_id, act.today, reason.strip())
    await _resettle(act, matter, member)
    _said(act, CONTACT_VOIDED, matter, member, (CONTACT, contact_id), reason=reason.strip())


async def _resettle(act: Act, matter: Membership, member: MemberFacts) -> None:
    """The next contact is due from the last one that is not void."""
    days = await store.days(act.session, act.tenant_id, matter.id)
    begun = max(matter.since or act.today, matter.filed_on or act.today)
    due = rules.contact_by(begun, days, terms.contact_months(act, member.path))
    await memberships.change(act.session, act.tenant_id, matter.id, {"contact_by": due})


async def _matter(act: Act, id: UUID, slip: Slip | None = None) -> tuple[Membership, MemberFacts]:
    """The matter and whose it is, if the caller follows members where he belongs today.

    With `slip`, whoever entered that may take it back too. Raises `NotFound` for who sees neither.
    """
    matter = await memberships.membership(act.session, act.tenant_id, id)
    if matter is None:
        raise NotFound()
    member = await member_of(act, matter.member_id, seen_by=None)
    if slip is None:
        act.require(actions.FOLLOW, member.path, member.id, seen_by=actions.READ)
    else:
        await slips.require(act, actions.FOLLOW, member.path, member.id, slip, seen_by=actions.READ)
    return matter, member


def _said(
    act: Act,
    name: str,
    matter: Membership,
    member: MemberFacts,
    about: tuple[str, UUID] | None = None,
    /,
    **facts: Any,
) -> None:
    """Something about a retained relationship, at the branch where the member belongs today."""
    given = {"name": matter.name, "membership": str(matter.id), **facts}
    act.record(
        Event(
            name=name,
            subject=about or (KIND, matter.id),
            path=member.path,
            member_id=member.id,
            facts={
                key: value.isoformat() if isinstance(value, date) else value
                for key, value in given.items()
                if value is not None
            },
        )
    )
