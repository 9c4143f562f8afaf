"""Who decides a branch's year on a day, and from when on a record of it is late."""

from datetime import date

from zhibu.act import Act
from zhibu.organizations.public import Unit, holders_on
from zhibu.procedures.public import Body as Convened
from zhibu.procedures.public import voters_on
from zhibu_scoring.rules.years import Body, Deciders, Decision, Entered, Share
from zhibu_scoring.service.terms import limit

PROFILE = "core.decisions"
CONVENED = {Body.BRANCH_MEETING: Convened.MEMBERS, Body.COMMITTEE: Convened.COMMITTEE}


async def deciders(act: Act, unit: Unit, decision: Decision) -> Deciders:
    """What the rolls and the parameters say of the body that a decision names, on its day."""
    on = decision.held_on
    least = act.parameters.whole("core.least_committee", unit.path, on) or 1
    too = act.parameters.value("scoring.meeting_decides_too", unit.path, on)
    body = CONVENED[decision.body]
    return Deciders(
        committee=len(await holders_on(act, unit.id, on)) >= least,
        meeting_too=bool(too.value),
        meeting_basis=too.basis,
        entitled=len(await voters_on(act, unit.id, unit.path, on, body=body, profile=PROFILE)),
        quorum=_share(act, "scoring.decision_quorum", unit, on),
        majority=_share(act, "scoring.decision_majority", unit, on),
    )


def of(act: Act, unit: Unit, on: date, late_reason: str | None) -> Entered:
    """A day on which something was done, with why it is recorded so late."""
    late = limit(act, "scoring.year_late_after_days", unit.path, on)
    return Entered(on=on, late_reason=(late_reason or "").strip() or None, late=late)


def _share(act: Act, name: str, unit: Unit, on: date) -> Share:
    """A part of a whole that must be reached; none at all where the unit sets none."""
    found = act.parameters.value(name, unit.path, on)
    part, whole = found.value or (0, 1)
    return Share(part=part, whole=whole, basis=found.basis)
