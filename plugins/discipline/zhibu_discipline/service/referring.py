"""Handing over to the discipline body, and recording what it answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu.procedures.public import Ground, lift_limit, limit_vote
from zhibu_discipline import actions
from zhibu_discipline.errors import OwnReferral, ReasonMissing
from zhibu_discipline.public import (
    BODY_NOTIFIED,
    CLOSED,
    PASSED_ON,
    PUNISHED,
    REFERRAL_CORRECTED,
    REFERRAL_WITHDRAWN,
    REFERRED,
    UNPUNISHED,
)
from zhibu_discipline.rules import referrals as rules
from zhibu_discipline.rules.referrals import KNOWN, Answer, Move, Punishment, Referral, Stand
from zhibu_discipline.service import terms
from zhibu_discipline.service.cases import stale
from zhibu_discipline.service.events import told
from zhibu_discipline.service.telling import KIND, count
from zhibu_discipline.store import cases, referrals


async def punishments_at(act: Act, organization_id: UUID, on: date | None) -> Sequence[Punishment]:
    """The punishments that hold in an organization on a day, today if none is said."""
    unit = await organization_of(act, organization_id)
    act.require(actions.REFERRAL_READ, unit.path, seen_by=ORGANIZATION_READ)
    return terms.punishments(act, unit.path, on or act.today)


async def refer(act: Act, member_id: UUID, *, facts: str, on: date | None = None) -> UUID:
    """Hand over what seems to break discipline; the disposition waits for nobody, nor ends it."""
    member = await member_of(act, member_id)
    act.require(actions.REFER, member.path, member.id, seen_by=MEMBER_READ)
    await cases.hold_member(act.session, act.tenant_id, member.id)
    day = on or act.today
    waiting = await referrals.is_waiting(act.session, act.tenant_id, member.id)
    refuse(rules.referring_refusals(facts, day, waiting=waiting, today=act.today, name=member.name))
    id = new_id()
    values = {
        "id": id,
        "member_id": member.id,
        "organization_id": member.organization_id,
        "facts": facts.strip(),
        "state": Stand.HANDED_OVER,
        "handed_on": day,
        "handed_by": act.caller.account_id,
        "pass_by": day + timedelta(terms.days(act, "passing_days", member.path)),
        "answer_by": day + timedelta(terms.days(act, "discipline_days", member.path)),
        "version": 1,
    }
    await referrals.open(act.session, act.tenant_id, values)
    told(act, REFERRED, (KIND, id), member.path, member.id, on=day)
    return id


async def pass_on(
    act: Act, id: UUID, *, to: str, on: date | None = None, version: int | None = None
) -> None:
    """Record that it was passed on to the discipline commission (S3D-24)."""
    referral, home = await referral_for(act, id, actions.PASS_ON)
    day = on or act.today
    refuse(
        [
            *rules.passing_refusals(referral, to=to, on=day, today=act.today),
            *stale(referral, version),
        ]
    )
    values = {
        "state": Stand.PASSED_ON,
        "passed_on": day,
        "passed_to": to.strip(),
        "passed_by": act.caller.account_id,
    }
    await _change(act, referral, home, PASSED_ON, values, on=day)


async def answer(
    act: Act, id: UUID, given: Answer, *, reason: str | None = None, version: int | None = None
) -> None:
    """Record what the discipline body decided, or put right what was recorded of it, with a reason.

    Where the punishment suspends the right to vote it does from the day of the decision until its
    influence is over (EL-5), and what was recorded before holds no more; nor do the points that it
    proposed, in whose place come those of what was decided (S4-61).
    """
    referral, home = await referral_for(act, id, actions.ANSWER_REFERRAL)
    known = terms.punishment(act, given.punishment, home.path, given.decided_on)
    corrects = referral.state in KNOWN
    move = Move.CORRECT if corrects else Move.ANSWER
    faults = [*rules.answer_refusals(referral, given, known, move, today=act.today)]
    if corrects and not (reason or "").strip():
        faults.append(ReasonMissing(path=("reason",)))
    refuse([*faults, *_own(act, referral), *stale(referral, version)])
    until = rules.end_of(given, known)
    if referral.limit_id is not None:
        await lift_limit(act, referral.limit_id, on=date.min, reason=(reason or "").strip())
    limit = None
    if known is not None and known.suspends:
        limit = await limit_vote(
            act,
            referral.member_id,
            Ground.ON_PROBATION,
            given.decided_on,
            until,
            decision=given.document.strip(),
        )
    values = {
        "state": Stand.ANSWERED,
        "answered_on": act.today,
        "punishment": given.punishment,
        "decided_on": given.decided_on,
        "document": given.document.strip(),
        "until": until,
        "limit_id": limit,
        "correction": (reason or "").strip() or None,
    }
    name = PUNISHED if known else UNPUNISHED
    facts = {"punishment": given.punishment, "on": given.decided_on, "until": until}
    if corrects:
        told(act, REFERRAL_CORRECTED, (KIND, id), home.path, referral.member_id)
    await _change(act, referral, home, name, values, **facts)
    await count(act, referral, given, known, (reason or "").strip())


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take a hand-over back that was a slip, before anybody has answered it."""
    referral, home = await referral_for(act, id, actions.REFER)
    faults = [*rules.move_refusals(referral, Move.WITHDRAW), *stale(referral, version)]
    refuse([*faults, *([] if reason.strip() else [ReasonMissing(path=("reason",))])])
    values = {
        "state": Stand.WITHDRAWN,
        "withdrawn_on": act.today,
        "withdrawn_reason": reason.strip(),
    }
    await _change(act, referral, home, REFERRAL_WITHDRAWN, values)


