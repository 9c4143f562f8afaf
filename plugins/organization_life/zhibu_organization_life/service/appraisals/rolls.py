"""Who is appraised and who has a vote: computed as of the day of the meeting."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.members.public import members_of, stages_on
from zhibu.organizations.public import path_on
from zhibu.procedures.public import suspended_on
from zhibu_organization_life import actions
from zhibu_organization_life.errors import UnitNotStanding
from zhibu_organization_life.rules.appraisals import Appraisal, Stand
from zhibu_organization_life.rules.grades import Result
from zhibu_organization_life.service.rows import told
from zhibu_organization_life.store import appraisals as store
from zhibu_organization_life.store import people

SUBJECT = "OrganizationLifeAppraisal"
PROBATIONARY = "organization_life.appraisal_grades_probationary"


@dataclass(frozen=True, kw_only=True)
class Roll:
    """Everybody on the list; who of them has a vote; and who of those is held to use it."""

    results: dict[UUID, Result]
    entitled: set[UUID]
    expected: set[UUID]


async def appraisal_for(act: Act, id: UUID, action: Action) -> Appraisal:
    """The appraisal, held until the act is over, by whoever may do this where it is held."""
    appraisal = await found(act, id)
    act.require(action, appraisal.path, seen_by=actions.APPRAISAL_READ)
    return appraisal


async def found(act: Act, id: UUID) -> Appraisal:
    """The appraisal, held until the act is over, whoever asks. Raises `NotFound`."""
    appraisal = await store.appraisal_of(act.session, act.tenant_id, id)
    if appraisal is None:
        raise NotFound()
    return appraisal


async def roll(act: Act, appraisal: Appraisal) -> Roll:
    """The list, while the appraisal is open written anew as of the day of its meeting.

    Whoever does not belong to it any more leaves it, unless something was said of him: then he
    stays and is not graded. Raises `UnitNotStanding`.
    """
    on = appraisal.meeting.held_on
    path = await path_on(act, appraisal.meeting.organization_id, on)
    if path is None:
        raise UnitNotStanding(path=("appraisal",), on=on)
    belonging = {member.id for member in await members_of(act, path, on)}
    stages = await stages_on(act, belonging, on)
    if appraisal.stand is Stand.OPEN:
        await _write(act, appraisal, stages)
    full = {member for member, stage in stages.items() if stage == "full"}
    entitled = full - await suspended_on(act, full, on)
    excused = await people.excused_on(act.session, act.tenant_id, entitled, on)
    results = await store.roll_of(act.session, act.tenant_id, appraisal.id)
    return Roll(results=results, entitled=entitled, expected=entitled - excused)


def say(
    act: Act, name: str, appraisal: Appraisal, member_id: UUID | None = None, /, **facts: Any
) -> None:
    """Put into the ledger what happened to an appraisal, or in it to a member."""
    known = {"year": appraisal.year, "title": appraisal.meeting.title, **facts}
    act.record(
        Event(
            name=name,
            subject=(SUBJECT, appraisal.id),
            path=appraisal.path,
            member_id=member_id,
            facts=told(known),
        )
    )


async def _write(act: Act, appraisal: Appraisal, stages: dict[UUID, Any]) -> None:
    too = act.parameters.yes(PROBATIONARY, appraisal.path, appraisal.meeting.held_on)
    wanted = {
        member: stage == "full" or too
        for member, stage in stages.items()
        if stage in ("full", "probationary")
    }
    before = await store.roll_of(act.session, act.tenant_id, appraisal.id)
    gone = set(before) - set(wanted)
    if gone:
        silent = {member for member in gone if not before[member].spoke}
        silent -= await store.spoken_of(act.session, act.tenant_id, appraisal.id, gone)
        await store.strike(act.session, act.tenant_id, appraisal.id, silent)
        wanted |= dict.fromkeys(gone - silent, False)
    rows = [
        {"id": new_id(), "appraisal_id": appraisal.id, "member_id": member, "graded": graded}
        for member, graded in wanted.items()
        if member not in before or before[member].graded is not graded
    ]
    await store.enlist(act.session, act.tenant_id, rows)
