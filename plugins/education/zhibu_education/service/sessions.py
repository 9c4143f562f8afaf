"""Sessions: planned, held, cancelled, and enrolled in."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of, members_by_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_education import actions
from zhibu_education.errors import ReferenceUnknown, SessionCodeCancelled, SessionCodeTaken
from zhibu_education.public import (
    CREDIT_VOIDED,
    ENROLLED,
    SESSION_CANCELLED,
    SESSION_HELD,
    SESSION_PLANNED,
    WITHDRAWN,
)
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import CreditState, Presence, SessionState
from zhibu_education.service import amounts, catalogues
from zhibu_education.service.rows import credit_event, event
from zhibu_education.service.standings import hold, refresh
from zhibu_education.store import credits as credit_store
from zhibu_education.store import sessions as store


async def plan(act: Act, draft: rules.Draft) -> UUID:
    """Announce a session, so that members can enrol."""
    return await _enter(act, draft, SessionState.PLANNED)


async def enter_held(act: Act, draft: rules.Draft) -> UUID:
    """Enter a session that was held, also late, with its reason."""
    return await _enter(act, draft, SessionState.HELD)


async def cancel(act: Act, session_id: UUID, *, reason: str) -> None:
    """Cancel a session; the hours it gave are voided and stay readable."""
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None:
        raise NotFound()
    act.require(actions.HOLD, session.path, seen_by=ORGANIZATION_READ)
    refuse(rules.cancellation_refusals(session, reason))
    await undo(act, session, reason)


async def undo(act: Act, session: rules.Session, reason: str) -> None:
    """Cancel a session that was judged before, with the hours it gave."""
    marked = {
        member for _, member in await store.attendance(act.session, act.tenant_id, [session.id])
    }
    await hold(act, marked)  # before their credits are read: one may be corrected this moment
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, [session.id])
    credits = {member: credit for (_, member), credit in given.items()}
    await credit_store.decide(
        act.session,
        act.tenant_id,
        [credit.id for credit in credits.values()],
        state=CreditState.VOID,
        by=act.caller.account_id,
        at=act.now,
        decision=reason,
    )
    await store.change(act.session, act.tenant_id, {session.id: {"state": SessionState.CANCELLED}})
    members = await members_by_id(act, credits)
    years = {(member, session.held_on.year) for member in marked}
    years |= {(member, credit.earned_on.year) for member, credit in credits.items()}
    await refresh(act, years, held=True)
    act.record(_said(SESSION_CANCELLED, session, session.path, reason=reason))
    for id, credit in credits.items():
        act.record(
            credit_event(CREDIT_VOIDED, credit.id, members[id], hours=credit.hours, reason=reason)
        )
    act.touch(session.organization_id)


async def enrol(act: Act, session_id: UUID, member_id: UUID) -> None:
    """A member takes a place in a planned session of his branch or of a unit above it.

    Himself, or through the branch. A session elsewhere is as if it were not there.
    """
    member = await member_of(act, member_id)
    act.require(actions.ENROL, member.path, member.id)
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None or not member.path.startswith(session.path):
        raise NotFound()
    marked = await store.attendance(act.session, act.tenant_id, [session_id])
    before = marked.get((session_id, member_id))
    refuse(rules.enrolment_refusals(session, before.presence if before else None, today=act.today))
    await hold(act, [member_id])
    row = {
        "id": new_id(),
        "session_id": session_id,
        "member_id": member_id,
        "state": Presence.ENROLLED,
        "hours": None,
        "reason": None,
    }
    await store.mark(act.session, act.tenant_id, [row])
    await refresh(act, {(member_id, session.held_on.year)}, held=True)
    act.record(_said(ENROLLED, session, member.path, member_id))


async def withdraw(act: Act, session_id: UUID, member_id: UUID) -> None:
    """A member gives back a place in a session that is still planned, himself or by the branch."""
    member = await member_of(act, member_id)
    act.require(actions.ENROL, member.path, member.id)
    session = await store.session_of(act.session, act.tenant_id, session_id, hold=True)
    if session is None or not member.path.startswith(session.path):
        raise NotFound()
    marked = await store.attendance(act.session, act.tenant_id, [session_id])
    before = marked.get((session_id, member_id))
    refuse(rules.withdrawal_refusals(before.presence if before else None))
    await hold(act, [member_id])
    await store.unmark(act.session, act.tenant_id, session_id, member_id)
    await refresh(act, {(member_id, session.held_on.year)}, held=True)
    act.record(_said(WITHDRAWN, session, member.path, member_id))


async def _enter(act: Act, draft: rules.Draft, state: SessionState) -> UUID:
    unit = await organization_of(act, draft.organization_id)
    act.require(actions.HOLD, unit.path)
    session_id = new_id()
    code = draft.code or f"{draft.held_on:%Y%m%d}-{session_id.hex[-6:]}"
    taken = await store.sessions_by_code(act.session, act.tenant_id, [code])
    refuse(
        [
            *refusals(act, draft, unit, state),
            *await _unknown_references(act, draft, unit),
            *(_code_refusal(held) for held in taken.values()),
        ]
    )
    await write(act, [(unit, session_row(act, session_id, code, draft, state))])
    return session_id


def _code_refusal(held: rules.Session) -> Conflict:
    """Why nobody else has the code of this session."""
    if held.state is SessionState.CANCELLED:
        return SessionCodeCancelled(path=("code",), code=held.code, held_on=held.held_on)
    return SessionCodeTaken(path=("code",), code=held.code)


def refusals(
    act: Act, draft: rules.Draft, unit: Unit, state: SessionState
) -> list[Invalid | Conflict]:
    """What speaks against a session by itself."""
    on = draft.held_on
    return [
        *catalogues.unknown_words(
            act,
            on,
            unit.path,
            topic=draft.topic,
            form=draft.form,
            kind=draft.kind,
            channel=draft.channel,
        ),
        *rules.draft_refusals(
            draft,
            held=state is SessionState.HELD,
            today=act.today,
            day_limit=amounts.day_limit(act, on, unit.path),
            late_after_days=amounts.late_after_days(act, on, unit.path),
        ),
    ]


async def _unknown_references(act: Act, draft: rules.Draft, unit: Unit) -> list[ReferenceUnknown]:
    """Whoever teaches must be on a roster; whoever lectures must be seen by the caller."""
    named = {"teacher": draft.teacher_id, "plan_item": draft.plan_item_id}
    known = await store.known(
        act.session, act.tenant_id, teacher=draft.teacher_id, plan_item=draft.plan_item_id
    )
    unknown = [argument for argument, id in named.items() if id is not None and id not in known]
    if draft.lecturer_id is not None:
        lecturer = (await members_by_id(act, [draft.lecturer_id])).get(draft.lecturer_id)
        if lecturer is None or not act.may(MEMBER_READ, lecturer.path, lecturer.id):
            unknown.append("lecturer")
    return [ReferenceUnknown(path=(argument,)) for argument in unknown]


async def write(act: Act, sessions: list[tuple[Unit, dict[str, Any]]]) -> None:
    """Insert sessions whose rows were judged before, and say so."""
    await store.add(act.session, act.tenant_id, [row for _, row in sessions])
    for unit, row in sessions:
        happened = SESSION_HELD if row["state"] is SessionState.HELD else SESSION_PLANNED
        facts = {"title": row["title"], "on": row["held_on"], "hours": row["hours"]}
        reason = row["late_reason"]
        act.record(
            event(happened, ("EducationSession", row["id"]), unit.path, reason=reason, **facts)
        )
    act.touch(*{unit.id for unit, _ in sessions})


def session_row(
    act: Act, session_id: UUID, code: str, draft: rules.Draft, state: SessionState
) -> dict[str, Any]:
    """A session's columns as it is first written."""
    return {
        "id": session_id,
        "organization_id": draft.organization_id,
        "plan_item_id": draft.plan_item_id,
        "code": code,
        "title": draft.title,
        "held_on": draft.held_on,
        "hours": draft.hours,
        "form": draft.form,
        "kind": draft.kind,
        "topic": draft.topic,
        "channel": draft.channel,
        "place": draft.place,
        "teacher_id": draft.teacher_id,
        "teacher_name": draft.teacher_name,
        "lecturer_id": draft.lecturer_id,
        "state": state,
        "late_reason": draft.late_reason,
        "recorded_at": act.now,
        "version": 1,
    }


def _said(
    name: str, session: rules.Session, path: str, member_id: UUID | None = None, **facts: Any
) -> Any:
    return event(
        name,
        ("EducationSession", session.id),
        path,
        member_id,
        title=session.title,
        on=session.held_on,
        hours=session.hours,
        **facts,
    )
