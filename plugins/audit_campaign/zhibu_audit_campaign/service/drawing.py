"""Sampling branches by a seed that is kept, and questions asked upward."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions, errors
from zhibu_audit_campaign.public import ANSWERED, ASKED, DRAWN, QUESTION_WITHDRAWN, SAMPLED
from zhibu_audit_campaign.rules import drawing as rules
from zhibu_audit_campaign.rules.drawing import Found, Least
from zhibu_audit_campaign.rules.plans import Level, Part
from zhibu_audit_campaign.rules.work import Audited, going_on
from zhibu_audit_campaign.service.events import AUDITED, DRAW, QUESTION, SAMPLE, said
from zhibu_audit_campaign.service.loading import above, audited_for
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.store import campaigns
from zhibu_audit_campaign.store import drawing as store


async def draw(
    act: Act,
    id: UUID,
    *,
    percent: int | None = None,
    sector: str | None = None,
    among: Sequence[UUID] = (),
) -> UUID:
    """Draw branches at and below an organization, of every kind and size (S3A-22); a round by
    sector, among those of it (S3A-32).

    Nobody chooses the seed: it is made, and kept, so that anybody can draw again.
    """
    known = await audited_for(act, id, actions.REVIEW)
    least = act.parameters.value("audit_campaign.sample_percent", known.path, act.today)
    bands = act.parameters.wholes("audit_campaign.size_bands", known.path, act.today)
    every = await store.branches(act.session, act.tenant_id, known)
    branches = [each for each in every if each.id in among] if sector else every
    share = least.value if percent is None else percent
    branch = known.level is Level.BRANCH
    refuse(
        [
            *going_on(known),
            *([errors.LevelUnfit(path=("audited",), level=Level.DISTRICT)] if branch else []),
            *rules.sector_refusals(
                sector, among, await _sectors(act, known, sector), [each.id for each in every]
            ),
            *rules.drawing_refusals(
                branches, share, Least(percent=least.value or 0, basis=least.basis)
            ),
        ]
    )
    lot = token_hex(16)
    strata = rules.sample(branches, share, bands, lot)
    drawn = [(each, strata[each.id]) for each in branches if each.id in strata]
    made = new_id()
    values = {
        "id": made,
        "campaign_id": known.campaign_id,
        "organization_id": known.organization_id,
        "seed": lot,
        "percent": share,
        "branches": len(branches),
        "drawn": len(drawn),
        "bands": ",".join(map(str, bands)),
        "sector": sector,
        "among": sorted(map(str, among)) if sector else None,
        "drawn_on": act.today,
        "drawn_by": act.caller.account_id,
    }
    await store.add(act.session, act.tenant_id, values, drawn)
    said(act, DRAWN, (DRAW, made), known.path, seed=lot, rows=len(drawn))
    return made


async def _sectors(act: Act, known: Audited, sector: str | None) -> set[str]:
    """The sectors of the plan of an audit, where one is asked for."""
    if sector is None:
        return set()
    campaign = await campaigns.campaign(act.session, act.tenant_id, known.campaign_id)
    assert campaign is not None
    return {line.code for line in plan_copied(act, campaign, known.path).of(Part.FOCUS)}


async def find(act: Act, id: UUID, given: Found) -> None:
    """Tell what was found at a branch that was drawn; it is compared with what it reported."""
    known = await store.sampled(act.session, act.tenant_id, id)
    if known is None:
        raise NotFound()
    act.require(actions.REVIEW, known.path, seen_by=actions.READ)
    refuse(rules.finding_refusals(known, given, today=act.today))
    values = {
        "checked_on": given.on,
        "people": given.people,
        "lost": given.lost,
        "hanging": given.hanging,
        "floating": given.floating,
        "agrees": rules.agrees(known, given),
        "remark": given.remark.strip(),
    }
    await store.find(act.session, act.tenant_id, id, values)
    said(act, SAMPLED, (SAMPLE, id), known.path, on=given.on)


async def ask(act: Act, id: UUID, *, text: str) -> UUID:
    """Ask upward what is not clear, rather than handle it crudely (S3B-29, S3A-47)."""
    known = await audited_for(act, id, actions.ASK)
    refuse([*going_on(known), *([] if text.strip() else [errors.Unsaid(path=("text",))])])
    made = new_id()
    values = {
        "id": made,
        "audited_id": id,
        "organization_id": known.organization_id,
        "text": text.strip(),
        "asked_on": act.today,
        "asked_by": act.caller.account_id,
    }
    await store.ask(act.session, act.tenant_id, values)
    said(act, ASKED, (AUDITED, id), known.path)
    return made


async def withdraw(act: Act, id: UUID) -> None:
    """Take a question back that nobody has answered."""
    found = await store.question(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    known = await audited_for(act, found.audited_id, actions.ASK)
    refuse([*going_on(known), *_waits(found)])
    values = {"withdrawn_on": act.today}
    await store.change_question(act.session, act.tenant_id, id, values)
    said(act, QUESTION_WITHDRAWN, (QUESTION, id), known.path)


async def answer(act: Act, id: UUID, *, text: str) -> None:
    """Answer a question from below, at the level above; nobody answers his own."""
    found = await store.question(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    known = await above(act, found.audited_id, actions.ANSWER)
    own = found.asked_by is not None and found.asked_by == act.caller.account_id
    refuse(
        [
            *going_on(known),
            *_waits(found),
            *([errors.OwnWork(path=("question",))] if own else []),
            *([] if text.strip() else [errors.Unsaid(path=("text",))]),
        ]
    )
    values = {
        "answer": text.strip(),
        "answered_on": act.today,
        "answered_by": act.caller.account_id,
    }
    await store.change_question(act.session, act.tenant_id, id, values)
    said(act, ANSWERED, (QUESTION, id), known.path)


def _waits(found: Any) -> list[Conflict]:
    over = found.answered_on or found.withdrawn_on
    return [errors.Answered(path=("question",))] if over else []
