"""Grades: what a vote suggests, how many may be excellent, and what the branch may decide."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    GradeDiffers,
    NotAppraised,
    NothingChanged,
    OpinionMissing,
    OwnGrade,
    ReasonMissing,
    SelfAppraisalMissing,
    TooManyExcellent,
    VetoUnqualified,
)


class Grade(StrEnum):
    """What becomes of a member in an appraisal, the best first."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASICALLY_QUALIFIED = "basically_qualified"
    UNQUALIFIED = "unqualified"


class GradeGround(StrEnum):
    """Which rule gave a grade: the vote, the branch against it, a veto; or why there is none."""

    VOTE = "vote"
    DECISION = "decision"
    VETO = "veto"
    UNGRADED = "ungraded"


class Rounding(StrEnum):
    """What becomes of a part of a place."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, and who says so."""

    part: int
    whole: int
    basis: Basis

    def of(self, count: int, *, rounding: Rounding = Rounding.DOWN) -> int:
        """That share of a number, exactly, as a whole number."""
        most = count * self.part
        if rounding is Rounding.UP:
            return -(-most // self.whole)
        if rounding is Rounding.NEAREST:
            return (2 * most + self.whole) // (2 * self.whole)
        return most // self.whole


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many grade a member how."""

    excellent: int = 0
    qualified: int = 0
    basically_qualified: int = 0
    unqualified: int = 0

    @property
    def total(self) -> int:
        return self.excellent + self.qualified + self.basically_qualified + self.unqualified

    @property
    def least(self) -> int:
        return min(self.excellent, self.qualified, self.basically_qualified, self.unqualified)

    def plus(self, other: "Tally") -> "Tally":
        return Tally(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is decided of one member; no grade at all says why."""

    member_id: UUID
    grade: Grade | None
    opinion: str
    reason: str | None = None
    veto: bool = False


@dataclass(frozen=True, kw_only=True)
class Result:
    """A member's row: whether he is to be graded, what the vote suggests, what was decided."""

    member_id: UUID
    graded: bool
    spoke: bool = False
    tally: Tally | None = None
    suggested: Grade | None = None
    grade: Grade | None = None
    ground: GradeGround | None = None
    opinion: str | None = None
    reason: str | None = None


def suggested(tallies: Mapping[UUID, Tally], *, places: int, majority: Share) -> dict[UUID, Grade]:
    """What the vote says of everybody who was voted on: people decide, it suggests.

    Who has more than the share of votes for unqualified is suggested so, then with those for
    basically qualified; of those with more than it for excellent, as many of the first as there
    are places. Who would share the last place with others is suggested with none of them.
    """
    found: dict[UUID, Grade] = {}
    for member, tally in tallies.items():
        if not tally.total:
            continue
        if _more(tally.unqualified, tally.total, majority):
            found[member] = Grade.UNQUALIFIED
        elif _more(tally.unqualified + tally.basically_qualified, tally.total, majority):
            found[member] = Grade.BASICALLY_QUALIFIED
        else:
            found[member] = Grade.QUALIFIED
    best = {
        member: tally.excellent
        for member, tally in tallies.items()
        if found.get(member) is Grade.QUALIFIED and _more(tally.excellent, tally.total, majority)
    }
    for member, votes in best.items():
        if sum(other >= votes for other in best.values()) <= places:
            found[member] = Grade.EXCELLENT
    return found


def decision_refusals(
    decided: Decided, known: Result | None, *, grader: UUID | None, path: tuple[str, ...]
) -> Iterator[Invalid | Conflict]:
    """The organization's opinion with a grade; nobody grades himself.

    A grade against the vote, without a self-appraisal before it, put right, or none at all, says
    why; a veto is always of an unqualified member, and says why.
    """
    if decided.member_id == grader:
        yield OwnGrade(path=path)
    if known is None or not known.graded:
        yield NotAppraised(path=path)
        return
    if not decided.opinion.strip():
        yield OpinionMissing(path=path)
    if decided.veto and decided.grade is not Grade.UNQUALIFIED:
        yield VetoUnqualified(path=path)
    before = (known.grade, known.ground, known.opinion)
    if before == (decided.grade, ground_of(decided, known), decided.opinion.strip()):
        yield NothingChanged(path=path)
    if (decided.reason or "").strip():
        return
    if decided.grade is None or decided.veto or known.ground is not None:
        yield ReasonMissing(path=path)
    elif decided.grade is not known.suggested:
        yield GradeDiffers(path=path, suggested=known.suggested or "-")
    elif not known.spoke:
        yield SelfAppraisalMissing(path=path)


def ground_of(decided: Decided, known: Result) -> GradeGround:
    """Which rule gives the grade."""
    if decided.grade is None:
        return GradeGround.UNGRADED
    if decided.veto:
        return GradeGround.VETO
    return GradeGround.VOTE if decided.grade is known.suggested else GradeGround.DECISION


def excellent_refusals(
    grades: Collection[Grade | None], *, places: int, basis: Basis
) -> Iterator[Conflict]:
    """No more are excellent than there are places."""
    count = sum(grade is Grade.EXCELLENT for grade in grades)
    if count > places:
        yield TooManyExcellent(path=("grades",), basis=basis, count=count, places=places)


def _more(votes: int, total: int, than: Share) -> bool:
    return votes * than.whole > total * than.part
