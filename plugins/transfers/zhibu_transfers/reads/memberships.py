"""Who sees what is decided about a membership, and whether the register still says so."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from zhibu.members.reads import STAGES, path_of_member
from zhibu.organizations.reads import as_of, lasting, organizations_inside, path_of_organization
from zhibu_transfers.reads.cases import READ
from zhibu_transfers.tables import TransfersMembership, TransfersSearch

MEMBERSHIP: Any = TransfersMembership.__table__
SEARCH: Any = TransfersSearch.__table__


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read it in the branch that asked, or where the member belongs; and the member."""
    return or_(
        env.may(READ, path_of_organization(row), row.c.member_id),
        env.may(READ, path_of_member(row), row.c.member_id),
    )


def of_matter(row: Any, env: Any) -> ColumnElement[bool]:
    """A search is seen by whoever sees the matter."""
    matter = MEMBERSHIP.alias()
    found: ColumnElement[bool] = row.c.membership_id.in_(
        select(matter.c.id).where(seen(matter, env))
    )
    return found


def path_of_search(row: Any) -> ColumnElement[str]:
    """The path of the branch whose matter a search is about."""
    matter = MEMBERSHIP.alias()
    found: ColumnElement[str] = (
        select(path_of_organization(matter))
        .where(matter.c.id == row.c.membership_id)
        .correlate(row)
        .scalar_subquery()
    )
    return found


def inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    return organizations_inside(row.c.organization_id, args.row("organization", "Organization"))


def holds(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether the membership is stopped by it today, or was on the day asked for."""
    period = STAGES.alias()
    day = as_of(env)
    return exists(
        select(period.c.id).where(
            *_stop(period, row), lasting(period, env.today if day is None else day)
        )
    )


def ended_on(row: Any, env: Any) -> ColumnElement[Any]:
    """When the stop ended: restored, or the membership over."""
    period = STAGES.alias()
    return select(period.c.until).where(*_stop(period, row)).limit(1).scalar_subquery()


def suggested(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether it lasts so long that treating the membership as given up is suggested."""
    day = as_of(env)
    return and_(
        holds(row, env),
        func.coalesce(row.c.review_on <= (env.today if day is None else day), false()),
    )


def _stop(period: Any, row: Any) -> tuple[ColumnElement[bool], ...]:
    """The period of the register that a stop made; none where it was taken back."""
    return (
        row.c.matter == "stop",
        row.c.standing == "granted",
        period.c.member_id == row.c.member_id,
        period.c.stage == "stopped",
        period.c.since == row.c.effective_on,
    )