async def notify(
    act: Act, id: UUID, *, number: str, on: date | None = None, version: int | None = None
) -> None:
    """Record that the discipline body was told of the removal of somebody it punished (S3D-31)."""
    referral, home = await referral_for(act, id, actions.REFER)
    day = on or act.today
    refuse(
        [
            *rules.notice_refusals(referral, number=number, on=day, today=act.today),
            *stale(referral, version),
        ]
    )
    values = {"noticed_on": day, "notice": number.strip()}
    await _change(act, referral, home, BODY_NOTIFIED, values, on=day)


async def close(
    act: Act, id: UUID, *, note: str, on: date | None = None, version: int | None = None
) -> None:
    """Record that the influence of a punishment is over, and how the member conducted himself.

    The right to vote has come back with the end of it already.
    """
    referral, home = await referral_for(act, id, actions.ANSWER_REFERRAL)
    day = on or act.today
    refuse(
        [
            *rules.closing_refusals(referral, note=note, on=day, today=act.today),
            *_own(act, referral),
            *stale(referral, version),
        ]
    )
    values = {"state": Stand.CLOSED, "closed_on": day, "note": note.strip()}
    await _change(act, referral, home, CLOSED, values, on=day)


async def referral_for(act: Act, id: UUID, action: Action) -> tuple[Referral, Unit]:
    """The hand-over and its branch. Raises `NotFound` for who may not see it."""
    referral = await referrals.referral(act.session, act.tenant_id, id)
    if referral is None:
        raise NotFound()
    home = await organization_of(act, referral.organization_id, seen_by=None)
    if not act.switches.enabled(action.plugin, home.path):
        act.require(action, home.path, seen_by=ORGANIZATION_READ)
    # The member sees what was decided, not what is still being looked into.
    owner = referral.member_id if referral.state in KNOWN else None
    if not act.may(actions.REFERRAL_READ, home.path, owner):
        raise NotFound()
    act.require(action, home.path)
    return referral, home


def _own(act: Act, referral: Referral) -> list[Conflict]:
    own = act.caller.member_id == referral.member_id
    return [OwnReferral(path=("referral",))] if own else []


async def _change(
    act: Act,
    referral: Referral,
    home: Unit,
    name: str,
    values: dict[str, Any],
    **facts: Any,
) -> None:
    await referrals.change(act.session, act.tenant_id, referral.id, values)
    told(act, name, (KIND, referral.id), home.path, referral.member_id, **facts)
