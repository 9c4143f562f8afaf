"""What reports count: the same condition counts people and lists them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_

from zhibu_flow_members.rules.guests import GuestState
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.summaries import Figure


def began_later(other: Any, case: Any, day: Any) -> ColumnElement[bool]:
    """Whether `other` is a later stay of the same member that has begun by a day."""
    return and_(
        other.c.member_id == case.c.member_id,
        other.c.voided_on.is_(None),
        other.c.since > case.c.since,
        other.c.since <= day,
    )


def away_on(case: Any, day: Any, later: Any) -> ColumnElement[bool]:
    """Whether a case says that somebody is away on a day; `case` is the table or an alias of it.

    `later` says whether a later stay has begun: then he is there, though nobody recorded the end of
    this one.
    """
    begun = and_(case.c.voided_on.is_(None), case.c.since <= day)
    return and_(begun, or_(case.c.ended_on.is_(None), case.c.ended_on > day), not_(later))


def guest_here(guest: Any, day: Any) -> ColumnElement[bool]:
    """Whether somebody of another institution is taken in and here on a day."""
    return and_(
        guest.c.state == GuestState.TAKEN,
        guest.c.since <= day,
        guest.c.withdrawn_on.is_(None),
        or_(guest.c.ended_on.is_(None), guest.c.ended_on > day),
        or_(guest.c.left_on.is_(None), guest.c.left_on > day),
    )


def belongs(affiliation: Any, case: Any, day: Any) -> ColumnElement[bool]:
    """Whether by this affiliation the member of a case belongs somewhere on a day."""
    lasts = or_(affiliation.c.until.is_(None), affiliation.c.until > day)
    return and_(affiliation.c.member_id == case.c.member_id, affiliation.c.since <= day, lasts)


def belonged(affiliation: Any, case: Any, day: Any) -> ColumnElement[bool]:
    """Whether he did until a day, the one before it: a transfer ends the stay it leads to."""
    lasted = or_(affiliation.c.until.is_(None), affiliation.c.until >= day)
    return and_(affiliation.c.member_id == case.c.member_id, affiliation.c.since < day, lasted)


def within(kept: Any, since: Any, until: Any, noted: Any) -> ColumnElement[bool]:
    """Whether something was noted in a period: the last day that is kept says so, as long as it
    does not lie after it; only then the notes are asked."""
    lately = or_(kept.between(since, until), and_(kept > until, noted))
    return and_(kept.is_not(None), lately)


def conditions(
    case: Any,
    since: Any,
    until: Any,
    *,
    there: Any,
    went_there: Any,
    ended_there: Any,
    later: Any,
    touched: Any,
    reported: Any,
) -> dict[Figure, ColumnElement[bool]]:
    """Of which cases each figure speaks, for a period; `case` is the table or an alias of it.

    Whoever belongs to the unit on the last day is counted; who went, where he belonged on that day;
    who came back, where he belonged until then. `later` is of `until`, as in `away_on`; `touched`
    and `reported` say whether there was contact, or a report, in the period.
    """
    away = and_(there, away_on(case, until, later))
    stands = case.c.voided_on.is_(None)
    return {
        Figure.AWAY: away,
        Figure.FLOATING: and_(away, case.c.floating_from <= until),
        Figure.WENT: and_(went_there, stands, case.c.since.between(since, until)),
        Figure.ENDED: and_(ended_there, stands, case.c.ended_on.between(since, until)),
        Figure.LETTER: and_(away, case.c.paper == Paper.LETTER),
        Figure.CERTIFICATE: and_(away, case.c.paper == Paper.CERTIFICATE),
        Figure.CARD: and_(away, case.c.paper == Paper.CARD),
        Figure.UNTOLD: and_(away, or_(case.c.told_on.is_(None), case.c.told_on > until)),
        Figure.SILENT: and_(away, not_(touched)),
        Figure.UNREPORTED: and_(away, not_(reported)),
    }
