"""Plans, teachers, exemptions, certificates and funds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.members.public import member_of

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_education import actions
from zhibu_education.errors import CertificateVoid, ReasonMissing
from zhibu_education.rules import records as rules
from zhibu_education.rules.catalogues import ExemptionGround
from zhibu_education.service import catalogues
from zhibu_education.service.standings import refresh
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


async def make_plan(
    act: Act, organization_id: UUID, year: int, title: str, aims: str | None
) -> UUID:
    """Begin an organization's training plan for a year (S2-29)."""
    unit = await _unit(act, organization_id, actions.PLAN)
    refuse(
        rules.plan_refusals(
            exists=await store.plan_exists(act.session, act.tenant_id, organization_id, year),
            year=year,
        )
    )
    plan = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.Plan,
        {
            "id": plan,
            "organization_id": organization_id,
            "year": year,
            "title": title,
            "aims": aims,
            "version": 1,
        },
    )
    _say(act, "education.plan_made", ("EducationPlan", plan), unit.path, year=year, title=title)
    return plan


async def add_item(act: Act, plan_id: UUID, item: Item) -> UUID:
    """Put an intended session into a plan."""
    plan, unit = await _plan(act, plan_id)
    refuse(
        catalogues.unknown_words(
            act, date(plan["year"], item.month, 1), unit.path, topic=item.topic, form=item.form
        )
    )
    item_id = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.PlanItem,
        {
            "id": item_id,
            "plan_id": plan_id,
            "month": item.month,
            "title": item.title,
            "form": item.form,
            "topic": item.topic,
            "hours": item.hours,
            "audience": item.audience,
        },
    )
    _say(act, "education.plan_item_added", ("EducationPlan", plan_id), unit.path, title=item.title)
    return plan_id


async def remove_item(act: Act, item_id: UUID) -> UUID:
    """Take an intended session out of a plan."""
    item = await store.row(act.session, act.tenant_id, store.PlanItem, item_id)
    if item is None:
        raise NotFound()
    _, unit = await _plan(act, item["plan_id"])
    await store.remove_item(act.session, act.tenant_id, item_id)
    plan_id: UUID = item["plan_id"]
    _say(
        act,
        "education.plan_item_removed",
        ("EducationPlan", plan_id),
        unit.path,
        title=item["title"],
    )
    return plan_id


async def publish_plan(act: Act, plan_id: UUID) -> None:
    """Publish a plan as of today."""
    _, unit = await _plan(act, plan_id)
    refuse(
        rules.publication_refusals(items=await store.items_of(act.session, act.tenant_id, plan_id))
    )
    await store.change(act.session, act.tenant_id, store.Plan, plan_id, {"published_on": act.today})
    _say(act, "education.plan_published", ("EducationPlan", plan_id), unit.path)


async def add_teacher(act: Act, organization_id: UUID, values: dict[str, Any]) -> UUID:
    """Put a teacher on the roster: full-time or part-time, a member or somebody else (S2-30)."""
    unit = await _unit(act, organization_id, actions.TEACHERS)
    if values.get("member_id") is not None:
        await member_of(act, values["member_id"])
    refuse(rules.teacher_refusals(values["since"], values.get("until")))
    teacher = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.Teacher,
        {"id": teacher, "organization_id": organization_id, **values},
    )
    _say(
        act,
        "education.teacher_added",
        ("EducationTeacher", teacher),
        unit.path,
        name=values["name"],
    )
    return teacher


async def end_teacher(act: Act, teacher_id: UUID, until: date) -> None:
    """Take a teacher off the roster from a day on; the past stays."""
    teacher = await _row(act, store.Teacher, teacher_id)
    unit = await _unit(act, teacher["organization_id"], actions.TEACHERS)
    refuse(rules.teacher_refusals(teacher["since"], until))
    await store.change(act.session, act.tenant_id, store.Teacher, teacher_id, {"until": until})
    _say(
        act,
        "education.teacher_ended",
        ("EducationTeacher", teacher_id),
        unit.path,
        name=teacher["name"],
    )


async def exempt(
    act: Act, member_id: UUID, year: int, ground: ExemptionGround, consent: str
) -> UUID:
    """Exempt an elderly or ill member from a year's hours, with the consent it rests on."""
    member = await member_of(act, member_id)
    act.require(actions.EXEMPT, member.path)
    already = await store.exempt(act.session, act.tenant_id, member_id, year)
    refuse(rules.exemption_refusals(consent=consent, year=year, exempt=already))
    exemption = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.Exemption,
        {
            "id": exemption,
            "member_id": member_id,
            "year": year,
            "ground": ground,
            "consent": consent,
            "granted_on": act.today,
            "granted_by": act.caller.account_id,
        },
    )
    await refresh(act, {(member_id, year)})
    _say(
        act,
        "education.exempted",
        ("Member", member_id),
        member.path,
        member_id=member_id,
        year=year,
        ground=ground,
        consent=consent,
    )
    return member_id


