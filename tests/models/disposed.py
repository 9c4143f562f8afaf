"""Dispositions as somebody would keep them on paper.

Of the five members of the branch besides, and the three of the committee, whoever is counted is
counted by the number alone. What is decided about somebody is decided step by step, as the table
below says it: not read from the product, but from the plan (S3C-25 to S3C-30).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

HOME, COMMITTEE, DISTRICT = "home", "committee", "district"


@dataclass(frozen=True)
class Step:
    """Where it is taken, and whether by a vote."""

    at: str
    vote: bool


PROPOSED, VOTED, APPROVED = Step(HOME, True), Step(HOME, True), Step(COMMITTEE, True)
REVIEWED, ABOVE = Step(COMMITTEE, False), Step(DISTRICT, False)
REMOVAL = (PROPOSED, REVIEWED, ABOVE, VOTED, APPROVED, ABOVE)
STEPS = {
    "correctable": (PROPOSED, REVIEWED, VOTED, APPROVED),
    "ideals_lost": REMOVAL,
    "threatens": REMOVAL,
    "not_corrected": REMOVAL,
    "unfit_probationary": (PROPOSED, VOTED, APPROVED),
}
EVALUATION = (VOTED, APPROVED)
PERSUASIONS = ("threatens", "not_corrected")
DEPARTURES = {
    "ideals_lost": "removed",
    "threatens": "persuaded_to_withdraw",
    "not_corrected": "persuaded_to_withdraw",
    "unfit_probationary": "probationary_cancelled",
}
FAILED = ("not_corrected", "refused_correction")
GONE = ("carried_out", "withdrew")
UNDER_WAY = ("opened", "proposed", "decided")
CONDUCTORS = {HOME: {"secretary", "officer"}, COMMITTEE: {"officer"}, DISTRICT: set[str]()}
ABOVES = {"district", "second", "municipal"}
DECIDERS = {HOME: set[str](), COMMITTEE: {"officer", *ABOVES}, DISTRICT: ABOVES}
PROPOSERS = ("secretary", "officer")
PEOPLE = ("secretary", "officer", "district", "second", "municipal", "recorder", "rival")
MONTHS_OF_CORRECTION, SITTING_ABOVE, TO_OBJECT = 3, 3, timedelta(180)


@dataclass(eq=False)
class Somebody:
    """A member on paper."""

    id: Any
    full: bool
    departure: str | None = None


@dataclass(eq=False)
class Trial:
    """A procedure on paper. `took` is everybody who closed a step of it."""

    id: Any
    steps: tuple[Step, ...]
    proposer: str
    result: str | None = None
    state: str = "open"
    at: int = 0
    took: set[str] = field(default_factory=set)
    ended_on: date | None = None
    objection: Any = None

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    @property
    def open(self) -> bool:
        return self.state == "open"

    def objectionable(self, today: date) -> bool:
        """Whether something may be said against it that nobody has said."""
        over = self.state in ("approved", "refused") and self.objection is None
        return over and self.ended_on is not None and today <= self.ended_on + TO_OBJECT


@dataclass(eq=False)
class Paper:
    """A disposition on paper; `evaluated` is the evaluation its result rests on."""

    id: Any
    who: Somebody
    ground: str
    previous: "Paper | None" = None
    state: str = "opened"
    trial: Trial | None = None
    evaluation: Trial | None = None
    evaluations: list[Trial] = field(default_factory=list)
    result: str | None = None
    until: date | None = None
    decided_on: date | None = None
    delivered: bool = False

    @property
    def trials(self) -> list[Trial]:
        return [*([self.trial] if self.trial else []), *self.evaluations]


class Product(Protocol):
    """What is asked of the product. Each act says whether it was allowed, or what it made."""

    today: date

    def begin(self) -> list[Somebody]: ...
    def later(self, days: int) -> None: ...
    def entitled(self, people: list[Somebody]) -> int: ...
    def open(self, by: str, who: Any, ground: str, previous: Any) -> Any: ...
    def drop(self, by: str, case: Any) -> bool: ...
    def propose(self, by: str, case: Any, ground: str) -> Any: ...
    def meet(self, by: str, trial: Any, at: str, present: int, yes: int) -> bool: ...
    def decide(self, by: str, trial: Any, approve: bool) -> bool: ...
    def send_back(self, by: str, trial: Any) -> bool: ...
    def resubmit(self, by: str, trial: Any) -> bool: ...
    def withdraw(self, by: str, trial: Any) -> bool: ...
    def appeal(self, by: str, case: Any) -> bool: ...
    def objected(self, who: Somebody, trial: Any) -> bool: ...
    def objection(self, trial: Any) -> Any: ...
    def answered(self, by: str, objection: Any, upheld: bool) -> bool: ...
    def ordered(self, asks: str, confirms: str, trial: Any) -> bool: ...
    def deliver(self, by: str, case: Any) -> bool: ...
    def answer(self, by: str, case: Any, withdraws: bool) -> bool: ...
    def evaluate(self, by: str, case: Any, result: str) -> Any: ...
    def stands(self, people: list[Somebody], papers: list[Paper], *, deep: bool) -> None: ...
