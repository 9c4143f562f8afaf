"""Telling scoring of punishments: with what records them, and what it missed every night."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.jobs.work import Schedule, Task
from zhibu.organizations.public import organization_of
from zhibu_discipline import actions
from zhibu_discipline.rules.referrals import Answer, Punishment, Referral
from zhibu_discipline.service import terms
from zhibu_discipline.store import referrals
from zhibu_scoring.asking import SCORING, Fact, FactKind, tell, untell, untold

KIND = "DisciplineReferral"


async def count(
    act: Act,
    referral: Referral,
    given: Answer,
    known: Punishment | None,
    reason: str,
    *,
    late: bool = False,
) -> bool:
    """Let the points of the member follow what was decided; the branch decides about them.

    Whether scoring knows of it now.
    """
    if known is None or known.counts is None or known.counts not in {*FactKind}:
        await untell(act, kind=KIND, id=referral.id, reason=reason)
        return False
    fact = Fact(
        member_id=referral.member_id,
        kind=FactKind(known.counts),
        title=f"{known.zh}处分",
        document=given.document.strip(),
        decided_on=given.decided_on,
    )
    return await tell(act, fact, kind=KIND, id=referral.id, late=late) is not None


async def _nightly(task: Task) -> Mapping[str, Any]:
    """Each in a transaction of its own: what was recorded while scoring was off there."""
    async with task.act() as act:
        first = date(act.today.year - 1, 1, 1)
        known = await referrals.punished_since(act.session, act.tenant_id, first)
        missed = await untold(act, kind=KIND, ids=known)
    told = 0
    for id in sorted(missed):
        async with task.act() as act:
            told += await _tell(act, id)
    return {"missed": len(missed), "told": told}


async def _tell(act: Act, id: UUID) -> bool:
    referral = await referrals.referral(act.session, act.tenant_id, id)
    answer = await referrals.answer_of(act.session, act.tenant_id, id)
    if referral is None or answer is None:
        return False
    home = await organization_of(act, referral.organization_id, seen_by=None)
    if not act.switches.enabled(actions.READ.plugin, home.path):
        return False
    known = terms.punishment(act, answer.punishment, home.path, answer.decided_on)
    return known is not None and await count(act, referral, answer, known, "", late=True)


async def _wanted(platform: Any, tenant: Any) -> bool:
    switches = (await platform.snapshot(tenant.id)).switches
    return all(switches.anywhere(plugin) for plugin in (actions.READ.plugin, SCORING))


NIGHTLY = Schedule(
    name="discipline.tell_daily", at=time(2, 10), run=_nightly, when=_wanted, retries=3, long=True
)
