"""Fields of procedures that are no columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, exists, select

from zhibu.organizations.reads import below, path_of
from zhibu.procedures.reads.rows import MEMBERS, PROCEDURES, VOTES
from zhibu.procedures.rules.values import Part


def current(row: Any, target: Any) -> Any:
    """The step at which an open procedure is."""
    return and_(target.c.procedure_id == row.c.id, target.c.done_at.is_(None))


def named_as(part: Part) -> Callable[[Any, Any], Any]:
    """Those whom a procedure names as this."""

    def condition(row: Any, target: Any) -> Any:
        return and_(target.c.procedure_id == row.c.id, target.c.part == part.value)

    return condition


def inside(row: Any, args: Any, env: Any) -> Any:
    """The condition of the argument `organization`: there and below."""
    if not args.given("organization"):
        return True
    return below(row.c.path, path_of(args.row("organization", "Organization")))


def voted(row: Any, env: Any) -> Any:
    """Whether the vote of a seat was cast."""
    vote = VOTES.alias()
    return exists(
        select(vote.c.id).where(
            vote.c.sitting_id == row.c.sitting_id, vote.c.member_id == row.c.member_id
        )
    )


def choice(row: Any, env: Any) -> Any:
    """How a vote was cast in an open ballot; a secret one leaves nothing to read."""
    vote = VOTES.alias()
    return (
        select(vote.c.choice)
        .where(vote.c.sitting_id == row.c.sitting_id, vote.c.member_id == row.c.member_id)
        .scalar_subquery()
    )


def titles(rows: Sequence[Mapping[str, Any]], env: Any) -> list[str]:
    """What each step is called in the definition under which its procedure goes."""
    found = []
    for row in rows:
        step = next(each for each in row["definition"]["steps"] if each["code"] == row["code"])
        found.append(step["en" if env.locale == "en" else "zh"])
    return found


def kinds(rows: Sequence[Mapping[str, Any]], env: Any) -> list[str]:
    """What each kind of procedure is called."""
    known = env.parameters.definitions
    return [
        known[row["name"]].description(env.locale) if row["name"] in known else row["name"]
        for row in rows
    ]


def definition(row: Any, env: Any) -> Any:
    """The definition under which the procedure of a step goes."""
    procedure = PROCEDURES.alias()
    return (
        select(procedure.c.definition).where(procedure.c.id == row.c.procedure_id).scalar_subquery()
    )


def member_name(row: Any, env: Any) -> Any:
    member = MEMBERS.alias()
    return select(member.c.name).where(member.c.id == row.c.member_id).scalar_subquery()
