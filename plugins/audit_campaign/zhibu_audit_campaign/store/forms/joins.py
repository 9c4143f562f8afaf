"""How the tables of audits hang together, and what is at and below a path."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_

from zhibu.organizations.tables import Organization
from zhibu_audit_campaign.rules.checking import Judged
from zhibu_audit_campaign.store.work import ISSUE, SHEET

Where = str | Sequence[UUID]  # at and below a path, or of these organizations


def within(table: Any, tenant_id: UUID, campaign_id: UUID, where: Where) -> list[Any]:
    mine = [table.c.tenant_id == tenant_id, table.c.campaign_id == campaign_id]
    if not isinstance(where, str):
        return [*mine, table.c.organization_id.in_(where)]
    return [*mine, *below(where)]


def below(path: str) -> tuple[Any, Any]:
    return Organization.path >= path, Organization.path < path[:-1] + "/"


def unit_of(table: Any) -> Any:
    return and_(
        Organization.tenant_id == table.c.tenant_id, Organization.id == table.c.organization_id
    )


def member_of(member: Any, id: Any) -> Any:
    return and_(member.tenant_id == id.table.c.tenant_id, member.id == id)


def on_sheet(table: Any) -> Any:
    return and_(table.c.tenant_id == SHEET.c.tenant_id, table.c.sheet_id == SHEET.c.id)


def confirmed() -> Any:
    return ISSUE.c.state == Judged.CONFIRMED
