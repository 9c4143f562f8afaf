"""Filling forms in: who may, of which audit, and what stands in each line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import refuse
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import FormTooLong
from zhibu_audit_campaign.rules.checking import Result
from zhibu_audit_campaign.rules.forms import Source, Unit, grouped, stays_below, summed
from zhibu_audit_campaign.rules.plans import Level, Line, Part, Plan
from zhibu_audit_campaign.service.forms.declared import Form
from zhibu_audit_campaign.service.forms.words import METHODS
from zhibu_audit_campaign.store import forms as store

Row = Mapping[str, Any]
RESULTS = {Result.IN_ORDER: "正常", Result.ISSUE: "有问题", Result.UNKNOWN: "不清楚"}
WORDS = ("destination", "state", "contact")
UNCOUNTED = frozenset({*WORDS, "lost_since", "organization"})
PERSON = ("name", "gender", "birth_date", "nation", "education", "admitted_on", "full_on", "kind")


@dataclass(frozen=True, kw_only=True)
class Of:
    """Of which organizations in an audit lines are."""

    campaign_id: UUID
    where: store.Where


def asked(form: Form, line: Line) -> Action:
    """What somebody must be allowed to do to see a form: what stays below the committee is seen
    there alone, registers of who is lost by whoever may look into searches (S3A-36).
    """
    if stays_below(line) or form.source is Source.SHEETS:
        return actions.SHEET_READ
    open_to_all = form.is_summary or form.source is Source.GROUPS
    return actions.READ if open_to_all else actions.SEARCH_READ


async def filled(
    act: Act, place: Any, plan: Plan, form: Form, line: Line, *, most: int | None = None
) -> list[Row]:
    """The lines of a form at and below an organization, of branches that the caller may see.

    Raises `FormTooLong` above `most`.
    """
    action, of = asked(form, line), Of(campaign_id=place.campaign_id, where=place.path)
    if form.is_summary:
        rows, units = await _numbers(act, of, form)
        known = [Unit(path=each.path, name=each.name, level=Level(each.level)) for each in units]
        lines = grouped(_seen(act, rows, action), known, Level(place.level))
        return [*lines, summed(lines)] if lines else []
    found = await _lines(act, of, plan, form, None if most is None else most + 1)
    refuse([FormTooLong(path=("audited",), most=most)] if most and len(found) > most else [])
    return _seen(act, found, action)


async def filled_each(
    act: Act, of: Of, plan: Plan, form: Form, line: Line
) -> Mapping[str, Sequence[Row]]:
    """The lines of a form of each of some branches, by its path, as it has them on its own."""
    found: dict[str, list[Row]] = defaultdict(list)
    rows = (
        (await _numbers(act, of, form))[0]
        if form.is_summary
        else await _lines(act, of, plan, form, None)
    )
    for row in _seen(act, rows, asked(form, line)):
        found[row["path"]].append(row)
    if not form.is_summary:
        return found
    return {path: [*lines, summed(lines)] for path, lines in found.items()}


async def _lines(act: Act, of: Of, plan: Plan, form: Form, limit: int | None) -> list[Row]:
    makers = {
        Source.SHEETS: _people,
        Source.SEARCHES: _searches,
        Source.STEPS: _steps,
        Source.GROUPS: _groups,
    }
    return await makers[form.source](act, of, plan, form, limit)


def _seen(act: Act, rows: Sequence[Row], action: Action) -> list[Row]:
    may = {path: act.may(action, path) for path in {row["path"] for row in rows}}
    return [row for row in rows if may[row["path"]]]


async def _people(act: Act, of: Of, plan: Plan, form: Form, limit: int | None) -> list[Row]:
    at = (act.session, act.tenant_id, of.campaign_id, of.where)
    found = await store.people(*at, label=form.label, unreceipted=form.unreceipted, limit=limit)
    checks: dict[UUID, list[str]] = defaultdict(list)
    labels: dict[UUID, list[str]] = defaultdict(list)
    if any(column.key == "checks" for column in form.columns):
        names = {line.code: line.zh for part in (Part.CHECK, Part.LABEL) for line in plan.of(part)}
        for each in await store.checks(*at):
            said = f"（{each.note}）" if each.note else ""
            result = RESULTS[Result(each.result)]
            checks[each.sheet_id].append(f"{names.get(each.code, each.code)}：{result}{said}")
        for each in await store.labels(*at):
            labels[each.sheet_id].append(names.get(each.label, each.label))
    return [
        {
            **_person(row),
            "stage": row.stage,
            "streak": row.streak,
            **{key: getattr(row, key) for key in ("attended_on", "away_since", "contacted_on")},
            **{key: getattr(row, key) for key in ("heard_on", "letter_until", "note")},
            "checks": "；".join(checks[row.id]) or None,
            "labels": "、".join(labels[row.id]) or None,
        }
        for row in found
    ]


async def _searches(act: Act, of: Of, plan: Plan, form: Form, limit: int | None) -> list[Row]:
    at = (act.session, act.tenant_id, of.campaign_id, of.where)
    found = await store.searches(*at, outcome=form.outcome, limit=limit)
    ways: dict[UUID, dict[str, None]] = defaultdict(dict)
    for each in await store.steps(*at, limit=None):
        ways[each.search_id][str(METHODS.show(each.method))] = None
    return [
        {
            **_person(row),
            **{key: getattr(row, key) for key in ("lost_since", "circumstances", "cause")},
            **{key: getattr(row, key) for key in ("conduct", "concluded_on", "responsible")},
            "methods": "、".join(ways[row.id]) or None,
            "course": row.course,
            "settled": row.settled,
        }
        for row in found
    ]


async def _steps(act: Act, of: Of, plan: Plan, form: Form, limit: int | None) -> list[Row]:
    at = (act.session, act.tenant_id, of.campaign_id, of.where)
    return [
        {
            **_person(row),
            **{key: getattr(row, key) for key in ("happened_on", "method", "course", "by")},
            "outcome": row.outcome,
        }
        for row in await store.steps(*at, limit=limit)
    ]


async def _groups(act: Act, of: Of, plan: Plan, form: Form, limit: int | None) -> list[Row]:
    at = (act.session, act.tenant_id, of.campaign_id, of.where)
    return [dict(row._mapping) for row in await store.groups(*at, limit=limit)]


async def _numbers(act: Act, of: Of, form: Form) -> tuple[list[Row], Sequence[Any]]:
    """The numbers of each branch, and all organizations there."""
    at = (act.session, act.tenant_id, of.campaign_id, of.where)
    units = await store.units(*at)
    parts: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for each in await store.courses(*at):
        part = parts[each.organization_id]
        part[f"course_{each.course}"] = each.number
        part["settled"] = part.get("settled", 0) + each.number
    for each in await store.durations(*at):
        parts[each.organization_id] |= {"lost_since": each.since, "searching": each.searching}
    for each in await store.situations(*at, form.label) if form.label else []:
        parts[each.organization_id] |= {key: getattr(each, key) for key in WORDS}
    rows = [
        {
            **{
                column.key: _part(row, column.key, parts[row.organization_id])
                for column in form.columns
            },
            "path": row.path,
            "organization": row.name,
        }
        for row in units
        if row.level == Level.BRANCH
    ]
    return [*rows], units


def _part(row: Any, key: str, part: Mapping[str, Any]) -> Any:
    """What was counted or told of a branch, or its kept number; where there is none, nought."""
    if key in UNCOUNTED:
        return part.get(key)
    return part.get(key, getattr(row, key, 0))


def _person(row: Any) -> dict[str, Any]:
    return {
        "path": row.path,
        "organization": row.organization,
        **{key: getattr(row.Member, key) for key in PERSON},
    }
