"""Sets of places in the tree that change only at a few boundaries."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhibu.identifiers import ancestors, parent_path

ROOT = "1."


@dataclass(frozen=True, slots=True)
class Subtree:
    """Everything below `root`, the root itself if `rooted`, without the subtrees `holes`."""

    root: str
    rooted: bool
    holes: tuple[str, ...]

    @property
    def values(self) -> list[str]:
        """What its condition compares a path with, in the order of the condition's terms."""
        found = [*edges(self.root)] if self.root != ROOT else [] if self.rooted else [ROOT]
        for hole in self.holes:
            found += edges(hole)
        return found


def edges(path: str) -> tuple[str, str]:
    """`path >= first and path < last` holds a node and all below it: "/" follows "." in bytes."""
    return path, path[:-1] + "/"


class PathSet:
    """Whether a place belongs, given at each boundary as (at it, strictly below it).

    Outside every boundary nothing belongs. Boundaries that change nothing are dropped, so equal
    sets have equal `marks`.
    """

    __slots__ = ("marks",)

    def __init__(self, marks: Mapping[str, tuple[bool, bool]]) -> None:
        self.marks: dict[str, tuple[bool, bool]] = {}
        for path in sorted(marks, key=len):
            inherited = self._below(parent_path(path))
            if marks[path] != (inherited, inherited):
                self.marks[path] = marks[path]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PathSet) and self.marks == other.marks

    def __hash__(self) -> int:
        return hash(frozenset(self.marks.items()))

    def __bool__(self) -> bool:
        return bool(self.marks)

    def holds(self, path: str) -> bool:
        mark = self.marks.get(path)
        return mark[0] if mark is not None else self._below(parent_path(path))

    def contains(self, other: "PathSet") -> bool:
        """Whether every place of the other set belongs to this one."""
        return all(
            (self.holds(path) or not other.holds(path))
            and (self._below(path) or not other._below(path))
            for path in {*self.marks, *other.marks}
        )

    def parts(self) -> tuple[tuple[Subtree, ...], tuple[str, ...]]:
        """The set as subtrees with holes, and single places besides; nothing belongs twice."""
        subtrees, singles = [], []
        holes: dict[str | None, list[str]] = {}
        for path in sorted(self.marks):
            holes.setdefault(self._nearest(path), []).append(path)
        for path, (at, below) in sorted(self.marks.items()):
            if below:
                subtrees.append(Subtree(path, at, tuple(holes.get(path, ()))))
            elif at:
                singles.append(path)
        return tuple(subtrees), tuple(singles)

    def _below(self, path: str) -> bool:
        """Whether what lies strictly below `path`, before the next boundary, belongs."""
        marks = self.marks
        while path:
            mark = marks.get(path)
            if mark is not None:
                return mark[1]
            path = path[: path.rfind(".", 0, -1) + 1]
        return False

    def _nearest(self, path: str) -> str | None:
        return next((a for a in ancestors(parent_path(path)) if a in self.marks), None)
