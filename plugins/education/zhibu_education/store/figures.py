"""The numbers education keeps per organization and year, of members who have not left."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, and_, extract, func, or_, select, type_coerce

from zhibu.contributions import Figure
from zhibu.members.tables import Member
from zhibu_education.rules.catalogues import CreditState, SessionState
from zhibu_education.tables import Credit, Session, Standing


def _standings(value: Any, *where: Any) -> Any:
    def per_organization(tenant_id: UUID) -> Any:
        found: Any = (
            select(
                Member.organization_id.label("organization_id"),
                value.label("value"),
                Standing.year.label("period"),
            )
            .join(
                Standing,
                and_(Standing.tenant_id == Member.tenant_id, Standing.member_id == Member.id),
            )
            .where(Member.tenant_id == tenant_id, Member.left_on.is_(None), *where)
            .group_by(Member.organization_id, Standing.year)
        )
        return found

    return per_organization


def _sessions(tenant_id: UUID) -> Any:
    year = extract("year", Session.held_on)
    found: Any = (
        select(
            Session.organization_id.label("organization_id"),
            func.count().label("value"),
            year.label("period"),
        )
        .where(Session.tenant_id == tenant_id, Session.state == SessionState.HELD)
        .group_by(Session.organization_id, year)
    )
    return found


def _unlike_credits(tenant_id: UUID) -> Any:
    """Standings, of whoever left as well, that say other hours than the credits add up to."""
    found: Any = (
        select(
            Member.organization_id.label("organization_id"),
            func.count().label("value"),
            Standing.year.label("period"),
        )
        .join(
            Standing,
            and_(Standing.tenant_id == Member.tenant_id, Standing.member_id == Member.id),
        )
        .where(
            Member.tenant_id == tenant_id,
            or_(
                Standing.verified != _added_up(CreditState.VERIFIED),
                Standing.pending != _added_up(CreditState.PENDING),
            ),
        )
        .group_by(Member.organization_id, Standing.year)
    )
    return found


def _added_up(state: CreditState) -> Any:
    return (
        select(func.coalesce(func.sum(Credit.counted), 0))
        .where(
            Credit.tenant_id == Standing.tenant_id,
            Credit.member_id == Standing.member_id,
            Credit.year == Standing.year,
            Credit.state == state,
        )
        .scalar_subquery()
    )


def _hundredths(column: Any) -> Any:
    return type_coerce(func.sum(column), BigInteger)


FIGURES = [
    Figure(
        name="education.members",
        per_organization=_standings(func.count(), Standing.required > 0),
    ),
    Figure(
        name="education.met",
        per_organization=_standings(
            func.count(),
            Standing.required > 0,
            Standing.verified >= Standing.required,
        ),
    ),
    Figure(name="education.hours", per_organization=_standings(_hundredths(Standing.verified))),
    Figure(name="education.pending", per_organization=_standings(_hundredths(Standing.pending))),
    Figure(name="education.sessions", per_organization=_sessions),
]
STANDINGS = Figure(name="education.standings_wrong", per_organization=_unlike_credits, wrong=True)
