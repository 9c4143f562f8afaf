"""The organization's opinion and grade of everybody, and putting a grade right."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu_organization_life import actions
from zhibu_organization_life.errors import MarkedTwice
from zhibu_organization_life.public import APPRAISAL_CORRECTED, GRADE_DECIDED
from zhibu_organization_life.rules import appraisals as rules
from zhibu_organization_life.rules import grades
from zhibu_organization_life.rules.appraisals import Appraisal, Stand
from zhibu_organization_life.rules.grades import Decided, Grade, GradeGround, Result
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.appraisals.places import Places, places_of
from zhibu_organization_life.service.appraisals.rolls import appraisal_for, say
from zhibu_organization_life.service.appraisals.voting import MAJORITY
from zhibu_organization_life.store import appraisals as store


async def decide(act: Act, id: UUID, wanted: Sequence[Decided]) -> None:
    """Say what the organization thinks of these members, and grade them; nobody grades himself.

    Once published, a grade is put right with its reason.
    """
    appraisal = await appraisal_for(act, id, actions.GRADE)
    roll = await store.roll_of(act.session, act.tenant_id, id)
    refuse(rules.deciding_refusals(appraisal))
    refuse(_refusals(act, roll, wanted))
    after = dict(roll) | {each.member_id: _after(roll[each.member_id], each) for each in wanted}
    counted = [each for each in after.values() if each.graded]
    places = places_of(
        act, appraisal, sum(each.ground is not GradeGround.UNGRADED for each in counted)
    )
    refuse(
        grades.excellent_refusals(
            [each.grade for each in counted], places=places.count, basis=places.basis
        )
    )
    changes = {
        each.member_id: _columns(act, appraisal, after[each.member_id], places) for each in wanted
    }
    await store.change_results(act.session, act.tenant_id, id, changes)
    await store.change(act.session, act.tenant_id, id, places=places.count)
    for each in wanted:
        _tell(act, appraisal, roll[each.member_id], after[each.member_id])


def _refusals(
    act: Act, roll: dict[UUID, Result], wanted: Sequence[Decided]
) -> list[Invalid | Conflict]:
    found: list[Invalid | Conflict] = []
    named = Counter(each.member_id for each in wanted)
    for place, each in enumerate(wanted):
        path = ("grades", str(place))
        if named[each.member_id] > 1:
            found.append(MarkedTwice(path=path))
        known = roll.get(each.member_id)
        found += grades.decision_refusals(each, known, grader=act.caller.member_id, path=path)
    return found


def _after(known: Result, wanted: Decided) -> Result:
    return Result(
        member_id=known.member_id,
        graded=True,
        spoke=known.spoke,
        tally=known.tally,
        suggested=known.suggested,
        grade=wanted.grade,
        ground=grades.ground_of(wanted, known),
        opinion=wanted.opinion.strip(),
        reason=(wanted.reason or "").strip() or None,
    )


def _columns(act: Act, appraisal: Appraisal, after: Result, places: Places) -> dict[str, Any]:
    basis = None
    if after.grade is Grade.EXCELLENT:
        basis = str(places.basis)
    elif after.ground is GradeGround.VOTE:
        on = appraisal.meeting.held_on
        basis = str(amounts.share(act, MAJORITY, on, appraisal.path).basis)
    return {
        "grade": after.grade,
        "ground": after.ground,
        "basis": basis,
        "opinion": after.opinion,
        "reason": after.reason,
        "decided_by": act.caller.account_id,
        "decided_at": act.now,
    }


def _tell(act: Act, appraisal: Appraisal, before: Result, after: Result) -> None:
    facts = {
        "before": before.grade,
        "grade": after.grade,
        "ground": after.ground,
        "reason": after.reason,
    }
    if appraisal.stand is Stand.PUBLISHED:
        say(act, APPRAISAL_CORRECTED, appraisal, after.member_id, **facts)
    else:
        say(act, GRADE_DECIDED, appraisal, member=after.member_id.hex, **facts)
