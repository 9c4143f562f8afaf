"""Class hours: claimed or recorded, corrected without a trace lost."""

from decimal import Decimal
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_education import actions
from zhibu_education.errors import EvidenceUnknown
from zhibu_education.public import (
    CREDIT_CHANGES,
    CREDIT_CLAIMED,
    CREDIT_CORRECTED,
    CREDIT_RECORDED,
    CREDIT_VOIDED,
)
from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import CreditState, Origin
from zhibu_education.service import amounts, catalogues
from zhibu_education.service.rows import Entry, credit_event, credit_row
from zhibu_education.service.standings import refresh
from zhibu_education.store import credits as store


async def claim(act: Act, member_id: UUID, entry: Entry) -> UUID:
    """A member claims hours of his own; they wait for verification (S0-37, S2-03)."""
    member = await member_of(act, member_id)
    act.require(actions.CLAIM, member.path, member.id)
    return await _enter(act, member, entry, Origin.CLAIM, CREDIT_CLAIMED)


async def record(act: Act, member_id: UUID, entry: Entry) -> UUID:
    """The branch records hours for a member; somebody else verifies them."""
    member = await member_of(act, member_id)
    act.require(actions.RECORD, member.path, member.id)
    return await _enter(act, member, entry, Origin.RECORD, CREDIT_RECORDED)


async def correct(
    act: Act, credit_id: UUID, entry: Entry, *, reason: str, version: int | None = None
) -> UUID:
    """Replace a credit by a corrected one of the same member, which waits for verification again.

    The old row stays as it was, superseded, and the new one points to it. What the correction
    itself must obey is what any credit must obey.
    """
    old, member = await _credit(act, credit_id)
    refuse(rules.change_refusals(old, reason=reason, version=version))
    await _end(act, old, CreditState.SUPERSEDED, reason)
    kept = await store.row(act.session, act.tenant_id, credit_id)
    new = await _enter(
        act,
        member,
        entry,
        Origin(kept["origin"]),
        CREDIT_CORRECTED,
        corrects=credit_id,
        session=old.session_id,
        reason=reason,
    )
    if old.earned_on.year != entry.earned_on.year:
        await refresh(act, {(member.id, old.earned_on.year)}, held=True)
    return new


async def void(act: Act, credit_id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take back a credit that should never have been entered; it stays readable.

    Whoever claimed or recorded it takes it back himself for some days, until it is decided.
    """
    slip = Slip(
        subject=("EducationCredit", credit_id),
        happened=(CREDIT_CLAIMED, CREDIT_RECORDED),
        among=CREDIT_CHANGES,
    )
    old, member = await _credit(act, credit_id, slip)
    refuse(rules.change_refusals(old, reason=reason, version=version))
    await _end(act, old, CreditState.VOID, reason)
    await refresh(act, {(member.id, old.earned_on.year)}, held=True)
    act.record(credit_event(CREDIT_VOIDED, credit_id, member, hours=old.hours, reason=reason))


async def _enter(
    act: Act,
    member: MemberFacts,
    entry: Entry,
    origin: Origin,
    happened: str,
    *,
    corrects: UUID | None = None,
    session: UUID | None = None,
    reason: str | None = None,
) -> UUID:
    refuse([*await _refusals(act, member, entry, origin, held=corrects is not None)])
    credit = new_id()
    forms = amounts.forms_counted(act, entry.earned_on, member.path)
    counted = rules.counted(entry.form, entry.hours, forms)
    row = credit_row(
        act, credit, member.id, entry, origin, counted, corrects=corrects, session=session
    )
    await store.add(act.session, act.tenant_id, [row])
    await refresh(act, {(member.id, entry.earned_on.year)}, held=True)
    facts = {"hours": entry.hours, "title": entry.title, "on": entry.earned_on, "reason": reason}
    act.record(credit_event(happened, credit, member, **facts))
    return credit


async def _refusals(
    act: Act, member: MemberFacts, entry: Entry, origin: Origin, *, held: bool
) -> list[Invalid | Conflict]:
    """Everything that is wrong with a credit; the member is held from here on, if not before."""
    day = entry.earned_on
    taken = await store.hours_on_days(act.session, act.tenant_id, [member.id], [day], hold=not held)
    found = [
        *catalogues.unknown_words(
            act,
            day,
            member.path,
            topic=entry.topic,
            form=entry.form,
            kind=entry.kind,
            channel=entry.channel,
        ),
        *rules.refusals(
            rules.Claim(
                earned_on=day,
                hours=entry.hours,
                title=entry.title,
                evidence=bool(entry.evidence_id or (entry.evidence or "").strip()),
            ),
            today=act.today,
            membership=membership(member),
            same_day=taken.get((member.id, day), Decimal(0)),
            day_limit=amounts.day_limit(act, day, member.path),
            evidence_required=origin is Origin.CLAIM
            and amounts.evidence_required(act, day, member.path),
        ),
    ]
    if entry.evidence_id is not None and not await _is_shown(act, entry.evidence_id, member.id):
        found.append(EvidenceUnknown(path=("evidence_file",)))
    return found


def membership(member: MemberFacts) -> rules.Membership:
    """The days between which somebody can study as a member."""
    return rules.Membership(admitted_on=member.admitted_on, left_on=member.left_on)


async def _is_shown(act: Act, file: UUID, member: UUID) -> bool:
    """Whether the file was handed in by the caller, or is about the member."""
    owner = await store.evidence_owner(act.session, act.tenant_id, file)
    return owner is not None and (owner[0] == act.caller.account_id or owner[1] == member)


async def _credit(
    act: Act, credit_id: UUID, slip: Slip | None = None
) -> tuple[rules.Credit, MemberFacts]:
    found = await store.credits(act.session, act.tenant_id, [credit_id])
    if credit_id not in found:
        raise NotFound()
    credit = found[credit_id]
    member = await member_of(act, credit.member_id)
    if slip is None:
        act.require(actions.CORRECT, member.path, member.id)
    else:
        asked = actions.CORRECT, member.path, member.id, slip
        await slips.require(act, *asked, seen_by=MEMBER_READ, argument=("credit",))
    return credit, member


async def _end(act: Act, credit: rules.Credit, state: CreditState, reason: str) -> None:
    await store.decide(
        act.session,
        act.tenant_id,
        [credit.id],
        state=state,
        by=act.caller.account_id,
        at=act.now,
        decision=reason,
    )
