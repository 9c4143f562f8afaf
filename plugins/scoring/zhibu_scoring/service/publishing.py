"""Making points known every quarter, and checking every half year (S4-29, S4-10)."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_scoring import actions
from zhibu_scoring.errors.years import CheckWithdrawn, PublicationWithdrawn
from zhibu_scoring.public import CHECK_WITHDRAWN, CHECKED, PUBLICATION_WITHDRAWN, PUBLISHED
from zhibu_scoring.rules import help as rules
from zhibu_scoring.service.years.rolls import assessing, say
from zhibu_scoring.store import branches as store
from zhibu_scoring.store import people, years

PUBLICATION, CHECK = "ScoringPublication", "ScoringCheck"


async def publish(act: Act, organization_id: UUID, year: int, quarter: int, place: str) -> UUID:
    """Say that the branch made everybody's points known, where, and of how many."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PUBLISH, unit.path)
    assessing(unit)
    checked_year(year)
    refuse(rules.publishing_refusals(year, quarter, place, act.today))
    members = await people.members_below(
        act.session, act.tenant_id, unit.path, year, today=act.today
    )
    id = new_id()
    values = {
        "id": id,
        "organization_id": unit.id,
        "year": year,
        "quarter": quarter,
        "place": place.strip(),
        "members": len(members),
        "published_by": act.caller.account_id,
        "published_on": act.today,
    }
    await store.publish(act.session, act.tenant_id, values)
    facts = {"year": year, "quarter": quarter, "place": place.strip()}
    say(act, PUBLISHED, unit, (PUBLICATION, id), **facts)
    return id


async def withdraw(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take back a publication that was recorded by mistake."""
    known = PublicationWithdrawn(path=("publication",))
    found, unit = await _taken_back(act, store.PUBLICATIONS, id, reason, known)
    facts = {"year": found.year, "quarter": found.quarter, "reason": reason.strip()}
    say(act, PUBLICATION_WITHDRAWN, unit, (PUBLICATION, id), **facts)
    return id


async def check(act: Act, organization_id: UUID, year: int, half: int, findings: str) -> UUID:
    """Say what the branch found when it checked half a year."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PUBLISH, unit.path)
    assessing(unit)
    checked_year(year)
    await years.hold(act.session, act.tenant_id, unit.id)
    known = await store.checked(act.session, act.tenant_id, unit.id, year)
    refuse(rules.checking_refusals(year, half, known, findings, act.today))
    id = new_id()
    values = {
        "id": id,
        "organization_id": unit.id,
        "year": year,
        "half": half,
        "findings": findings.strip(),
        "checked_by": act.caller.account_id,
        "checked_on": act.today,
    }
    await store.check(act.session, act.tenant_id, values)
    facts = {"year": year, "half": half, "reason": findings.strip()}
    say(act, CHECKED, unit, (CHECK, id), **facts)
    return id


async def uncheck(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take back a check that was recorded by mistake; it stays readable with its reason."""
    known = CheckWithdrawn(path=("check",))
    found, unit = await _taken_back(act, store.CHECKS, id, reason, known)
    facts = {"year": found.year, "half": found.half, "reason": reason.strip()}
    say(act, CHECK_WITHDRAWN, unit, (CHECK, id), **facts)
    return id


async def _taken_back(
    act: Act, table: Any, id: UUID, reason: str, known: Conflict
) -> tuple[Any, Unit]:
    """What was taken back, and of which branch; `known` says that it was before."""
    found = await store.said(act.session, act.tenant_id, table, id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id, seen_by=None)
    act.require(actions.PUBLISH, unit.path, seen_by=actions.YEAR_READ)
    await years.hold(act.session, act.tenant_id, unit.id)
    found = await store.said(act.session, act.tenant_id, table, id)
    refuse(rules.withdrawing_refusals(found.withdrawn_on, reason, known))
    values = {"withdrawn_on": act.today, "withdrawn_reason": reason.strip()}
    await store.withdraw(act.session, act.tenant_id, table, id, **values)
    return found, unit
