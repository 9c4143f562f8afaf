"""The numbers dues keep per organization and year, of members who belong there now."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from zhibu.contributions import Figure
from zhibu.members.tables import Member
from zhibu_dues.rules.handovers import HandoverState
from zhibu_dues.tables import DuesHandover, DuesMonth, DuesPayment


def _months(value: Any) -> Any:
    def per_organization(tenant_id: UUID) -> Any:
        return (
            select(
                Member.organization_id.label("organization_id"),
                value.label("value"),
                DuesMonth.year.label("period"),
            )
            .join(
                DuesMonth,
                and_(DuesMonth.tenant_id == Member.tenant_id, DuesMonth.member_id == Member.id),
            )
            .where(Member.tenant_id == tenant_id)
            .group_by(Member.organization_id, DuesMonth.year)
        )

    return per_organization


def _collected(tenant_id: UUID) -> Any:
    return (
        select(
            DuesPayment.organization_id.label("organization_id"),
            func.sum(DuesPayment.fen + DuesPayment.voluntary_fen).label("value"),
            DuesPayment.year.label("period"),
        )
        .where(DuesPayment.tenant_id == tenant_id, DuesPayment.voided_on.is_(None))
        .group_by(DuesPayment.organization_id, DuesPayment.year)
    )


def _handed(tenant_id: UUID) -> Any:
    return (
        select(
            DuesHandover.organization_id.label("organization_id"),
            func.sum(DuesHandover.fen).label("value"),
            DuesHandover.year.label("period"),
        )
        .where(DuesHandover.tenant_id == tenant_id, DuesHandover.state != HandoverState.RETURNED)
        .group_by(DuesHandover.organization_id, DuesHandover.year)
    )


FIGURES = [
    Figure(
        name="dues.members",
        per_organization=_months(func.count(DuesMonth.member_id.distinct())),
    ),
    Figure(name="dues.owed", per_organization=_months(func.sum(DuesMonth.owed_fen))),
    Figure(name="dues.paid", per_organization=_months(func.sum(DuesMonth.paid_fen))),
    Figure(name="dues.collected", per_organization=_collected),
    Figure(name="dues.handed", per_organization=_handed),
]
