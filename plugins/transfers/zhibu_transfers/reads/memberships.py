"""Who sees what is decided about a membership, and whether the register still says so."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from zhibu.members.reads import STAGES, path_of_member
from zhibu.organizations.reads import as_of, lasting, organizations_inside, path_of_organization
from zhibu_transfers.reads.cases import READ
from zhibu_transfers.tables import TransfersContact, TransfersMembership, TransfersSearch

MEMBERSHIP: Any = TransfersMembership.__table__
SEARCH: Any = TransfersSearch.__table__
CONTACT: Any = TransfersContact.__table__


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read it in the branch that asked, or where the member belongs; and the member."""
    return or_(
        env.may(READ, path_of_organization(row), row.c.member_id),
        env.may(READ, path_of_member(row), row.c.member_id),
    )


def of_matter(row: Any, env: Any) -> ColumnElement[bool]:
    """A search, and contact, are seen by whoever sees the matter."""
    matter = MEMBERSHIP.alias()
    found: ColumnElement[bool] = row.c.membership_id.in_(
        select(matter.c.id).where(seen(matter, env))
    )
    return found


def path_of_search(row: Any) -> ColumnElement[str]:
    """The path of the branch whose matter a search, or contact, is about."""
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
    """Whether the membership is stopped or retained by it today, or was on the day asked for."""
    return or_(stopped(row, env), retained(row, env))


def stopped(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether the membership is stopped by it, as the register says."""
    period = STAGES.alias()
    return exists(select(period.c.id).where(*_stop(period, row), lasting(period, _day(env))))


def retained(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether the relationship is retained by it: the stay goes on, and the membership too."""
    period, day = STAGES.alias(), _day(env)
    member = exists(
        select(period.c.id).where(
            period.c.member_id == row.c.member_id,
            period.c.stage.in_(("full", "probationary")),
            lasting(period, day),
        )
    )
    return and_(
        row.c.matter == "retain",
        row.c.standing == "granted",
        row.c.effective_on <= day,
        func.coalesce(row.c.returned_on > day, true()),
        member,
    )


def ended_on(row: Any, env: Any) -> ColumnElement[Any]:
    """When the stop ended: restored, or the membership over; or when the member was back."""
    period = STAGES.alias()
    over = select(period.c.until).where(*_stop(period, row)).limit(1).scalar_subquery()
    return func.coalesce(row.c.returned_on, over)


def suggested(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether it lasts so long that giving up a stopped membership, or stopping a retained one, is
    suggested."""
    return and_(holds(row, env), func.coalesce(row.c.review_on <= _day(env), false()))


def _day(env: Any) -> Any:
    day = as_of(env)
    return env.today if day is None else day


def _stop(period: Any, row: Any) -> tuple[ColumnElement[bool], ...]:
    """The period of the register that a stop made; none where it was taken back."""
    return (
        row.c.matter == "stop",
        row.c.standing == "granted",
        period.c.member_id == row.c.member_id,
        period.c.stage == "stopped",
        period.c.since == row.c.effective_on,
    )