async def end_exemption(act: Act, exemption_id: UUID, reason: str) -> UUID:
    """End an exemption; the member is held to the hours again."""
    exemption = await _row(act, store.Exemption, exemption_id)
    member = await member_of(act, exemption["member_id"])
    act.require(actions.EXEMPT, member.path)
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    await store.change(
        act.session, act.tenant_id, store.Exemption, exemption_id, store.ended(act.today, reason)
    )
    await refresh(act, {(member.id, exemption["year"])})
    _say(
        act,
        "education.exemption_ended",
        ("Member", member.id),
        member.path,
        member_id=member.id,
        year=exemption["year"],
        reason=reason,
    )
    return member.id


async def issue_certificate(act: Act, member_id: UUID, year: int) -> UUID:
    """Issue the numbered certificate of a year whose hours were reached."""
    member = await member_of(act, member_id)
    act.require(actions.CERTIFY, member.path)
    await refresh(act, {(member_id, year)})
    hours = await store.hours_of(act.session, act.tenant_id, member_id, year)
    issued = await store.serial_issued(act.session, act.tenant_id, member_id, year)
    refuse(rules.certificate_refusals(hours, issued=issued))
    serial = await store.last_serial(act.session, act.tenant_id, year) + 1
    certificate = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.Certificate,
        {
            "id": certificate,
            "member_id": member_id,
            "year": year,
            "serial": serial,
            "hours": hours.verified,
            "issued_on": act.today,
        },
    )
    _say(
        act,
        "education.certificate_issued",
        ("EducationCertificate", certificate),
        member.path,
        member_id=member_id,
        year=year,
        serial=serial,
    )
    return certificate


async def void_certificate(act: Act, certificate_id: UUID, reason: str) -> None:
    """Void a certificate; its number is not given out again."""
    certificate = await _row(act, store.Certificate, certificate_id)
    member = await member_of(act, certificate["member_id"])
    act.require(actions.CERTIFY, member.path)
    if certificate["voided_on"] is not None:
        raise CertificateVoid()
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    await store.change(
        act.session,
        act.tenant_id,
        store.Certificate,
        certificate_id,
        {"voided_on": act.today, "void_reason": reason},
    )
    _say(
        act,
        "education.certificate_voided",
        ("EducationCertificate", certificate_id),
        member.path,
        member_id=member.id,
        serial=certificate["serial"],
        reason=reason,
    )


async def record_expense(
    act: Act,
    organization_id: UUID,
    *,
    kind: str,
    on: date,
    fen: int,
    purpose: str,
    session_id: UUID | None = None,
) -> UUID:
    """Earmark funds for a year's training, or record what they were spent on (S2-31)."""
    unit = await _unit(act, organization_id, actions.FUND)
    await store.lock_funds(act.session, act.tenant_id, organization_id)
    budget, spent = await store.funds(act.session, act.tenant_id, organization_id, on.year)
    refuse(rules.expense_refusals(kind=kind, fen=fen, budget=budget, spent=spent))
    expense = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        store.Expense,
        {
            "id": expense,
            "organization_id": organization_id,
            "year": on.year,
            "kind": kind,
            "on": on,
            "fen": fen,
            "purpose": purpose,
            "session_id": session_id,
        },
    )
    happened = "education.funds_earmarked" if kind == "budget" else "education.funds_spent"
    _say(act, happened, ("EducationExpense", expense), unit.path, fen=fen, purpose=purpose)
    return expense


async def _unit(act: Act, organization_id: UUID, action: Action) -> Unit:
    unit = await organization_of(act, organization_id)
    act.require(action, unit.path)
    return unit


async def _plan(act: Act, plan_id: UUID) -> tuple[dict[str, Any], Unit]:
    plan = await _row(act, store.Plan, plan_id)
    return plan, await _unit(act, plan["organization_id"], actions.PLAN)


async def _row(act: Act, table: Any, id: UUID) -> dict[str, Any]:
    found = await store.row(act.session, act.tenant_id, table, id)
    if found is None:
        raise NotFound()
    return found


def _say(
    act: Act,
    name: str,
    subject: tuple[str, UUID],
    path: str,
    *,
    member_id: UUID | None = None,
    **facts: Any,
) -> None:
    act.record(
        Event(
            name=name,
            subject=subject,
            path=path,
            member_id=member_id,
            facts={key: str(value) for key, value in facts.items()},
        )
    )
