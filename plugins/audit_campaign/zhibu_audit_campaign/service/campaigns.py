"""Opening an audit, giving its stages other days, ending it, and calling it off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.jobs import service as jobs
from zhibu.organizations.public import Unit, organization_of, path_on
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import CANCELLED, ENDED, OPENED, RESUMED, STAGE_MOVED
from zhibu_audit_campaign.rules import campaigns as rules
from zhibu_audit_campaign.rules.campaigns import Campaign, Dates, Opening, State, Warned
from zhibu_audit_campaign.service import freezing
from zhibu_audit_campaign.service.events import CAMPAIGN, said
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.store import campaigns as store


async def open(act: Act, organization_id: UUID, opening: Opening) -> UUID:
    """Open an audit in an organization and below. Its list is made now, as of the day that was
    said; of very many members by a job, and it stands as `preparing` until then.
    """
    unit = await organization_of(act, organization_id, hold=True)
    act.require(actions.OPEN, unit.path, seen_by=ORGANIZATION_READ)
    plan = plan_at(act, opening.plan, unit.path, act.today)
    then = await path_on(act, unit.id, opening.as_of)
    going_on = await store.going_on(act.session, act.tenant_id, unit.id, opening.plan)
    refuse(
        rules.opening_refusals(
            opening, plan, there=then is not None, going_on=going_on, today=act.today
        )
    )
    assert then is not None
    large = await freezing.is_large(act, plan, then, unit.path, opening.as_of)
    id = new_id()
    values = {
        "id": id,
        "organization_id": unit.id,
        "plan": opening.plan,
        "title": opening.title.strip(),
        "document": (opening.document or "").strip() or None,
        "state": State.PREPARING,
        "as_of": opening.as_of,
        "sheets": 0,
        "opened_on": act.today,
        "opened_by": act.caller.account_id,
        "lines": [*plan.rows],
    }
    found = rules.stages(plan, opening.dates)
    await store.open(act.session, act.tenant_id, values, found)
    facts = {"plan": opening.plan, "title": values["title"], "on": opening.as_of}
    said(act, OPENED, (CAMPAIGN, id), unit.path, **facts)
    if large:
        await jobs.enqueue(act, freezing.FREEZE, {"campaign": id.hex}, unit.path)
    else:
        await freezing.freeze(act, id)
    return id


async def move_stage(
    act: Act, id: UUID, dates: Dates, *, reason: str | None, version: int | None = None
) -> None:
    """Give a stage other days, with a reason; odd ones are warned of and allowed (A-13, A-14)."""
    known, unit = await for_change(act, id)
    stages = await store.stages(act.session, act.tenant_id, id)
    refuse(
        [
            *rules.changing_refusals(
                known, State.PREPARING, State.OPEN, reason=reason, version=version
            ),
            *rules.stage_refusals(dates, stages),
        ]
    )
    await store.move_stage(act.session, act.tenant_id, id, dates.code, dates.since, dates.until)
    facts = {"stage": dates.code, "since": dates.since, "until": dates.until}
    await _say(act, STAGE_MOVED, known, unit, {}, **facts, reason=reason)


async def end(act: Act, id: UUID, *, reason: str | None, version: int | None = None) -> None:
    """End an audit; it stays as it is, to be read and compared."""
    known, unit = await for_change(act, id)
    refuse(rules.changing_refusals(known, State.OPEN, reason=reason, version=version))
    values = {"state": State.ENDED, "ended_on": act.today, "end_reason": reason}
    await _say(act, ENDED, known, unit, values, reason=reason)


async def resume(act: Act, id: UUID, *, reason: str | None, version: int | None = None) -> None:
    """Take an audit up again that was ended by mistake, or too early."""
    known, unit = await for_change(act, id)
    going_on = await store.going_on(act.session, act.tenant_id, unit.id, known.plan)
    refuse(
        [
            *rules.changing_refusals(known, State.ENDED, reason=reason, version=version),
            *rules.alone_refusals(going_on),
        ]
    )
    values = {"state": State.OPEN, "ended_on": None, "end_reason": None}
    await _say(act, RESUMED, known, unit, values, reason=reason)


async def cancel(act: Act, id: UUID, *, reason: str | None, version: int | None = None) -> None:
    """Call off an audit that was opened by mistake; it counts for nothing."""
    known, unit = await for_change(act, id)
    allowed = (State.PREPARING, State.OPEN)
    refuse(rules.changing_refusals(known, *allowed, reason=reason, version=version))
    values = {"state": State.CANCELLED, "ended_on": act.today, "end_reason": reason}
    await _say(act, CANCELLED, known, unit, values, reason=reason)


async def warnings_of(act: Act, id: UUID) -> Sequence[Warned]:
    """What is odd about the days of an audit's stages.

    Raises `NotFound` where the caller may not look, after as many statements as where there is no
    such audit.
    """
    path, found = await store.stages_at(act.session, act.tenant_id, id)
    if path is None or not act.may(actions.READ, path):
        raise NotFound()
    return [*rules.warnings(found)]


async def for_change(act: Act, id: UUID) -> tuple[Campaign, Unit]:
    """An audit that is to be changed as a whole, and where it is carried out."""
    known = await store.campaign(act.session, act.tenant_id, id, hold=True)
    if known is None:
        raise NotFound()
    unit = await organization_of(act, known.organization_id)
    act.require(actions.OPEN, unit.path, seen_by=actions.READ)
    return known, unit


async def _say(
    act: Act, name: str, known: Campaign, unit: Unit, values: dict[str, Any], **facts: Any
) -> None:
    changed = {**values}
    if isinstance(changed.get("end_reason"), str):
        changed["end_reason"] = changed["end_reason"].strip()
    await store.change(act.session, act.tenant_id, known.id, changed)
    about = (CAMPAIGN, known.id)
    said(act, name, about, unit.path, plan=known.plan, title=known.title, **facts)
