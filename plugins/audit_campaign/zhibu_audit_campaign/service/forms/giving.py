"""Giving forms out: as a page to print, or as a workbook. Either stands in the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import plain, render
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import FormUnknown, PlaceMissing, ReleaseMissing
from zhibu_audit_campaign.public import FORM_PRINTED
from zhibu_audit_campaign.rules.forms import form_refusals
from zhibu_audit_campaign.rules.plans import Level, Line, Part, Plan, PlanKind, read
from zhibu_audit_campaign.rules.releasing import Released, decided_since
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.forms.declared import FORMS, Form
from zhibu_audit_campaign.service.forms.filling import Row, asked, filled
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.store import forms as store
from zhibu_audit_campaign.store import releases

MOST = 2000
APPROVED = "audit_campaign.export_approved"
DAYS = "audit_campaign.release_days"


async def page(act: Act, audited_id: UUID, code: str, *, purpose: str) -> str:
    """A form to print, of an organization in an audit and below; who printed it is marked on it."""
    place, plan, form, line = await chosen(act, audited_id, code)
    refuse(form_refusals(line, Level(place.level), purpose))
    await carried_out(act, place, form, purpose, on=act.today, paths=[place.path])
    rows = await filled(act, place, plan, form, line, most=MOST)
    facts = {"form": form.title, "rows": len(rows), "purpose": purpose.strip()}
    said(act, FORM_PRINTED, (AUDITED, audited_id), place.path, **facts)
    at = act.now.astimezone(act.tenant.zone)
    return render(
        "listing.html",
        folders=[*act.templates],
        title=form.title,
        organization=place.name,
        day=act.today,
        mark=f"{act.caller.name} · {at:%Y-%m-%d %H:%M} · {purpose.strip()}",
        headings=("序号", *(column.title for column in form.columns)),
        rows=[_cells(number, row, form) for number, row in enumerate(rows, 1)],
        wide=tuple(range(1, len(form.columns) + 1)),
        notes=[f"{place.title}（{line.clause}）"],
        signers=("填表人", "党组织书记"),
        landscape=True,
    )


async def chosen(act: Act, audited_id: UUID, code: str) -> tuple[Any, Plan, Form, Line]:
    """A form of the plan, of an organization in an audit, for who may see what is on it.

    Raises `NotFound` after as many statements as where there is no such organization.
    """
    place = await placed(act, audited_id)
    return place, *picked(act, place, code)


async def placed(act: Act, audited_id: UUID) -> Any:
    """An organization in an audit, for who may see the audit there. Raises `NotFound`."""
    place = await store.place(act.session, act.tenant_id, audited_id)
    if place is None or not act.may(actions.READ, place.path):
        raise NotFound()
    return place


def picked(act: Act, place: Any, code: str, field: str = "form") -> tuple[Plan, Form, Line]:
    """A form of the plan, for who may see what is on it there. Raises `NotFound`."""
    plan = _plan(act, place)
    form, line = FORMS.get(code), _line(plan, code)
    refuse([FormUnknown(path=(field,), form=code)] if form is None or line is None else [])
    assert form is not None
    assert line is not None
    if not act.may(asked(form, line), place.path):
        raise NotFound()
    return plan, form, line


async def carried_out(
    act: Act,
    place: Any,
    form: Form,
    purpose: str,
    *,
    on: date,
    paths: Iterable[str],
    field: str = "form",
) -> None:
    """That somebody else approved it, where that is asked for at one of these paths and people are
    on the form.

    It is used on one day, as often as it takes: a page may not print, and a job may be lost.
    """
    if form.is_summary or not any(act.parameters.yes(APPROVED, path, act.today) for path in paths):
        return
    asked_for = (form.code, purpose.strip(), act.caller.account_id)
    since = decided_since(on, act.parameters.whole(DAYS, place.path, on))
    id = await releases.approved(
        act.session, act.tenant_id, place.id, asked_for, today=on, since=since
    )
    refuse([ReleaseMissing(path=(field,))] if id is None else [])
    assert id is not None
    values = {"state": Released.CARRIED_OUT, "carried_on": on}
    await releases.change(act.session, act.tenant_id, id, values)


async def workbook(act: Act, filters: Mapping[str, Any], form: Form) -> list[Row]:
    """The lines of a form of the organization `filters["organization"]` and below, of the latest
    audit that has the form and that it takes part in. Raises `NotFound` where the caller may see
    none, as where there is none.
    """
    refuse([] if filters.get("organization") else [PlaceMissing(path=("organization",))])
    unit = await organization_of(act, row_of(filters["organization"], "Organization"))
    act.require(actions.READ, unit.path)
    for place in await store.places(act.session, act.tenant_id, unit.id):
        plan = _plan(act, place)
        line = _line(plan, form.code)
        if line is not None and act.may(asked(form, line), unit.path):
            purpose = filters.get("purpose") or ""
            refuse(form_refusals(line, Level(place.level), purpose))
            await carried_out(act, place, form, purpose, on=act.today, paths=[place.path])
            return await filled(act, place, plan, form, line)
    raise NotFound()


def _plan(act: Act, place: Any) -> Plan:
    kind = PlanKind(place.plan)
    if place.lines is None:
        return plan_at(act, kind, place.path, place.opened_on)
    return read(kind, place.lines)


def _line(plan: Plan, code: str) -> Line | None:
    return next((line for line in plan.of(Part.FORM) if line.code == code), None)


def _cells(number: int, row: Row, form: Form) -> tuple[Any, ...]:
    return (number, *(plain(column.show(row.get(column.key))) for column in form.columns))
