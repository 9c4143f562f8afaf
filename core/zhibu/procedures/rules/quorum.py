"""Whether a meeting could decide and what it decided: whole numbers, compared exactly."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from zhibu.basis import Basis


class Of(StrEnum):
    """Of whom a share of votes is counted: those who should attend, or those who did."""

    ENTITLED = "entitled"
    PRESENT = "present"


class Verdict(StrEnum):
    PASSED = "passed"
    REJECTED = "rejected"
    INCOMPLETE = "incomplete"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a meeting needs: a share of those entitled present, more than a share in favour.

    The first is reached by being equal to it, the second only by passing it.
    """

    name: str
    present: Fraction
    present_basis: Basis
    yes: Fraction
    yes_of: Of
    yes_basis: Basis


@dataclass(frozen=True, kw_only=True)
class Count:
    """What was counted. `written` are opinions sent in by those absent, as far as they count."""

    entitled: int
    present: int
    yes: int
    no: int
    abstained: int
    spoiled: int = 0
    written_yes: int = 0
    written_no: int = 0
    written_abstained: int = 0

    @property
    def ballots(self) -> int:
        return self.yes + self.no + self.abstained + self.spoiled

    @property
    def written(self) -> int:
        return self.written_yes + self.written_no + self.written_abstained


def needed_present(entitled: int, profile: Profile) -> int:
    """The least number present with which a meeting of `entitled` can decide; never nobody."""
    return max(1, _ceiling(entitled * profile.present))


def needed_yes(entitled: int, present: int, profile: Profile) -> int:
    """The least number of votes in favour that passes."""
    whole = entitled if profile.yes_of is Of.ENTITLED else present
    return int(whole * profile.yes // 1) + 1


def decided(count: Count, profile: Profile) -> Verdict:
    """What the meeting decided (rules 32, 40, 41).

    Whoever sent an opinion in is not present, but is counted among the votes in favour.
    """
    if count.present < needed_present(count.entitled, profile):
        return Verdict.NO_QUORUM
    yes = count.yes + count.written_yes
    passed = yes >= needed_yes(count.entitled, count.present, profile)
    return Verdict.PASSED if passed else Verdict.REJECTED


def _ceiling(number: Fraction) -> int:
    return -int(-number // 1)
