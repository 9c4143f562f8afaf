"""Objects: a selection of an entity or a namespace becomes columns and the code of a dict."""

from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement, False_, Select, and_, case, select

from zhibu.reading import meanings
from zhibu.reading.errors import NotCompiled, ReadingFault
from zhibu.reading.levels import Level
from zhibu.reading.meanings import Meaning, Public, definition_of, entity_of, meaning_of
from zhibu.reading.places import Place, guarded, narrowed, place_of
from zhibu.reading.plain import shown_by
from zhibu.reading.selection import Parent, Selected
from zhibu.reading.unit import Batch, Unit

KIND = "\0kind"
ROW = "\0row"


class Objects:
    """Writes the code of objects; `row` is an alias of a table, or a namespace."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def code(
        self,
        parents: Iterable[Parent],
        kind: GraphQLObjectType,
        row: Any,
        level: Level,
        place: Place,
    ) -> str:
        """The code of one object as a dict by response key."""
        entries: list[str] = []
        waiting: list[str] = []
        for selected in self.unit.selections.of(parents, kind):
            if selected.field is None:
                code = repr(kind.name)
            else:
                code = self._field(selected, selected.field, kind, row, level, place, waiting)
            entries.append(f"{selected.key!r}: {code}")
        if self.unit.python:
            entries.append(f"{KIND!r}: {kind.name!r}")
            if ROW in waiting:
                entries.append(f"{ROW!r}: {self._whole(row, level)}")
        code = "{" + ", ".join(entries) + "}"
        for held in waiting:
            if held != ROW:
                code = held.format(code)
        return code

    def _field(
        self,
        selected: Selected,
        field: GraphQLField,
        kind: GraphQLObjectType,
        row: Any,
        level: Level,
        place: Place,
        waiting: list[str],
    ) -> str:
        meaning = self._meaning(field, kind, selected.name)
        if meaning is None:
            if not self.unit.python:
                raise NotCompiled(f"{kind.name}.{selected.name}")
            waiting.append(ROW)  # an ordinary resolver: it is given the whole row
            return "None"
        guard = guarded(self.unit, place, meaning.permission)
        if isinstance(guard, False_):
            return "None"
        match meaning:
            case meanings.Column() | meanings.Expression():
                sql = self._sql(meaning, field, row)
                if guard is not None:
                    sql = case((guard, sql))
                kept = field.type if guard is None else _nullable(field.type)
                return self.unit.leaves.code(level, sql, kept, meaning.kind or kind.name)
            case meanings.Computed():
                if (
                    held := self._computed(meaning, selected, field, row, level, guard)
                ) is not None:
                    waiting.append(held)
                return "None"
            case meanings.ToOne():
                code = self._to_one(meaning, selected, field, row, level, place)
            case meanings.ToMany():
                code = self._to_many(meaning, selected, field, row, level)
            case meanings.Part():
                code = self._part(meaning, selected, field, row, level, place)
            case _:
                raise NotCompiled(f"{kind.name}.{selected.name}")
        return code if guard is None else f"({code} if {level.place(guard)} else None)"

    def _meaning(self, field: GraphQLField, kind: GraphQLObjectType, name: str) -> Meaning | None:
        meaning = meaning_of(field)
        if (
            meaning is None
            and (definition := definition_of(field))
            and not definition.base_resolver
        ):
            return meanings.Column()
        return meaning

    def _sql(
        self, meaning: meanings.Column | meanings.Expression, field: GraphQLField, row: Any
    ) -> ColumnElement[Any]:
        if isinstance(meaning, meanings.Expression):
            return expressed(meaning.sql(row, self.unit.env))
        definition = definition_of(field)
        assert definition is not None
        return column_of(row, meaning.name or definition.python_name)

    def _computed(
        self,
        meaning: meanings.Computed,
        selected: Selected,
        field: GraphQLField,
        row: Any,
        level: Level,
        guard: ColumnElement[bool] | None,
    ) -> str:
        """The code that lets the object wait for the field, with `{}` where the object stands."""
        needs = []
        for need in meaning.needs.values():
            sql = column_of(row, need) if isinstance(need, str) else need(row, self.unit.env)
            needs.append(self.unit.leaves.native(level, expressed(sql)))
        shown = _as_it_is if self.unit.python else shown_by(self.unit, field.type, selected.nodes)
        number = len(self.unit.batches)
        self.unit.batches.append(Batch(selected.key, tuple(meaning.needs), meaning.values, shown))
        condition = "" if guard is None else f" if {level.place(guard)} else None"
        values = "".join(f"{need}, " for need in needs)
        return f"keep(held[{number}]{condition}, {{}}, ({values}))"

    def _to_one(
        self,
        meaning: meanings.ToOne,
        selected: Selected,
        field: GraphQLField,
        row: Any,
        level: Level,
        place: Place,
    ) -> str:
        target_kind, target, clause = self._target(field, meaning.shown_with_parent)
        if isinstance(clause, False_):
            return "None"
        on = self._on(meaning.on, row, target)
        outer = place.outer or not isinstance(field.type, GraphQLNonNull)
        level.joins.append((target, on if clause is None else and_(on, clause), outer))
        entity = entity_of(target_kind)
        assert entity is not None
        below = place_of(entity, target, outer=outer)
        code = self.code(selected.nodes, target_kind, target, level, below)
        if not outer:
            return code
        return f"({code} if {level.place(target.c.id)} is not None else None)"

    def _to_many(
        self,
        meaning: meanings.ToMany,
        selected: Selected,
        field: GraphQLField,
        row: Any,
        level: Level,
    ) -> str:
        target_kind, target, clause = self._target(field, meaning.shown_with_parent)
        if isinstance(clause, False_):
            return "[]"
        entity = entity_of(target_kind)
        assert entity is not None
        inner = Level(f"x{self.unit.number()}", self.unit.dialect, json=True)
        code = self.code(selected.nodes, target_kind, target, inner, place_of(entity, target))
        rows = inner.joined(select(inner.array().label("j")).select_from(target))
        rows = rows.where(self._on(meaning.on, row, target))
        if clause is not None:
            rows = rows.where(clause)
        rows = rows.order_by(*ordered(meaning.order_by(target))).limit(meaning.limit)
        own = (target, *(joined for joined, _, _ in inner.joins))
        items = level.place_json(inner.aggregated(rows.correlate_except(*own)))
        return f"[{code} for {inner.row} in {items}]"

    def _part(
        self,
        meaning: meanings.Part,
        selected: Selected,
        field: GraphQLField,
        row: Any,
        level: Level,
        place: Place,
    ) -> str:
        arguments = self.unit.arguments(field, selected.nodes[0])
        namespace = meaning.namespace(row, arguments, self.unit.env)
        kind = get_named_type(field.type)
        assert isinstance(kind, GraphQLObjectType)
        code = self.code(selected.nodes, kind, namespace, level, place)
        for joined, on in getattr(namespace, "joins", ()):
            level.joins.append((joined, on, True))
        return code

    def _target(
        self, field: GraphQLField, shown_with_parent: str | None
    ) -> tuple[GraphQLObjectType, Any, ColumnElement[bool] | None]:
        """The type of a relation, an alias of its table, and which rows of it may be seen."""
        kind = get_named_type(field.type)
        assert isinstance(kind, GraphQLObjectType)
        entity = entity_of(kind)
        if entity is None:
            raise ReadingFault(field=kind.name, fault="the target of a relation has no table")
        target = entity.table.alias()
        permission = Public(shown_with_parent) if shown_with_parent else entity.permission
        return kind, target, narrowed(self.unit, place_of(entity, target), permission)

    def _on(self, on: Callable[..., Any], row: Any, target: Any) -> ColumnElement[bool]:
        known = (row, target, self.unit.env)[: len(signature(on).parameters)]
        condition: ColumnElement[bool] = on(*known)
        owned = "tenant_id" in target.c and "tenant_id" in getattr(row, "c", ())
        return and_(target.c.tenant_id == row.c.tenant_id, condition) if owned else condition

    def _whole(self, row: Any, level: Level) -> str:
        columns = getattr(row, "c", ())
        values = (
            f"{column.name!r}: {self.unit.leaves.native(level, column)}" for column in columns
        )
        return "{" + ", ".join(values) + "}"


def expressed(sql: Any) -> ColumnElement[Any]:
    return sql.scalar_subquery() if isinstance(sql, Select) else sql


def column_of(row: Any, name: str) -> ColumnElement[Any]:
    """A column of an alias, or a column that a namespace has as an attribute."""
    columns = getattr(row, "c", None)
    found = columns.get(name) if columns is not None else None
    if found is None:
        found = getattr(row, name, None)
    if not isinstance(found, ColumnElement | Select):
        raise ReadingFault(field=name, fault=f"no such column in {type(row).__name__}")
    return expressed(found)


def ordered(order: Any) -> list[Any]:
    return list(order) if isinstance(order, list | tuple) else [order]


def _as_it_is(value: Any) -> Any:
    return value


def _nullable(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind
