"""Follow-up help for who was removed, and taking such an entry back."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_discipline import actions
from zhibu_discipline.errors import ReasonMissing
from zhibu_discipline.public import FOLLOW_UP_WITHDRAWN, FOLLOWED_UP
from zhibu_discipline.rules.cases import Case
from zhibu_discipline.rules.following import following_refusals
from zhibu_discipline.service.cases import case_for
from zhibu_discipline.service.events import said
from zhibu_discipline.store import cases, referrals


async def follow_up(act: Act, case_id: UUID, *, what: str, on: date | None = None) -> UUID:
    """Record how somebody who was removed was helped on, on a day (S3D-33); the entry."""
    case, home = await case_for(act, case_id, actions.DELIVER)
    day = on or act.today
    refuse(following_refusals(case, what=what, on=day, today=act.today))
    id = new_id()
    values = {
        "id": id,
        "case_id": case.id,
        "helped_on": day,
        "what": what.strip(),
        "entered_by": act.caller.account_id,
        "entered_on": act.today,
    }
    await referrals.add_help(act.session, act.tenant_id, values)
    await _note(act, case)
    said(act, FOLLOWED_UP, case, home.path, on=day)
    return id


async def withdraw_follow_up(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take such an entry back; the disposition."""
    case_id = await referrals.help_case(act.session, act.tenant_id, id)
    if case_id is None:
        raise NotFound()
    case, home = await case_for(act, case_id, actions.DELIVER)
    refuse([] if reason.strip() else [ReasonMissing(path=("reason",))])
    await referrals.withdraw_help(act.session, act.tenant_id, id, act.today, reason.strip())
    await _note(act, case)
    said(act, FOLLOW_UP_WITHDRAWN, case, home.path, reason=reason.strip())
    return case.id


async def _note(act: Act, case: Case) -> None:
    """Let the disposition say when somebody was helped on last."""
    last = await referrals.last_helped(act.session, act.tenant_id, case.id)
    await cases.change(act.session, act.tenant_id, case.id, {"helped_on": last})
