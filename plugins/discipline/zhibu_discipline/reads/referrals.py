"""Who sees what was handed over to the discipline body."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from zhibu.organizations.reads import ORGANIZATIONS, below, path_of_organization
from zhibu_discipline.reads.cases import OfMember, OfOrganization
from zhibu_discipline.rules.referrals import KNOWN, WAITING, Stand
from zhibu_discipline.tables import DisciplineFollowUp, DisciplineReferral

REFERRAL: Any = DisciplineReferral.__table__
FOLLOW_UP: Any = DisciplineFollowUp.__table__
READ = "discipline:referral:read"


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read hand-overs of the branch; and the member, once there is an answer."""
    path, known = path_of_organization(row), row.c.state.in_(sorted(KNOWN))
    return or_(env.may(READ, path), and_(known, env.may(READ, path, row.c.member_id)))


def in_force(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether a punishment has its influence today."""
    ends = or_(row.c.until.is_(None), row.c.until > env.today)
    return and_(row.c.state == Stand.ANSWERED, row.c.punishment.is_not(None), ends)


def of_member(of: OfMember, target: Any, env: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = target.c.member_id == of.member.c.id
    return found


def waiting(of: OfOrganization, env: Any) -> ColumnElement[int]:
    """How many were handed over here or below and not answered, as far as the caller may read."""
    row, unit = REFERRAL.alias(), ORGANIZATIONS.alias()
    return (
        select(func.count())
        .select_from(row.join(unit, unit.c.id == row.c.organization_id))
        .where(
            below(unit.c.path, of.organization.c.path),
            seen(row, of.env),
            row.c.state.in_(sorted(WAITING)),
        )
        .scalar_subquery()
    )
