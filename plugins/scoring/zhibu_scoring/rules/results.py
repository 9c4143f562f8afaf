"""What totals come to within a branch: rank, grade with the rule that gave it, awards, help.

《办法》三: at 70 and below unqualified, below 90 no awards, at 108 and above or in front may be
excellent, low or behind is helped. The appraisal decides the grade; these are what it rests on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from zhibu_scoring.rules.accounts import Account


class Mark(StrEnum):
    """The grade that the points speak for; `none` of whoever is not assessed by points."""

    MAY_BE_EXCELLENT = "may_be_excellent"
    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    NONE = "none"


class ResultGround(StrEnum):
    """The rule that gave the grade."""

    VETO = "veto"
    LOW = "low"
    HIGH = "high"
    FRONT = "front"
    CAPPED = "capped"
    PLAIN = "plain"
    EXEMPT = "exempt"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A number that parts totals; `inclusive` says whether the number itself is within (A-19)."""

    value: Decimal
    inclusive: bool

    def down(self, total: Decimal) -> bool:
        """Whether a total is at or below it."""
        return total <= self.value if self.inclusive else total < self.value

    def up(self, total: Decimal) -> bool:
        """Whether a total is at or above it."""
        return total >= self.value if self.inclusive else total > self.value


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What decides about totals; shares are part and whole, None where there is none."""

    unqualified: Threshold
    awards: Threshold
    excellent: Threshold
    front: tuple[int, int] | None
    behind: tuple[int, int] | None
    cap: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A member's account, and the reason of a veto the appraisal found. No account: left out."""

    member_id: UUID
    account: Account | None
    veto: str | None = None

    @property
    def vetoed(self) -> bool:
        return self.veto is not None or (self.account is not None and self.account.vetoed)

    @property
    def total(self) -> Decimal | None:
        if self.account is None:
            return None
        return Decimal(0) if self.vetoed else self.account.total


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a member's year came to. `rank` counts those with more, and one; equals share it."""

    member_id: UUID
    base: Decimal | None
    plus: Decimal | None
    minus: Decimal | None
    vetoed: bool
    veto_reason: str | None
    total: Decimal | None
    rank: int | None
    mark: Mark
    ground: ResultGround
    eligible: bool
    low: bool
    behind: bool

    @property
    def helped(self) -> bool:
        """Whether the branch talks with him and helps (S4-36)."""
        return self.low or self.behind


def results(standings: Iterable[Standing], terms: Terms) -> list[Result]:
    """What everybody's year came to, the highest first; whoever is left out comes last."""
    found = list(standings)
    totals = sorted((t for each in found if (t := each.total) is not None), reverse=True)
    rank = {total: totals.index(total) + 1 for total in set(totals)}
    excellent = _excellent(totals, terms)
    behind = _behind(totals, terms)
    made = [
        _left_out(each)
        if each.account is None or (total := each.total) is None
        else _result(each, each.account, total, rank[total], terms, excellent, behind)
        for each in found
    ]
    return sorted(made, key=lambda r: (r.rank is None, r.rank, r.member_id))


def _result(
    standing: Standing,
    account: Account,
    total: Decimal,
    rank: int,
    terms: Terms,
    excellent: Mapping[Decimal, ResultGround],
    behind: Callable[[Decimal], bool],
) -> Result:
    low = standing.vetoed or terms.unqualified.down(total)
    if standing.vetoed:
        mark, ground = Mark.UNQUALIFIED, ResultGround.VETO
    elif low:
        mark, ground = Mark.UNQUALIFIED, ResultGround.LOW
    else:
        ground = excellent.get(total, ResultGround.PLAIN)
        good = ground in (ResultGround.HIGH, ResultGround.FRONT)
        mark = Mark.MAY_BE_EXCELLENT if good else Mark.QUALIFIED
    return Result(
        member_id=standing.member_id,
        base=account.base,
        plus=account.plus,
        minus=account.minus,
        vetoed=standing.vetoed,
        veto_reason=standing.veto,
        total=total,
        rank=rank,
        mark=mark,
        ground=ground,
        eligible=not low and terms.awards.up(total),
        low=low,
        behind=behind(total),
    )


def _left_out(standing: Standing) -> Result:
    return Result(
        member_id=standing.member_id,
        base=None,
        plus=None,
        minus=None,
        vetoed=standing.veto is not None,
        veto_reason=standing.veto,
        total=None,
        rank=None,
        mark=Mark.UNQUALIFIED if standing.veto else Mark.NONE,
        ground=ResultGround.VETO if standing.veto else ResultGround.EXEMPT,
        eligible=False,
        low=False,
        behind=False,
    )


def _excellent(totals: Sequence[Decimal], terms: Terms) -> Mapping[Decimal, ResultGround]:
    """Which totals speak for excellent, and which only would, were there places left (A-26).

    Equals are treated alike: where they do not all find a place, none of them does.
    """
    among = len(totals)
    front = 0 if terms.front is None else among * terms.front[0] // terms.front[1]
    places = among if terms.cap is None else among * terms.cap[0] // terms.cap[1]
    found: dict[Decimal, ResultGround] = {}
    for total in sorted(set(totals), reverse=True):
        last = sum(other >= total for other in totals)
        high, ahead = terms.excellent.up(total), last <= front and total != min(totals)
        if not (high or ahead) or not terms.awards.up(total):
            break
        within = last <= places
        found[total] = (
            (ResultGround.HIGH if high else ResultGround.FRONT) if within else ResultGround.CAPPED
        )
    return found


def _behind(totals: Sequence[Decimal], terms: Terms) -> Callable[[Decimal], bool]:
    """Who is among the last of the branch; nobody where everybody has the same."""
    share = terms.behind
    places = 0 if share is None else len(totals) * share[0] // share[1]
    top = totals[0] if totals else None

    def behind(total: Decimal) -> bool:
        return total != top and sum(other <= total for other in totals) <= places

    return behind
