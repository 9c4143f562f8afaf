"""Who sees a procedure, its parts, and what stands beside it."""

from typing import Any

from sqlalchemy import and_, exists, or_, select

from zhibu.core_actions import PROCEDURE_CONDUCT, PROCEDURE_READ, PROCEDURE_READ_RESTRICTED
from zhibu.members.reads import path_of_member
from zhibu.procedures.reads.rows import PROCEDURES, SEATS, SITTINGS


def visible(row: Any, env: Any) -> Any:
    """Whoever may read it, whoever proposed it, and whoever has a seat at a meeting on it.

    The same condition as `service.loading.seen` asks.
    """
    sitting, seat = SITTINGS.alias(), SEATS.alias()
    seated = exists(
        select(seat.c.id)
        .join(
            sitting,
            and_(sitting.c.tenant_id == seat.c.tenant_id, sitting.c.id == seat.c.sitting_id),
        )
        .where(sitting.c.procedure_id == row.c.id, seat.c.member_id == env.member)
    )
    return or_(
        and_(~row.c.restricted, env.may(PROCEDURE_READ, row.c.path, row.c.member_id)),
        and_(row.c.restricted, env.may(PROCEDURE_READ_RESTRICTED, row.c.path, row.c.member_id)),
        row.c.proposed_by == env.account,
        seated,
    )


def of_visible(row: Any, env: Any) -> Any:
    """A row of a procedure that may be seen."""
    procedure = PROCEDURES.alias()
    return exists(
        select(procedure.c.id).where(procedure.c.id == row.c.procedure_id, visible(procedure, env))
    )


def of_visible_sitting(row: Any, env: Any) -> Any:
    sitting = SITTINGS.alias()
    return exists(
        select(sitting.c.id).where(sitting.c.id == row.c.sitting_id, of_visible(sitting, env))
    )


def path_of_procedure(row: Any) -> Any:
    procedure = PROCEDURES.alias()
    return select(procedure.c.path).where(procedure.c.id == row.c.procedure_id).scalar_subquery()


def concerning(row: Any, env: Any) -> Any:
    """A delegation is seen by whoever gave it or was given it, and where procedures are read."""
    return or_(
        row.c.account_id == env.account,
        row.c.to_account_id == env.account,
        env.may(PROCEDURE_READ, row.c.path),
    )


def limit_seen(row: Any, env: Any) -> Any:
    """Whoever conducts meetings there sees whom a limit is about, and the member does."""
    return or_(env.may(PROCEDURE_CONDUCT, path_of_member(row)), row.c.member_id == env.member)


def path_of_sitting(row: Any) -> Any:
    sitting = SITTINGS.alias()
    return select(sitting.c.path).where(sitting.c.id == row.c.sitting_id).scalar_subquery()
