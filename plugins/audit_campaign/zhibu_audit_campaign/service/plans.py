"""Plans as the parameters in force have them, at a place and on a day."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import refuse
from zhibu.organizations.public import organization_of
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import PlanFaulty
from zhibu_audit_campaign.rules import plans as rules
from zhibu_audit_campaign.rules.campaigns import Campaign
from zhibu_audit_campaign.rules.plans import Plan, PlanKind

PARAMETERS = {
    PlanKind.EDUCATION: "audit_campaign.plan_education",
    PlanKind.DISTRICT: "audit_campaign.plan_district",
    PlanKind.CITY: "audit_campaign.plan_city",
    PlanKind.TOWN: "audit_campaign.plan_town",
}


def plan_at(act: Act, kind: PlanKind, path: str, on: date) -> Plan:
    """The plan in force there that day. Raises `PlanFaulty` where it cannot be carried out."""
    found = act.parameters.value(PARAMETERS[kind], path, on)
    rows = found.value or []
    wrong = [*rules.faults(rows)]
    refuse([PlanFaulty(path=("plan",), basis=found.basis, faults=wrong)] if wrong else [])
    return rules.read(kind, rows, found.basis)


def plan_copied(act: Act, campaign: Campaign, path: str) -> Plan:
    """The plan of an audit as it stood when it was opened; amended later, it changes nothing.

    One that was opened before plans were copied has the one in force there on its first day.
    """
    if campaign.lines is None:
        return plan_at(act, campaign.plan, path, campaign.opened_on)
    return rules.read(campaign.plan, campaign.lines)


async def plan_of(act: Act, organization_id: UUID, kind: PlanKind, on: date | None) -> Plan:
    """The plan that an organization would carry out on a day, today if none is said."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    return plan_at(act, kind, unit.path, on or act.today)
