"""What waits for the caller."""

from typing import Any

from sqlalchemy import and_, exists, false, func, or_, select

from zhibu.procedures.catalogue import step_actions
from zhibu.procedures.machine import State
from zhibu.procedures.reads.rows import OBJECTIONS, OVERRIDES, SEATS, SITTINGS, STEPS, VOTES


def waiting(row: Any, args: Any, env: Any) -> Any:
    """What somebody waits for the caller to do: the argument `filter.waiting`.

    A step, an answer or a confirmation that is the caller's by permission and not about what is
    their own; a vote at today's meeting; a correction of what came back.
    """
    step, objection, override = STEPS.alias(), OBJECTIONS.alias(), OVERRIDES.alias()
    own = or_(row.c.proposed_by == env.account, row.c.member_id == env.member)
    not_own = or_(~step.c.separate, ~func.coalesce(own, False))
    return and_(
        func.coalesce(args.bind("filter.waiting"), False),
        or_(
            exists(
                select(step.c.id).where(
                    step.c.procedure_id == row.c.id,
                    step.c.done_at.is_(None),
                    not_own,
                    _permitted(step, row, env),
                )
            ),
            exists(
                select(objection.c.id).where(
                    objection.c.procedure_id == row.c.id,
                    objection.c.answered_at.is_(None),
                    ~func.coalesce(own, False),
                    _permitted(objection, row, env),
                )
            ),
            exists(
                select(override.c.id).where(
                    override.c.procedure_id == row.c.id,
                    override.c.settled_at.is_(None),
                    override.c.asked_by.is_distinct_from(env.account),
                    ~func.coalesce(own, False),
                    _permitted(override, row, env),
                )
            ),
            and_(row.c.state == State.RETURNED.value, row.c.proposed_by == env.account),
            _to_be_voted_on(row, env),
        ),
    )


def _permitted(part: Any, row: Any, env: Any) -> Any:
    """Whether the caller may do what a step, an objection or an override takes."""
    return or_(
        false(),
        *(
            and_(part.c.action == action, env.may(action, part.c.path, row.c.member_id))
            for action in env.asked("procedures", _actions)
        ),
    )


def _to_be_voted_on(row: Any, env: Any) -> Any:
    sitting, seat, vote = SITTINGS.alias(), SEATS.alias(), VOTES.alias()
    cast = exists(
        select(vote.c.id).where(
            vote.c.sitting_id == sitting.c.id, vote.c.member_id == seat.c.member_id
        )
    )
    return exists(
        select(seat.c.id)
        .join(
            sitting,
            and_(sitting.c.tenant_id == seat.c.tenant_id, sitting.c.id == seat.c.sitting_id),
        )
        .where(
            sitting.c.procedure_id == row.c.id,
            sitting.c.closed_at.is_(None),
            sitting.c.held_on == env.today,
            seat.c.member_id == env.member,
            seat.c.ground.is_(None),
            ~cast,
        )
    )


def _actions(reader: Any) -> tuple[str, ...]:
    return step_actions(reader.parameters)
