"""What a plan depends on: the questions it asked about variables and caller, never their values.

A compiler learns about a request only by asking here. What it asked is remembered, and leads to the
plan again. So a plan cannot depend on anything that was not asked.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from zhibu.actions import Action
from zhibu.reading.request import Reader

Values = Mapping[str, Any]
Question = Callable[[Values, Reader], Hashable]
Plan = TypeVar("Plan")


def at(values: Values, path: tuple[str, ...]) -> Any:
    """The value of a variable, or of a key inside it; None where anything on the way is missing."""
    found: Any = values
    for name in path:
        found = found.get(name) if found is not None else None
    return found


def frozen(value: Any) -> Hashable:
    if isinstance(value, list):
        return tuple(map(frozen, value))
    if isinstance(value, dict):
        return tuple((key, frozen(item)) for key, item in value.items())
    return value  # type: ignore[no-any-return]


class Facts:
    """The answers of one request, each remembered with its question, in the order of asking."""

    def __init__(self, values: Values, reader: Reader) -> None:
        self.answers: dict[Hashable, tuple[Question, Hashable]] = {}
        self._values = values
        self._reader = reader

    def _ask(self, name: Hashable, question: Question) -> Any:
        found = self.answers.get(name)
        if found is None:
            found = self.answers[name] = (question, question(self._values, self._reader))
        return found[1]

    def given(self, path: tuple[str, ...]) -> bool:
        """Whether a variable, or a key inside it, has a value that is not null."""
        return bool(self._ask(("given", path), lambda v, r: at(v, path) is not None))

    def present(self, name: str) -> bool:
        """Whether a variable has a value, null included: if not, an argument's default applies."""
        return bool(self._ask(("present", name), lambda v, r: name in v))

    def exact(self, path: tuple[str, ...]) -> Any:
        """The value itself. Only for what has few values: enums, switches."""
        self._ask(("exact", path), lambda v, r: frozen(at(v, path)))
        return at(self._values, path)

    def of(self, name: Hashable, path: tuple[str, ...], read: Callable[[Any], Hashable]) -> Any:
        """Something about a variable's value that has few values."""
        return self._ask((name, path), lambda v, r: read(at(v, path)))

    def asked(self, name: str, question: Callable[[Reader], Hashable]) -> Any:
        """Something about the reader that has few values, which the plan then depends on."""
        return self._ask(("asked", name), lambda v, r: question(r))

    def shape(self, action: Action | str) -> Any:
        """The caller's scope, whose shape (not its values) the plan then depends on."""
        self._ask(("shape", str(action)), lambda v, r: r.scope(action).shape)
        return self._reader.scope(action)

    def nothing(self, action: Action | str) -> bool:
        return bool(self._ask(("nothing", str(action)), lambda v, r: r.scope(action).nothing))

    def everything(self, action: Action | str) -> bool:
        return bool(self._ask(("everything", str(action)), lambda v, r: r.scope(action).everything))

    def same_rows(self, one: Action | str, other: Action | str) -> bool:
        if str(one) == str(other):
            return True
        return bool(
            self._ask(
                ("same", str(one), str(other)),
                lambda v, r: r.scope(one).same_rows_as(r.scope(other)),
            )
        )


class Fork:
    """A question that compiling asks at this place, and where each answer to it leads."""

    __slots__ = ("branches", "name", "question")

    def __init__(self, name: Hashable, question: Question) -> None:
        self.name = name
        self.question = question
        self.branches: dict[Hashable, Any] = {}


class Plans(Generic[Plan]):
    """The plans of one document: a tree of what compiling asked, with plans for its leaves.

    What is asked next depends on the answers so far and on nothing else. So a plan is only looked
    for by what its own compilation asked, and is found again whatever others ask.
    """

    __slots__ = ("_count", "_kept", "_root")

    def __init__(self, kept: int = 64) -> None:
        self._root: Any = None
        self._count = 0
        self._kept = kept

    def find(self, values: Values, reader: Reader, compiled: Callable[[Facts], Plan]) -> Plan:
        found = self._root
        while isinstance(found, Fork):
            found = found.branches.get(found.question(values, reader))
        if found is None:
            facts = Facts(values, reader)
            found = compiled(facts)
            self._keep(facts, found)
        plan: Plan = found
        return plan

    def _keep(self, facts: Facts, plan: Plan) -> None:
        if self._count >= self._kept:
            self._root, self._count = None, 0
        self._count += 1
        forks = [
            (Fork(name, question), answer) for name, (question, answer) in facts.answers.items()
        ]
        if not forks:
            self._root = plan
            return
        here = self._root = self._root or forks[0][0]
        for number, (fork, answer) in enumerate(forks, 1):
            assert here.name == fork.name, "what is asked depends on what was not asked"
            following = forks[number][0] if number < len(forks) else plan
            here = here.branches.setdefault(answer, following)

    def __len__(self) -> int:
        return self._count
