"""What an organization keeps for its training: plans and the roster of teachers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import Unit, organization_of
from zhibu_education import actions
from zhibu_education.errors import TitleMissing
from zhibu_education.public import (
    PLAN_ITEM_ADDED,
    PLAN_ITEM_REMOVED,
    PLAN_MADE,
    PLAN_PUBLISHED,
    TEACHER_ADDED,
    TEACHER_ENDED,
)
from zhibu_education.rules import records as rules
from zhibu_education.service import catalogues
from zhibu_education.service.rows import event
from zhibu_education.store import records as store


@dataclass(frozen=True, kw_only=True)
class Item:
    """An intended session: month of the plan's year, class hours, and for whom."""

    month: int
    title: str
    form: str
    topic: str
    hours: Decimal
    audience: str | None = None


@dataclass(frozen=True, kw_only=True)
class Teacher:
    """Somebody who teaches, full-time or part-time, a member or not, from a day to before one."""

    name: str
    full_time: bool
    since: date
    until: date | None = None
    member_id: UUID | None = None
    title: str | None = None
    subjects: str | None = None


async def make_plan(
    act: Act, organization_id: UUID, year: int, title: str, aims: str | None
) -> UUID:
    """Begin an organization's training plan for a year (S2-29)."""
    unit = await _unit(act, organization_id, actions.PLAN)
    exists = await store.plan_exists(act.session, act.tenant_id, organization_id, year)
    refuse(rules.plan_refusals(exists=exists, year=year, title=title))
    plan = {
        "id": new_id(),
        "organization_id": organization_id,
        "year": year,
        "title": title,
        "aims": aims,
        "version": 1,
    }
    await store.add(act.session, act.tenant_id, store.Plan, plan)
    return _said(act, PLAN_MADE, "EducationPlan", plan["id"], unit, year=year, title=title)


async def add_item(act: Act, plan_id: UUID, item: Item) -> UUID:
    """Put an intended session into a plan."""
    plan, unit = await _plan(act, plan_id)
    faults = [*rules.item_refusals(month=item.month, title=item.title, hours=item.hours)]
    day = date(plan["year"], item.month if 1 <= item.month <= 12 else 1, 1)
    words = catalogues.unknown_words(act, day, unit.path, topic=item.topic, form=item.form)
    refuse([*faults, *words, *rules.sight_refusals(withdrawn_on=plan["withdrawn_on"])])
    row = {
        "id": new_id(),
        "plan_id": plan_id,
        "month": item.month,
        "title": item.title,
        "form": item.form,
        "topic": item.topic,
        "hours": item.hours,
        "audience": item.audience,
    }
    await store.add(act.session, act.tenant_id, store.PlanItem, row)
    return _said(act, PLAN_ITEM_ADDED, "EducationPlan", plan_id, unit, title=item.title)


async def remove_item(act: Act, item_id: UUID) -> UUID:
    """Take an intended session out of a plan that is not published; the plan's id."""
    item = await _row(act, store.PlanItem, item_id)
    plan, unit = await _plan(act, item["plan_id"])
    used = await store.item_used(act.session, act.tenant_id, item_id)
    refuse(rules.removal_refusals(published_on=plan["published_on"], used=used))
    await store.remove_item(act.session, act.tenant_id, item_id)
    return _said(act, PLAN_ITEM_REMOVED, "EducationPlan", plan["id"], unit, title=item["title"])


async def publish_plan(act: Act, plan_id: UUID) -> None:
    """Publish a plan as of today."""
    plan, unit = await _plan(act, plan_id)
    items = await store.items_of(act.session, act.tenant_id, plan_id)
    refused = rules.publication_refusals(items=items, published_on=plan["published_on"])
    refuse([*refused, *rules.sight_refusals(withdrawn_on=plan["withdrawn_on"])])
    values = {"published_on": act.today, "version": plan["version"] + 1}
    await store.change(act.session, act.tenant_id, store.Plan, plan_id, values)
    _said(act, PLAN_PUBLISHED, "EducationPlan", plan_id, unit, title=plan["title"])


async def add_teacher(act: Act, organization_id: UUID, teacher: Teacher) -> UUID:
    """Put a teacher on the roster (S2-30)."""
    unit = await _unit(act, organization_id, actions.TEACHERS)
    if teacher.member_id is not None:
        await member_of(act, teacher.member_id)
    blank = [] if teacher.name.strip() else [TitleMissing(path=("name",))]
    refuse([*blank, *rules.teacher_refusals(teacher.since, teacher.until)])
    row = {"id": new_id(), "organization_id": organization_id, **vars(teacher)}
    await store.add(act.session, act.tenant_id, store.Teacher, row)
    return _said(act, TEACHER_ADDED, "EducationTeacher", row["id"], unit, name=teacher.name)


async def end_teacher(act: Act, teacher_id: UUID, until: date) -> None:
    """Take a teacher off the roster from a day on; the past stays."""
    teacher = await _row(act, store.Teacher, teacher_id)
    unit = await _unit(act, teacher["organization_id"], actions.TEACHERS)
    refuse(rules.teacher_refusals(teacher["since"], until))
    await store.change(act.session, act.tenant_id, store.Teacher, teacher_id, {"until": until})
    _said(act, TEACHER_ENDED, "EducationTeacher", teacher_id, unit, name=teacher["name"], on=until)


async def _unit(act: Act, organization_id: UUID, action: Action) -> Unit:
    unit = await organization_of(act, organization_id)
    act.require(action, unit.path)
    return unit


async def _plan(act: Act, plan_id: UUID) -> tuple[dict[str, Any], Unit]:
    plan = await _row(act, store.Plan, plan_id)
    unit = await organization_of(act, plan["organization_id"])
    act.require(actions.PLAN, unit.path)
    return plan, unit


async def _row(act: Act, table: Any, id: UUID) -> dict[str, Any]:
    found = await store.row(act.session, act.tenant_id, table, id)
    if found is None:
        raise NotFound()
    return found


def _said(act: Act, happened: str, kind: str, id: Any, unit: Unit, /, **facts: Any) -> UUID:
    act.record(event(happened, (kind, id), unit.path, **facts))
    found: UUID = id
    return found
