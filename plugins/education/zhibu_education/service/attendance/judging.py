"""What speaks against marking places so, hours of the day included."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import sessions as rules
from zhibu_education.service import amounts
from zhibu_education.service.attendance.places import Place, ends, left_waiting
from zhibu_education.service.credits import membership
from zhibu_education.service.standings import hold
from zhibu_education.store import credits as credit_store

Refusals = list[Invalid | Conflict]


async def judge(act: Act, places: Sequence[Place]) -> list[Refusals]:
    """What speaks against each place, seen together with those before it and what is recorded.

    The members are held from here on, so that it stays true until the places are written.
    """
    waiting = {member for member, _ in await left_waiting(act, places)}
    await hold(act, {place.member.id for place in places} | waiting)
    sessions = {place.session.id for place in places}
    given = await credit_store.credits_of_sessions(act.session, act.tenant_id, sessions)
    before = {place.key: given[place.key] for place in places if place.key in given}
    replaced = {place.key for place in places if ends(place, before.get(place.key))}
    taken = await credit_store.hours_on_days(
        act.session,
        act.tenant_id,
        {place.member.id for place in places},
        {place.session.held_on for place in places}
        | {credit.earned_on for credit in before.values()},
    )
    day = defaultdict(Decimal, taken)
    for key in replaced:  # on whatever day a correction has put them
        day[before[key].member_id, before[key].earned_on] -= before[key].hours
    stay = before.keys() - replaced
    return [_judge(act, place, day, stays=place.key in stay) for place in places]


def _judge(
    act: Act, place: Place, day: defaultdict[tuple[UUID, date], Decimal], *, stays: bool
) -> Refusals:
    """`stays` says that the place gave these hours already, and they are counted in `day`."""
    found: Refusals = [*rules.mark_refusals(place.session, place.mark, today=act.today)]
    if not place.hours or stays:
        return found
    on = place.session.held_on
    limit = amounts.day_limit(act, on, place.member.path)
    found += credit_rules.membership_refusals(on, membership(place.member), ("member",))
    over = [
        *credit_rules.overfull(
            on, place.hours, same_day=day[place.day], day_limit=limit, path=("hours",)
        )
    ]
    if not over and not found:
        day[place.day] += place.hours
    return found + over
