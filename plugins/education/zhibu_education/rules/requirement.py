"""How many class hours a member needs in a year, and why (S2-06, A-09, A-27)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from zhibu_education.rules.catalogues import ExemptionGround, JoinedMidyear

NOTHING = Decimal(0)
HALF_HOUR = Decimal("0.5")

# Which parameter a ground of the requirement rests on.
_PARAMETER_OF_GROUND = {
    "post": "education.hours_required_posts",
    "retired": "education.hours_required_retired",
    "joined_midyear": "education.joined_midyear",
    "exempt_joined": "education.joined_midyear",
    "exempt_stopped": "education.exempt_stopped",
    "exempt_elderly": "education.exempt_grounds",
    "exempt_ill": "education.exempt_grounds",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The amounts in force for one unit in one year."""

    hours: Decimal
    hours_posts: Decimal | None
    hours_retired: Decimal | None
    joined_midyear: JoinedMidyear
    exempt_stopped: bool


@dataclass(frozen=True, kw_only=True)
class Person:
    """What of a member decides the requirement.

    `stopped` says that the membership is stopped at the end of the year, as far as is known.
    """

    kind: str
    admitted_on: date
    left_on: date | None
    holds_post: bool
    exemption: ExemptionGround | None
    stopped: bool


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """The hours needed and the ground that decided them.

    `ground` is one of `member`, `post`, `retired`, `joined_midyear`, `exempt_elderly`,
    `exempt_ill`, `exempt_joined`, `exempt_stopped`, `not_a_member`.
    """

    hours: Decimal
    ground: str


def requirement(person: Person, year: int, parameters: Parameters) -> Requirement:
    """The hours this person needs in this year.

    An exemption granted with consent comes first; then the higher amount for posts, if the
    institution uses one; then the amount for the retired, if it differs; then the ordinary one.
    Whoever was admitted within the year needs all of it, a share, or nothing, by parameter.
    """
    if person.admitted_on.year > year or (person.left_on and person.left_on.year < year):
        return Requirement(hours=NOTHING, ground="not_a_member")
    if person.exemption is not None:
        return Requirement(hours=NOTHING, ground=f"exempt_{person.exemption}")
    if person.stopped and parameters.exempt_stopped:
        return Requirement(hours=NOTHING, ground="exempt_stopped")
    if person.holds_post and parameters.hours_posts is not None:
        full = Requirement(hours=parameters.hours_posts, ground="post")
    elif person.kind == "retired" and parameters.hours_retired is not None:
        full = Requirement(hours=parameters.hours_retired, ground="retired")
    else:
        full = Requirement(hours=parameters.hours, ground="member")
    if person.admitted_on.year < year or parameters.joined_midyear is JoinedMidyear.FULL:
        return full
    if parameters.joined_midyear is JoinedMidyear.EXEMPT:
        return Requirement(hours=NOTHING, ground="exempt_joined")
    return Requirement(hours=share_of_year(full.hours, person.admitted_on), ground="joined_midyear")


def share_of_year(hours: Decimal, since: date) -> Decimal:
    """The part of a year's hours that falls on the months from `since` on, that month included.

    Rounded up to the half hour: admitted in July, 32 hours become 16.
    """
    months = 13 - since.month
    halves = (hours * months / 12 / HALF_HOUR).to_integral_value(rounding=ROUND_CEILING)
    return halves * HALF_HOUR


def parameter_of(ground: str) -> str | None:
    """The parameter that a requirement on this ground rests on; None where nothing is required."""
    if ground == "not_a_member":
        return None
    return _PARAMETER_OF_GROUND.get(ground, "education.hours_required")
