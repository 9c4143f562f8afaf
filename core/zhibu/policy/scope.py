"""Everything that one caller may do one thing to, as a value and as a condition in SQL."""

from collections.abc import Hashable, Iterator, Mapping
from itertools import count

from sqlalchemy import BindParameter, ColumnElement, Text, Uuid, and_, bindparam, false, or_, true
from sqlalchemy.types import TypeEngine

from zhibu.policy.paths import ROOT, PathSet, Subtree

Binds = Iterator[ColumnElement[str]]

_shapes: dict[Hashable, int] = {}  # numbered, since plans are looked up by them in every request


class Scope:
    """Where every row is meant (`anyone`), and where the rows of the asking `member` are (`mine`).

    `clause` and `values` belong together: the clause names its binds by position and holds no
    value, so that scopes of one `shape` share a compiled statement.
    """

    __slots__ = (
        "_anyone",
        "_form",
        "_mine",
        "_same",
        "_values",
        "anyone",
        "everything",
        "member",
        "mine",
        "nothing",
        "shape",
    )

    def __init__(self, anyone: PathSet, mine: PathSet, member: str) -> None:
        self.anyone = anyone
        self.mine = mine
        self.member = member
        self.nothing = not anyone and not mine
        # Whether the whole tenant is meant; the clause is then simply true.
        self.everything = anyone.marks == mine.marks == {ROOT: (True, True)}
        self._same: dict[Scope, bool] = {self: True}
        self._anyone = anyone.parts()
        self._mine = mine.parts()
        self._form = _form(anyone, mine)
        shape = self._form, _shape(self._anyone), _shape(self._mine)
        self.shape = _shapes.setdefault(shape, len(_shapes))
        self._values = (_values(self._anyone), (member, *_values(self._mine)))

    def covers(self, path: str, owner: str = "") -> bool:
        """Whether a row at `path` that belongs to the member `owner` (hex, or "") is meant."""
        return (self.mine if owner and owner == self.member else self.anyone).holds(path)

    def clause(
        self,
        path_column: ColumnElement[str],
        owner_column: ColumnElement[object] | None,
        prefix: str,
    ) -> ColumnElement[bool]:
        """The condition on a row's path and owner, with binds `{prefix}_0`, `{prefix}_1`, …

        Without an owner column rows belong to nobody. Execute it with `values(prefix)`, of this
        scope or of any other of the same shape.
        """
        return self._condition(path_column, owner_column, prefix, {})

    def values(self, prefix: str, *, owned: bool = True) -> dict[str, str]:
        """The values of the clause's binds; `owned` says whether it has an owner column."""
        anyone, mine = self._values
        values = anyone if not owned or self._form == "alike" else anyone + mine
        return {f"{prefix}_{n}": value for n, value in enumerate(values)}

    def bound(
        self,
        path_column: ColumnElement[str],
        owner_column: ColumnElement[object] | None = None,
        prefix: str = "scope",
    ) -> ColumnElement[bool]:
        """The clause with its values in its binds, for a statement that is executed as it is."""
        values = self.values(prefix, owned=owner_column is not None)
        return self._condition(path_column, owner_column, prefix, values)

    def same_rows_as(self, other: "Scope") -> bool:
        """Whether both mean the same rows, whoever asked for each; worked out once."""
        same = self._same.get(other)
        if same is None:
            same = self._same[other] = self.contains(other) and other.contains(self)
        return same

    def contains(self, other: "Scope") -> bool:
        """Whether every row of the other scope is in this one too, whoever asked for each."""
        if self.member == other.member:
            return self.anyone.contains(other.anyone) and self.mine.contains(other.mine)
        return all(a.contains(b) for a in self._sides for b in other._sides)

    @property
    def _sides(self) -> tuple[PathSet, PathSet]:
        return self.anyone, self.mine

    def _condition(
        self,
        path_column: ColumnElement[str],
        owner_column: ColumnElement[object] | None,
        prefix: str,
        values: Mapping[str, str],
    ) -> ColumnElement[bool]:
        names = (f"{prefix}_{n}" for n in count())
        binds = (_bind(name, Text(), values) for name in names)
        anyone = _clause(path_column, self._anyone, binds)
        if owner_column is None or self._form == "alike":
            return anyone
        me = _bind(next(names), Uuid(as_uuid=False), values)
        mine = and_(owner_column == me, _clause(path_column, self._mine, binds))
        if self._form == "more":
            return or_(anyone, mine)
        return or_(and_(owner_column.is_distinct_from(me), anyone), mine)


Parts = tuple[tuple[Subtree, ...], tuple[str, ...]]


def _form(anyone: PathSet, mine: PathSet) -> str:
    """How own rows relate to others: `alike`, `more` of them, or `apart`."""
    if anyone == mine:
        return "alike"
    return "more" if mine.contains(anyone) else "apart"


def _bind(name: str, kind: TypeEngine[str], values: Mapping[str, str]) -> BindParameter[str]:
    return bindparam(name, values[name], kind) if values else bindparam(name, type_=kind)


def _shape(parts: Parts) -> Hashable:
    subtrees, singles = parts
    return tuple((s.root == ROOT, s.rooted, len(s.holes)) for s in subtrees), len(singles)


def _values(parts: Parts) -> tuple[str, ...]:
    subtrees, singles = parts
    return (*(value for subtree in subtrees for value in subtree.values), *singles)


def _clause(path: ColumnElement[str], parts: Parts, binds: Binds) -> ColumnElement[bool]:
    subtrees, singles = parts
    terms = [_subtree_clause(path, subtree, binds) for subtree in subtrees]
    if singles:
        terms.append(path.in_([next(binds) for _ in singles]))
    return or_(*terms) if terms else false()


def _subtree_clause(
    path: ColumnElement[str], subtree: Subtree, binds: Binds
) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = []
    if subtree.root != ROOT:
        first = next(binds)
        terms += [path >= first if subtree.rooted else path > first, path < next(binds)]
    elif not subtree.rooted:
        terms.append(path > next(binds))
    for _ in subtree.holes:
        terms.append(or_(path < next(binds), path >= next(binds)))
    return and_(*terms) if terms else true()
