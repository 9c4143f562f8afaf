"""Elections with several names: who may stand, what a ballot may say, and who is elected."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu.procedures.errors import (
    AssemblyUnfit,
    BallotContradicts,
    BallotsMixed,
    BallotTooLong,
    CandidatesTooFew,
    CountImpossible,
    NamedUnfit,
    NamesMiscounted,
    NobodyElected,
    SeatsUnfit,
)
from zhibu.procedures.rules.values import Part

_HEX = 32
_PLACES = {Part.CANDIDATE: "candidates", Part.DELEGATE: "delegates"}


class Standing(StrEnum):
    """What came of a name at a count."""

    ELECTED = "elected"
    TIED = "tied"
    NOT_ELECTED = "not_elected"


@dataclass(frozen=True, kw_only=True)
class Surplus:
    """By what share candidates exceed the seats at least, and who says so (rule 42)."""

    share: Fraction
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """From how many members on delegates may elect, and who says so (rule 43)."""

    minimum: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Slate:
    """Whom a proposal wants elected to how many seats, and by which delegates, if by any.

    `scattered` says that members are too far apart to meet.
    """

    seats: int
    named: tuple[tuple[Part, UUID], ...]
    scattered: bool

    def of(self, part: Part) -> list[UUID]:
        return [member for said, member in self.named if said is part]


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """Whom a ballot is for and whom it is against; of everybody else it abstains."""

    chosen: frozenset[UUID]
    against: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The votes on one name."""

    member_id: UUID
    yes: int
    no: int = 0
    abstained: int = 0


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What was counted by hand: the ballots, and the votes on each name."""

    valid: int
    spoiled: int
    names: tuple[Tally, ...]


def needed_names(seats: int, surplus: Surplus | None) -> int:
    """The least number of candidates; a part of a person is a whole one."""
    share = surplus.share if surplus else Fraction(0)
    return seats - int(-(seats * share) // 1)


def slate_faults(
    slate: Slate,
    *,
    electable: Collection[UUID],
    members: int,
    surplus: Surplus | None,
    assembly: Assembly,
) -> Iterator[Invalid]:
    """Everything that speaks against a proposal to elect."""
    if slate.seats < 1:
        yield SeatsUnfit(path=("seats",), seats=slate.seats)
    for part, place in _PLACES.items():
        said: set[UUID] = set()
        for number, member in enumerate(slate.of(part)):
            if member not in electable or member in said:
                yield NamedUnfit(path=(place, str(number)))
            said.add(member)
    yield from few_faults(slate.seats, len({*slate.of(Part.CANDIDATE)}), surplus)
    if slate.of(Part.DELEGATE) and members < assembly.minimum and not slate.scattered:
        yield AssemblyUnfit(
            path=("delegates",), basis=assembly.basis, members=members, minimum=assembly.minimum
        )


def few_faults(seats: int, named: int, surplus: Surplus | None) -> Iterator[Invalid]:
    needed = max(1, needed_names(seats, surplus))
    if named < needed:
        basis = surplus.basis if surplus else None
        yield CandidatesTooFew(
            path=("candidates",), basis=basis, seats=seats, needed=needed, named=named
        )


def ballot_faults(
    ballot: Ballot, *, running: Sequence[UUID], electable: Collection[UUID], seats: int
) -> Iterator[Invalid]:
    """More names than seats make a ballot void, so it is not taken; fewer do not."""
    if len(ballot.chosen) > seats:
        yield BallotTooLong(path=("chosen",), seats=seats, chosen=len(ballot.chosen))
    if not ballot.chosen <= {*running, *electable}:
        yield NamedUnfit(path=("chosen",))
    if ballot.against & ballot.chosen or not ballot.against <= {*running}:
        yield BallotContradicts(path=("against",))


def written(ballot: Ballot, running: Sequence[UUID], seats: int) -> str:
    """The ballot as it is sealed: of one length at one meeting, so that its length tells nothing.

    A letter for each name that stands, then the names that were written in.
    """
    letters = (
        "y" if name in ballot.chosen else "n" if name in ballot.against else "a" for name in running
    )
    others = sorted(name.hex for name in ballot.chosen - {*running})
    return "".join(letters) + "".join(others).ljust(_HEX * seats, "-")


def read(text: str, running: Sequence[UUID]) -> Ballot:
    """The ballot that was `written`."""
    letters, others = text[: len(running)], text[len(running) :].rstrip("-")
    marked = [*zip(running, letters, strict=True)]
    wrote = {UUID(others[start : start + _HEX]) for start in range(0, len(others), _HEX)}
    return Ballot(
        chosen=frozenset({name for name, letter in marked if letter == "y"} | wrote),
        against=frozenset(name for name, letter in marked if letter == "n"),
    )


def tallied(ballots: Collection[Ballot], running: Sequence[UUID]) -> list[Tally]:
    """The votes on each name that stands, in its order, then on each that was written in."""
    others = sorted({name for ballot in ballots for name in ballot.chosen} - {*running})
    found = []
    for name in (*running, *others):
        yes = sum(name in ballot.chosen for ballot in ballots)
        no = sum(name in ballot.against for ballot in ballots)
        rest = len(ballots) - yes - no if name in running else 0
        found.append(Tally(member_id=name, yes=yes, no=no, abstained=rest))
    return found


def paper_faults(
    papers: Papers,
    *,
    running: Collection[UUID],
    electable: Collection[UUID],
    seats: int,
    present: int,
    cast: int,
) -> Iterator[Invalid | Conflict]:
    """No more ballots than people present, and every name's votes add up to the valid ones."""
    if cast:
        yield BallotsMixed(path=("papers",), votes=cast)
    ballots = papers.valid + papers.spoiled
    if min(papers.valid, papers.spoiled) < 0 or ballots > present:
        yield CountImpossible(path=("papers",), ballots=ballots, present=present)
    named = [name.member_id for name in papers.names]
    if not {*named} <= {*running, *electable}:
        yield NamedUnfit(path=("papers", "names"))
    standing = [name for name in papers.names if name.member_id in running]
    whole = all(name.yes + name.no + name.abstained == papers.valid for name in standing)
    fit = all(min(name.yes, name.no, name.abstained) >= 0 for name in papers.names)
    others = all(name.yes <= papers.valid for name in papers.names)
    chosen = sum(name.yes for name in papers.names)
    once = len({*named}) == len(named) and len(standing) == len({*running})
    if not (whole and fit and others and once and chosen <= papers.valid * seats):
        yield NamesMiscounted(path=("papers", "names"), ballots=papers.valid)


def standings(tallies: Sequence[Tally], *, seats: int, needed: int) -> Mapping[UUID, Standing]:
    """Who is elected: the most votes first, no more than there are seats (rule 41).

    Equal votes for the last seats elect none of those: they stand again.
    """
    passed = sorted((tally for tally in tallies if tally.yes >= needed), key=lambda t: -t.yes)
    found = {tally.member_id: Standing.NOT_ELECTED for tally in tallies}
    found |= {tally.member_id: Standing.ELECTED for tally in passed[:seats]}
    if len(passed) > seats > 0 and passed[seats].yes == passed[seats - 1].yes:
        found |= {
            tally.member_id: Standing.TIED for tally in passed if tally.yes == passed[seats].yes
        }
    return found


def fewer_faults(fewer: str | None, elected: int) -> Iterator[Conflict]:
    """Seats are given up only where somebody holds the others."""
    if fewer is not None and not elected:
        yield NobodyElected(path=("fewer",))
