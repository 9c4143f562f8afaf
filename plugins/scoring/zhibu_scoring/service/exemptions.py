"""Leaving members out of the assessment, after they were asked (S4-14)."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of
from zhibu_scoring import actions
from zhibu_scoring.public import EXEMPTED, EXEMPTION_ENDED
from zhibu_scoring.rules import exemptions as rules
from zhibu_scoring.rules.exemptions import Wanted
from zhibu_scoring.service.events import said
from zhibu_scoring.service.homes import member_in
from zhibu_scoring.store import closing, entries
from zhibu_scoring.store import exemptions as store

KIND = "ScoringExemption"


async def grant(act: Act, wanted: Wanted) -> UUID:
    """Leave a member out from a year on: he is cared for, not counted, and graded by appraisal."""
    # None begins before last year: whichever is asked for, the rules refuse it below.
    first_year = max(wanted.first_year, act.today.year - 1)
    member, *now = await _as_of(act, wanted.member_id, first_year, wanted.last_year)
    for each in (member, *now):
        act.require(actions.EXEMPT, each.path, each.id)
    await entries.hold(act.session, act.tenant_id, [member.id])
    known = await store.of_members(act.session, act.tenant_id, [member.id])
    closed = await _closed(act, member.id)
    by = act.caller.member_id
    refuse(rules.refusals(wanted, known, by=by, closed=closed, today=act.today))
    id = new_id()
    values = {
        "id": id,
        **vars(wanted),
        "consent": wanted.consent.strip(),
        "granted_by": act.caller.account_id,
        "granted_on": act.today,
        "ended_on": None,
        "end_reason": None,
    }
    await store.add(act.session, act.tenant_id, values)
    facts: dict[str, Any] = {
        "ground": wanted.ground,
        "year": wanted.first_year,
        "reason": wanted.consent.strip(),
    }
    said(act, EXEMPTED, (KIND, id), member, **facts)
    return id


async def end(act: Act, id: UUID, last_year: int, *, reason: str) -> UUID:
    """Let an exemption hold to a year only; the year before its first takes a slip back."""
    first = await store.exemption(act.session, act.tenant_id, id)
    if first is None:
        raise NotFound()
    changed = max(last_year + 1, first.first_year)
    member, *now = await _as_of(act, first.member_id, changed, first.last_year)
    for each in (member, *now):
        act.require(actions.EXEMPT, each.path, each.id, seen_by=actions.READ)
    await entries.hold(act.session, act.tenant_id, [member.id])
    found = await store.exemption(act.session, act.tenant_id, id) or first
    closed = await _closed(act, member.id)
    refuse(rules.ending_refusals(found, last_year, reason, closed=closed))
    await store.end(act.session, act.tenant_id, id, last_year, on=act.today, reason=reason.strip())
    said(act, EXEMPTION_ENDED, (KIND, id), member, year=last_year, reason=reason.strip())
    return id


async def _as_of(act: Act, id: UUID, first: int, last: int | None) -> list[MemberFacts]:
    """A member as of the first of these years, and as of today where they go on until then."""
    then = await member_in(act, id, first)
    if first < act.today.year and (last is None or last >= act.today.year):
        return [then, await member_of(act, id, seen_by=None)]
    return [then]


async def _closed(act: Act, member_id: UUID) -> set[int]:
    found = await closing.closed(act.session, act.tenant_id, [member_id])
    return {year for _, year in found}
