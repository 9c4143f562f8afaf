"""Whoever asks: an account with the roles it holds today, and where."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the scopes are kept with whom they are of; they are made elsewhere
    from zhibu.policy.scope import Scope

READ = "read"  # this verb, and those that go on after it with "_", change nothing
_PATH = re.compile(r"(?:[0-9a-z]+\.)+")


def checked_path(path: str) -> str:
    """The same path. Raises `ValueError` unless every label ends with a dot: "" is no place."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not a path of the organization tree")
    return path


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role at an organization. From the day `until` on it gives nothing."""

    role: str
    path: str
    until: date | None = None

    def __post_init__(self) -> None:
        checked_path(self.path)


@dataclass(frozen=True, slots=True)
class Principal:
    """An account as the policy sees it on one day of its tenant.

    `account` and `member` are UUIDs as hex, `member` "" for an account of nobody. A machine's token
    cuts all that to the named `actions`, and to the subtree `within`; None cuts nothing. Who comes
    through a door from another institution is `looking`: whatever the role may do, he only reads.
    """

    account: str
    member: str
    assignments: tuple[Assignment, ...]
    today: date
    actions: frozenset[str] | None = None
    within: str | None = None
    looking: bool = False
    held: dict[str, tuple[str, ...]] = field(init=False, compare=False, repr=False)
    scopes: "dict[tuple[int, int, str], Scope]" = field(
        init=False, compare=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        if self.within is not None:
            checked_path(self.within)
        held: dict[str, tuple[str, ...]] = {}
        for live in self._live():
            held[live.role] = (*held.get(live.role, ()), live.path)
        object.__setattr__(self, "held", held)

    def _live(self) -> list[Assignment]:
        return [a for a in self.assignments if a.until is None or self.today < a.until]

    @property
    def expires(self) -> date | None:
        """The first day on which this principal would hold less; None when no role ends."""
        return min((a.until for a in self._live() if a.until is not None), default=None)

    def entrusted(self, action: str, path: str) -> bool:
        """Whether the credential reaches this far, whatever the roles allow."""
        return (
            (self.actions is None or action in self.actions)
            and (self.within is None or path.startswith(self.within))
            and (not self.looking or action.rpartition(":")[2].partition("_")[0] == READ)
        )
