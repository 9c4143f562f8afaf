"""What members say of themselves and of one another, oneself or through the recorder."""

from dataclasses import asdict
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_organization_life import actions
from zhibu_organization_life.errors import NoMember
from zhibu_organization_life.public import REMARKED, SELF_APPRAISED
from zhibu_organization_life.rules import appraisals as rules
from zhibu_organization_life.rules.appraisals import Appraisal
from zhibu_organization_life.rules.grades import Grade
from zhibu_organization_life.rules.statements import rewriting_refusals
from zhibu_organization_life.service.appraisals.rolls import Roll, found, roll, say
from zhibu_organization_life.store import appraisals as store


async def of_oneself(
    act: Act,
    id: UUID,
    member_id: UUID | None,
    text: str,
    grade: Grade | None,
    *,
    reason: str | None = None,
) -> None:
    """Write a member's self-appraisal. What it said before is kept.

    Whoever writes over what another account wrote says why.
    """
    by = _own(act, member_id)
    appraisal, listed = await part_of(act, id, by)
    before = await store.said(act.session, act.tenant_id, id, by)
    refuse(
        [
            *rules.speaking_refusals(appraisal, text, listed.results, by=by, about=None),
            *rewriting_refusals(before, reason, by=act.caller.account_id),
        ]
    )
    values = {
        "self_text": text.strip(),
        "self_grade": grade,
        "self_by": act.caller.account_id,
        "self_at": act.now,
    }
    if before is not None and (before.text, before.grade) != (text.strip(), grade):
        row = {
            "id": new_id(),
            "appraisal_id": id,
            "member_id": by,
            **asdict(before),
            "reason": (reason or "").strip() or None,
            "replaced_by": act.caller.account_id,
            "replaced_at": act.now,
        }
        await store.keep(act.session, act.tenant_id, row)
    await store.change_results(act.session, act.tenant_id, id, {by: values})
    say(act, SELF_APPRAISED, appraisal, by, reason=reason)


async def of_another(
    act: Act, id: UUID, author_id: UUID | None, member_id: UUID, text: str
) -> None:
    """Write what one member says of another, over what he said before."""
    by = _own(act, author_id)
    appraisal, listed = await part_of(act, id, by)
    refuse(rules.speaking_refusals(appraisal, text, listed.results, by=by, about=member_id))
    row = {
        "id": new_id(),
        "appraisal_id": id,
        "member_id": member_id,
        "author_id": by,
        "text": text.strip(),
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.remark(act.session, act.tenant_id, row)
    say(act, REMARKED, appraisal, by)


async def part_of(act: Act, id: UUID, member_id: UUID) -> tuple[Appraisal, Roll]:
    """The appraisal and its list, for whoever may act for this member in it.

    One on whose list the member is not, and that the caller does not see, is not there.
    """
    appraisal = await found(act, id)
    act.require(actions.TAKE_PART, appraisal.path, member_id, seen_by=actions.APPRAISAL_READ)
    listed = await roll(act, appraisal)
    if member_id not in listed.results and not act.may(actions.APPRAISAL_READ, appraisal.path):
        raise NotFound()
    return appraisal, listed


def _own(act: Act, member_id: UUID | None) -> UUID:
    found = member_id or act.caller.member_id
    if found is None:
        raise NoMember(path=("member",))
    return found
