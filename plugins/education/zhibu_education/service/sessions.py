"""Sessions: planned, held, attended; attendance becomes hours once it is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.members.public import MemberFacts, member_of, members_by_id

from zhibu.act import Act, Event
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.errors import (
    ChangedMeanwhile,
    DayOverfull,
    MemberElsewhere,
    ReasonMissing,
    SessionCodeTaken,
)
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.catalogues import CreditState, Origin, Presence, SessionState
from zhibu_education.service import amounts, catalogues
from zhibu_education.service.credits import Entry, pending_row
from zhibu_education.service.standings import refresh
from zhibu_education.store import credits as credit_store
from zhibu_education.store import sessions as store


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one member is marked. `hours` only where they differ from the session's."""

    member_id: UUID
    presence: Presence
    hours: Decimal | None = None
    reason: str | None = None


async def plan(act: Act, draft: rules.Draft) -> UUID:
    """Announce a session, so that members can enrol."""
    return await _put(act, draft, SessionState.PLANNED, "education.session_planned")


async def hold(act: Act, draft: rules.Draft) -> UUID:
    """Enter a session that was held, also late, with its reason."""
    return await _put(act, draft, SessionState.HELD, "education.session_held")


async def cancel(act: Act, session_id: UUID, *, reason: str) -> None:
    """Cancel a session; the hours it gave are voided and stay readable."""
    session = await _session(act, session_id, actions.HOLD)
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    refuse(rules.cancellation_refusals(session))
    given = await credit_store.credits_of_session(act.session, act.tenant_id, session_id)
    await _void(act, [credit.id for credit in given.values()], reason)
    marked = await store.attendance(act.session, act.tenant_id, session_id)
    await store.change(act.session, act.tenant_id, session_id, {"state": SessionState.CANCELLED})
    await refresh(act, {(member, session.held_on.year) for member in {*given, *marked}})
    act.record(_event("education.session_cancelled", session, reason=reason))


async def enrol(act: Act, session_id: UUID, member_id: UUID) -> UUID:
    """A member takes a place in a planned session, himself or through the branch."""
    member = await member_of(act, member_id)
    act.require(actions.ENROL, member.path, member.id)
    session = await store.session_of(act.session, act.tenant_id, session_id)
    if session is None:
        raise NotFound()
    act.require(actions.PLAN_READ, session.path)
    refuse(rules.enrolment_refusals(session, today=act.today))
    await store.mark(
        act.session,
        act.tenant_id,
        [_row(session, Mark(member_id=member_id, presence=Presence.ENROLLED))],
    )
    await refresh(act, {(member_id, session.held_on.year)})
    act.record(_event("education.enrolled", session, member=member))
    return session_id


async def attend(
    act: Act,
    session_id: UUID,
    marks: Sequence[Mark],
    *,
    version: int | None = None,
    origin: Origin = Origin.SESSION,
) -> None:
    """Mark who attended a session; hours follow for those present (S2-05, S2-06).

    The hours of a session are verified by its record: whoever recorded the attendance answers for
    it, except for his own place, which waits for somebody else. Marking again corrects: hours of
    whoever is no longer present are voided, changed ones replaced. A planned session of the past
    becomes held. Raises `Refused` with every obstacle; then nothing is marked.
    """
    session = await _session(act, session_id, actions.ATTEND)
    members = await members_by_id(act, {mark.member_id for mark in marks})
    given = await credit_store.credits_of_session(act.session, act.tenant_id, session_id)
    taken = await credit_store.hours_on_days(
        act.session, act.tenant_id, list(members), [session.held_on]
    )
    refuse(_mark_refusals(act, session, marks, members, given, taken, version))
    await store.mark(act.session, act.tenant_id, [_row(session, mark) for mark in marks])
    if session.state is SessionState.PLANNED and session.held_on <= act.today:
        await store.change(act.session, act.tenant_id, session_id, {"state": SessionState.HELD})
    ended, begun = _credits(act, session, marks, members, given, origin)
    await _void(act, ended, "education.attendance_corrected")
    await credit_store.add(act.session, act.tenant_id, begun)
    await refresh(act, {(mark.member_id, session.held_on.year) for mark in marks})
    for mark in marks:
        act.record(
            _event(
                "education.attendance_recorded",
                session,
                member=members[mark.member_id],
                presence=mark.presence,
                reason=mark.reason,
            )
        )


