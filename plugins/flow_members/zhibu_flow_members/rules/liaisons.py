"""Who of the branch keeps contact with somebody away (S1-35, S1-36)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    DatesReversed,
    LiaisonLoaded,
    LiaisonOver,
    LiaisonThere,
    LiaisonUnfit,
    NotYet,
    OwnLiaison,
)
from zhibu_flow_members.rules.cases import standing
from zhibu_flow_members.rules.values import Case, Limit


@dataclass(frozen=True, kw_only=True)
class Liaison:
    """Somebody who keeps contact, as it is recorded."""

    id: UUID
    case_id: UUID
    member_id: UUID
    path: str
    since: date
    until: date | None


def assigning_refusals(
    case: Case,
    liaison_id: UUID,
    since: date,
    *,
    fit: bool,
    load: int,
    present: date | None,
    most: Limit,
    reason: str | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """The secretary or a member of the branch's committee; above `most`, somebody says why."""
    yield from standing(case)
    if liaison_id == case.member_id:
        yield OwnLiaison(path=("member",))
    elif not fit:
        yield LiaisonUnfit(path=("member",))
    if present is not None:
        yield LiaisonThere(path=("case",), since=present)
    if most.value and load >= most.value and not (reason or "").strip():
        basis, limit = most.basis, most.value
        yield LiaisonLoaded(path=("reason",), basis=basis, count=load, most=limit)
    if since > today:
        yield NotYet(path=("since",), on=since, today=today)


def ending_refusals(liaison: Liaison, on: date, *, today: date) -> Iterator[Invalid | Conflict]:
    """Somebody else takes over, or nobody has to."""
    if liaison.until is not None:
        yield LiaisonOver(path=("liaison",), on=liaison.until)
    if on > today:
        yield NotYet(path=("on",), on=on, today=today)
    if on < liaison.since:
        yield DatesReversed(path=("on",), since=liaison.since, until=on)
