"""Where a member belongs on each day, as a calendar on the wall would say it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from hypothesis import strategies as st
from tests.models.walking import Walk

DAYS = 24  # of the calendar; the last is today, and the member was registered long before
BRANCHES = ("branch", "other", "far")
NO_HOME = "group"
Calendar = list[str | None]


class Product(Protocol):
    """What is asked of the product. Each act says whether it was allowed."""

    def register(self, branch: str) -> bool: ...
    def transfer(self, to: str, on: int, from_: str | None) -> bool: ...
    def step(self, change: str, on: int, to: str) -> bool: ...
    def undo(self, what: str) -> bool: ...
    def branches(self) -> Calendar: ...
    def stages(self) -> list[str]: ...
    def now(self) -> tuple[str, str]: ...
    def on(self, day: int) -> str | None: ...


@dataclass(eq=False)
class Kept:
    """One line on paper: what began that day."""

    what: str
    on: int
    homes: Calendar
    home: str
    stages: list[str]


@dataclass
class Wall:
    """A calendar of branches, one of stages, and the lines by which they came about."""

    homes: Calendar
    stages: list[str]
    home: str  # the branch, or the last one of who has left
    moves: list[Kept] = field(default_factory=list)
    steps: list[Kept] = field(default_factory=list)

    @property
    def stage(self) -> str:
        return self.stages[-1]


class Affiliations(Walk):
    """Transfers, changes of stage, and taking them back."""

    def __init__(self, product: Product, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.product = product

    def begin(self, draw: Any) -> None:
        branch = draw(st.sampled_from(BRANCHES))
        self.wall = Wall([branch] * DAYS, ["full"] * DAYS, branch)
        assert self.product.register(branch)

    def likely(self) -> Sequence[str]:
        steps = ["leave", "stop", "restore", "restore"]
        if self.wall.stage != "full":
            steps = ["restore"] * 4 + ["leave", "stop"]
        return ["transfer"] * 6 + steps + ["undo_transfer", "undo_stage"] * 2 + ["ask"]

    def transfer(self, draw: Any) -> None:
        wall, on = self.wall, self.day(draw)
        to = draw(st.sampled_from((*BRANCHES * 3, NO_HOME)))
        believed = draw(st.sampled_from((None, None, wall.home, wall.home, "rival")))
        expected = (
            wall.stage != "left"
            and to not in (wall.home, NO_HOME)
            and self._joined() < on < DAYS
            and believed != "rival"
        )
        if expected:
            wall.moves.append(self._line("transferred", on))
            self._belong(to, on)
        self.agree("transfer", expected, self.product.transfer(to, on, believed))

    def leave(self, draw: Any) -> None:
        wall, on = self.wall, self.day(draw)
        expected = wall.stage != "left" and self._fits(on) and on > self._joined()
        if expected:
            line = self._line("left", on)
            wall.steps.append(line)
            wall.moves.append(line)
            self._belong(None, on)
            wall.stages[on:] = ["left"] * (DAYS - on)
        self.agree("leave", expected, self.product.step("left", on, BRANCHES[0]))

    def stop(self, draw: Any) -> None:
        wall, on = self.wall, self.day(draw)
        expected = wall.stage == "full" and self._fits(on)
        if expected:
            wall.steps.append(self._line("stopped", on))
            wall.stages[on:] = ["stopped"] * (DAYS - on)
        self.agree("stop", expected, self.product.step("stopped", on, BRANCHES[0]))

    def restore(self, draw: Any) -> None:
        wall, on, to = self.wall, self.day(draw), draw(st.sampled_from((*BRANCHES * 2, NO_HOME)))
        returns = wall.stage == "left"
        expected = wall.stage in ("stopped", "left") and self._fits(on)
        expected = expected and not (returns and to == NO_HOME)
        if expected:
            line = self._line("restored", on)
            wall.steps.append(line)
            if returns:
                wall.moves.append(line)
                self._belong(to, on)
            wall.stages[on:] = ["full"] * (DAYS - on)
        self.agree("restore", expected, self.product.step("restored", on, to))

    def undo_transfer(self, draw: Any) -> None:
        wall = self.wall
        expected = bool(wall.moves) and wall.moves[-1].what == "transferred"
        if expected:
            self._back(wall.moves.pop())
        self.agree("undo transfer", expected, self.product.undo("affiliation"))

    def undo_stage(self, draw: Any) -> None:
        wall = self.wall
        expected = bool(wall.steps)
        if expected and (last := wall.steps[-1]) in wall.moves:
            expected = wall.moves[-1] is last  # who was restored may have moved on since
            if expected:
                self._back(wall.moves.pop())
        if expected:
            wall.stages = wall.steps.pop().stages
        self.agree("undo stage", expected, self.product.undo("stage"))

    def ask(self, draw: Any) -> None:
        """The register as it was that day."""
        on = draw(st.integers(0, DAYS - 1))
        self.same("ask", self.wall.homes[on], self.product.on(on))

    def day(self, draw: Any) -> int:
        """Rather a day on which something may happen, soon after what did last."""
        lines = [line.on for line in (*self.wall.moves, *self.wall.steps)]
        last = max(lines, default=0)
        return int(draw(st.integers(last, min(last + 3, DAYS)) | st.integers(0, DAYS)))

    def agree(self, what: str, expected: bool, found: bool) -> None:
        self.same(what, expected, found)
        wall = self.wall
        assert self.product.branches() == wall.homes, what
        assert self.product.stages() == wall.stages, what
        assert self.product.now() == (wall.home, wall.stage), what

    def _line(self, what: str, on: int) -> Kept:
        wall = self.wall
        return Kept(what, on, [*wall.homes], wall.home, [*wall.stages])

    def _belong(self, to: str | None, on: int) -> None:
        self.wall.homes[on:] = [to] * (DAYS - on)
        self.wall.home = to or self.wall.home

    def _back(self, line: Kept) -> None:
        self.wall.homes, self.wall.home = line.homes, line.home

    def _joined(self) -> int:
        """The day on which the member came to the present branch."""
        return self.wall.moves[-1].on if self.wall.moves else -1

    def _fits(self, on: int) -> bool:
        """Whether a stage can begin that day: after the one before, and not in the future."""
        return on < DAYS and on > (self.wall.steps[-1].on if self.wall.steps else -1)