def _mark_refusals(
    act: Act,
    session: rules.Session,
    marks: Sequence[Mark],
    members: Mapping[UUID, MemberFacts],
    given: Mapping[UUID, credit_rules.Credit],
    taken: Mapping[tuple[UUID, Any], Decimal],
    version: int | None,
) -> list[Invalid | Conflict]:
    found: list[Invalid | Conflict] = []
    if version is not None and version != session.version:
        found.append(ChangedMeanwhile(version=session.version))
    limit = amounts.day_limit(act, session.held_on, session.path)
    for index, mark in enumerate(marks):
        where = ("marks", str(index))
        member = members.get(mark.member_id)
        if member is None or not member.path.startswith(session.path):
            found.append(MemberElsewhere(path=where, name=member.name if member else "—"))
            continue
        found += rules.attendance_refusals(session, mark.presence, mark.hours, today=act.today)
        before = given[mark.member_id].hours if mark.member_id in given else Decimal(0)
        same_day = taken.get((mark.member_id, session.held_on), Decimal(0)) - before
        hours = mark.hours or session.hours
        if mark.presence is Presence.PRESENT and same_day + hours > limit:
            found.append(
                DayOverfull(
                    path=where, on=session.held_on, recorded=same_day, hours=hours, limit=limit
                )
            )
    return found


def _credits(
    act: Act,
    session: rules.Session,
    marks: Sequence[Mark],
    members: Mapping[UUID, MemberFacts],
    given: Mapping[UUID, credit_rules.Credit],
    origin: Origin,
) -> tuple[list[UUID], list[dict[str, Any]]]:
    """The credits that end and the rows that begin; what stays the same is left alone."""
    ended, begun = [], []
    for mark in marks:
        old = given.get(mark.member_id)
        hours = mark.hours or session.hours
        present = mark.presence is Presence.PRESENT
        if old is not None and present and old.hours == hours:
            continue
        if old is not None:
            ended.append(old.id)
        if present:
            path = members[mark.member_id].path
            forms = amounts.forms_counted(act, session.held_on, path)
            entry = Entry(
                member_id=mark.member_id,
                earned_on=session.held_on,
                hours=hours,
                form=session.form,
                topic=session.topic,
                title=session.title,
                channel=session.channel,
            )
            own = mark.member_id == act.caller.member_id
            begun.append(
                pending_row(
                    act,
                    new_id(),
                    entry,
                    origin,
                    credit_rules.counted(session.form, hours, forms),
                    session=session.id,
                    state=CreditState.PENDING if own else CreditState.VERIFIED,
                )
            )
    return ended, begun


async def _put(act: Act, draft: rules.Draft, state: SessionState, happened: str) -> UUID:
    unit = await organization_of(act, draft.organization_id)
    act.require(actions.HOLD, unit.path)
    limit = amounts.day_limit(act, draft.held_on, unit.path)
    late_after = int(
        act.parameters.value("education.late_after_days", on=draft.held_on, path=unit.path).value
    )
    session_id = new_id()
    code = draft.code or f"{draft.held_on:%Y%m%d}-{session_id.hex[-6:]}"
    taken = await store.sessions_by_code(act.session, act.tenant_id, [code])
    refuse(
        [
            *catalogues.unknown_words(
                act, draft.held_on, unit.path, topic=draft.topic, form=draft.form
            ),
            *rules.draft_refusals(
                draft,
                held=state is SessionState.HELD,
                today=act.today,
                day_limit=limit,
                late_after_days=late_after,
            ),
            *([SessionCodeTaken(path=("code",), code=code)] if taken else []),
        ]
    )
    await store.add(act.session, act.tenant_id, [session_row(act, session_id, code, draft, state)])
    act.record(
        Event(
            name=happened,
            subject=("EducationSession", session_id),
            path=unit.path,
            facts={"title": draft.title, "on": str(draft.held_on), "hours": str(draft.hours)},
        )
    )
    act.touch(draft.organization_id)
    return session_id


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


def _row(session: rules.Session, mark: Mark) -> dict[str, Any]:
    return {
        "id": new_id(),
        "session_id": session.id,
        "member_id": mark.member_id,
        "state": mark.presence,
        "hours": mark.hours,
        "reason": mark.reason,
    }


async def _session(act: Act, session_id: UUID, action: Any) -> rules.Session:
    session = await store.session_of(act.session, act.tenant_id, session_id)
    if session is None:
        raise NotFound()
    act.require(action, session.path, seen_by=actions.PLAN_READ)
    return session


async def _void(act: Act, ids: Sequence[UUID], decision: str) -> None:
    if ids:
        await credit_store.decide(
            act.session,
            act.tenant_id,
            ids,
            state=CreditState.VOID,
            by=act.caller.account_id,
            at=act.now,
            decision=decision,
        )


def _event(
    name: str, session: rules.Session, member: MemberFacts | None = None, **facts: Any
) -> Event:
    return Event(
        name=name,
        subject=("EducationSession", session.id),
        path=member.path if member else session.path,
        member_id=member.id if member else None,
        facts={
            "title": session.title,
            "on": str(session.held_on),
            "hours": str(session.hours),
            **{key: str(value) for key, value in facts.items() if value is not None},
        },
    )
