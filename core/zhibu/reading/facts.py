"""What a plan depends on: the questions it asked about variables and caller, never their values.

A compiler learns about a request only by asking here. The questions of a document are remembered;
their answers are the key of its plans. So a plan cannot depend on anything that is not in its key.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
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
    """The answers of one request, each remembered as a question."""

    def __init__(self, asked: dict[Hashable, Question], values: Values, reader: Reader) -> None:
        self._asked = asked
        self._values = values
        self._reader = reader

    def _ask(self, name: Hashable, question: Question) -> Any:
        self._asked.setdefault(name, question)
        return question(self._values, self._reader)

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


class Plans(Generic[Plan]):
    """The plans of one document, found by the answers to all that its compilations asked."""

    __slots__ = ("_asked", "_kept", "_plans", "_questions")

    def __init__(self, kept: int = 64) -> None:
        self._asked: dict[Hashable, Question] = {}
        self._questions: tuple[Question, ...] = ()
        self._plans: dict[Hashable, Plan] = {}
        self._kept = kept

    def find(self, values: Values, reader: Reader, compiled: Callable[[Facts], Plan]) -> Plan:
        key = [question(values, reader) for question in self._questions]
        plan = self._plans.get(tuple(key))
        if plan is not None:
            return plan
        known = len(self._asked)
        plan = compiled(Facts(self._asked, values, reader))
        if len(self._asked) > known:
            # A new question: the older keys do not hold its answer, so they say too little.
            self._questions = tuple(_telling(self._asked))
            self._plans.clear()
        elif len(self._plans) >= self._kept:
            self._plans.pop(next(iter(self._plans)))
        self._plans[tuple(question(values, reader) for question in self._questions)] = plan
        return plan

    def __len__(self) -> int:
        return len(self._plans)


def _telling(asked: Mapping[Hashable, Question]) -> Iterator[Question]:
    """The questions whose answers are not told by those of another: a scope's shape says it all."""
    for name, question in asked.items():
        match name:
            case ("nothing" | "everything", action) if ("shape", action) in asked:
                continue
        yield question
