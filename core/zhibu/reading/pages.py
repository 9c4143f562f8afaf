"""Connections: a page of rows, its cursors and its count, in one statement."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement, Integer, Select, and_, func, select, true

from zhibu.reading import cursors
from zhibu.reading.arguments import Arguments
from zhibu.reading.errors import NotCompiled, ReadingFault
from zhibu.reading.expressions import ordered
from zhibu.reading.levels import Level
from zhibu.reading.meanings import Connected, Entity, entity_of
from zhibu.reading.objects import KIND, Here, Objects
from zhibu.reading.orders import Key, beyond, keys_of
from zhibu.reading.origins import plain
from zhibu.reading.paging import preparation
from zhibu.reading.places import narrowed, place_of
from zhibu.reading.selection import Selected
from zhibu.reading.standing import standing_on
from zhibu.reading.statements import Prepare, Statement, assembled
from zhibu.reading.unit import Unit
from zhibu.reading.values import reading_of
from zhibu.storage.aliases import named


class Pages:
    """Compiles one connection field."""

    def __init__(
        self, unit: Unit, selected: Selected, field: GraphQLField, meaning: Connected, secret: bytes
    ) -> None:
        self.unit = unit
        self.selected = selected
        self.field = field
        self.meaning = meaning
        self.secret = secret
        self.arguments: Arguments = unit.arguments(field, selected.nodes[0])
        kind = get_named_type(field.type)
        assert isinstance(kind, GraphQLObjectType)
        self.kind = kind
        node = get_named_type(kind.fields["nodes"].type)
        entity = entity_of(node)
        if entity is None or not isinstance(node, GraphQLObjectType):
            raise ReadingFault(field=selected.name, fault="a connection of a type without a table")
        self.node = node
        self.entity: Entity = entity
        self.level = Level("r", unit.dialect)
        self.row = named(entity.table, "n")
        self.needs_rows = False
        self.needs_total = False
        self.needs_cursor = False

    def statement(self) -> Statement:
        """The rows of the page plus one, so that it is known whether more follow."""
        entries = self._entries(self.selected, self.kind)
        lines = ["    first = run.page"]
        if not self.needs_rows:
            self.level.columns.append(self._total())
            lines = ["    total = rows[0][0]", f"    return {entries}"]
            counted = select(*self.level.labelled())
            return assembled(self.unit, counted, "\n".join(lines), self._preparation())
        row_id = int(self.level.place(self.row.c.id)[2:-1]) if self.needs_total else 0
        rows, keys = self._rows()
        seal = ", ".join(f"r[{number}]" for number in keys)
        self.unit.names["seal"] = cursors.seal
        if self.needs_total:
            rows, total = self._with_total(rows, keys)
            lines += [f"    total = rows[0][{total}]"]
            lines += [f"    if rows[0][{row_id}] is None:", "        rows = []"]
        lines += ["    more = len(rows) > first", "    if more:", "        rows = rows[:first]"]
        if self.needs_cursor:
            lines.append(f"    def cursor(r): return seal(run.mark, ({seal},))")
        lines.append(f"    return {entries}")
        return assembled(self.unit, rows, "\n".join(lines), self._preparation())

    # What is selected, as code over `rows`, `more`, `total` and `cursor(r)`.

    def _entries(self, selected: Selected, kind: GraphQLObjectType) -> str:
        entries = []
        for chosen in self.unit.selections.of(selected.nodes, kind):
            code = repr(kind.name) if chosen.field is None else self._page_field(chosen, kind)
            entries.append(f"{chosen.key!r}: {code}")
        if self.unit.python:
            entries.append(f"{KIND!r}: {kind.name!r}")
        return "{" + ", ".join(entries) + "}"

    def _page_field(self, chosen: Selected, kind: GraphQLObjectType) -> str:
        assert chosen.field is not None
        below = get_named_type(chosen.field.type)
        if chosen.name == "totalCount":
            self.needs_total = True
            return "total"
        self.needs_rows = True
        match chosen.name:
            case "edges":
                assert isinstance(below, GraphQLObjectType)
                return f"[{self._entries(chosen, below)} for r in rows]"
            case "nodes":
                return f"[{self._node(chosen)} for r in rows]"
            case "node":
                return self._node(chosen)
            case "pageInfo":
                assert isinstance(below, GraphQLObjectType)
                return self._entries(chosen, below)
            case "cursor":
                self.needs_cursor = True
                return "cursor(r)"
            case "hasNextPage":
                return "more"
            case "hasPreviousPage":
                return "run.behind"
            case "startCursor":
                self.needs_cursor = True
                return "(cursor(rows[0]) if rows else None)"
            case "endCursor":
                self.needs_cursor = True
                return "(cursor(rows[-1]) if rows else None)"
        raise NotCompiled(f"{kind.name}.{chosen.name}")

    def _node(self, chosen: Selected) -> str:
        place = place_of(self.entity, self.row)
        here = Here(self.row, self.level, place)
        return Objects(self.unit).code(chosen.nodes, self.node, here)

    # The statement.

    def _rows(self) -> tuple[Select[Any], list[int]]:
        """The select of the page, and the positions of the keys of its order."""
        keys = self._keys(self.row)
        page = select().select_from(self.row).where(self._condition(self.row))
        if self._given("after"):
            bounds = [self._bound(key, number) for number, key in enumerate(keys)]
            page = page.where(beyond(keys, bounds))
        page = page.order_by(*(key.by(key.sql) for key in keys))
        page = page.limit(self.unit.binds.fresh(Integer(), lambda run: run.page + 1))
        if self._given("offset"):
            page = page.offset(self.unit.binds.fresh(Integer(), lambda run: run.offset))
        if self.level.holds_only(self.row):
            positions = self._positions([key.sql for key in keys])
            return page.add_columns(*self.level.labelled()), positions
        # The page first: joins and subqueries run for its rows only, and stand on it as on the
        # table, so that no row is looked up twice.
        labelled = [key.sql.label(f"k{number}") for number, key in enumerate(keys)]
        chosen = page.add_columns(*self.row.c, *labelled).subquery("page")
        told = [chosen.c[f"k{number}"] for number in range(len(keys))]
        positions = self._positions(told)
        rows = self.level.joined(select(*self.level.labelled()).select_from(self.row))
        rows = rows.order_by(*(key.by(sql) for key, sql in zip(keys, told, strict=True)))
        return standing_on(chosen, self.row, rows), positions

    def _with_total(self, rows: Select[Any], keys: list[int]) -> tuple[Select[Any], int]:
        """The same rows, each with the count; one row of nulls with the count if there is none."""
        inner = rows.subquery("rows")
        total = select(self._total().label("n")).subquery("total")
        order = [
            key.by(inner.c[f"c{position}"])
            for key, position in zip(self._keys(self.row), keys, strict=True)
        ]
        both = select(*inner.c, total.c.n).select_from(total.join(inner, true(), isouter=True))
        return both.order_by(*order), len(inner.c)

    def _total(self) -> ColumnElement[Any]:
        row = named(self.entity.table, "q")
        counted = select(func.count()).select_from(row).where(self._condition(row))
        return counted.scalar_subquery()

    def _condition(self, row: Any) -> ColumnElement[bool]:
        unit, arguments = self.unit, self.arguments
        terms = [
            term
            for permission in (self.entity.permission, self.meaning.permission)
            if (term := narrowed(unit, place_of(self.entity, row), permission)) is not None
        ]
        if self.meaning.where is not None:
            terms.append(self.meaning.where(row, arguments, unit.env))
        for path, narrow in self.meaning.filters.items():
            if arguments.given(path):
                terms.append(narrow(row, arguments, unit.env))
        return and_(true(), *terms)

    def _keys(self, row: Any) -> list[Key]:
        order = self.meaning.order
        if self.meaning.orders and self.arguments.given("orderBy"):
            chosen = self.arguments.exact("orderBy")
            named = {chosen, plain(chosen), getattr(chosen, "name", chosen)}
            order = next(made for name, made in self.meaning.orders.items() if name in named)
        return keys_of(ordered(order(row)), row)

    def _positions(self, columns: Sequence[ColumnElement[Any]]) -> list[int]:
        """Where the keys are found in a row; they are selected only for whoever needs them."""
        if not (self.needs_cursor or self.needs_total):
            return []
        return [int(self.level.place(column)[2:-1]) for column in columns]

    def _bound(self, key: Key, number: int) -> ColumnElement[Any]:
        return self.unit.binds.fresh(key.sql.type, lambda run: run.keys[number])

    def _preparation(self) -> Prepare:
        after = self._given("after")
        readings = [reading_of(key.sql.type) for key in self._keys(self.row)] if after else []
        return preparation(self.arguments, self.field, self.selected.name, self.secret, readings)

    def _given(self, name: str) -> bool:
        return name in self.field.args and self.arguments.given(name)
