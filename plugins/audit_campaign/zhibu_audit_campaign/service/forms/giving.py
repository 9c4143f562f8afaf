"""Giving forms out: as a page to print, or as a workbook. Either stands in the ledger."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import plain, render
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import FormUnknown, PlaceMissing
from zhibu_audit_campaign.public import FORM_PRINTED
from zhibu_audit_campaign.rules.forms import form_refusals
from zhibu_audit_campaign.rules.plans import Level, Line, Part, Plan, PlanKind, read
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.forms.declared import FORMS, Form
from zhibu_audit_campaign.service.forms.filling import Row, asked, filled
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.store import forms as store

MOST = 2000


async def page(act: Act, audited_id: UUID, code: str, *, purpose: str) -> str:
    """A form to print, of an organization in an audit and below; who printed it is marked on it.

    Raises `NotFound` after as many statements as where there is no such organization.
    """
    place = await store.place(act.session, act.tenant_id, audited_id)
    if place is None or not act.may(actions.READ, place.path):
        raise NotFound()
    plan = _plan(act, place)
    form, line = FORMS.get(code), _line(plan, code)
    refuse([FormUnknown(path=("form",), form=code)] if form is None or line is None else [])
    assert form is not None
    assert line is not None
    if not act.may(asked(form, line), place.path):
        raise NotFound()
    refuse(form_refusals(line, Level(place.level), purpose))
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
            refuse(form_refusals(line, Level(place.level), filters.get("purpose") or ""))
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
