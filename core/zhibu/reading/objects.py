"""Objects: a selection of an entity or a namespace becomes columns and the code of a dict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement, False_, and_, case, select

from zhibu.reading import meanings
from zhibu.reading.errors import NotCompiled, ReadingFault
from zhibu.reading.expressions import column_of, expressed, ordered
from zhibu.reading.levels import Level
from zhibu.reading.meanings import Meaning, Public, definition_of, entity_of, read_as
from zhibu.reading.places import Place, guarded, narrowed, place_of
from zhibu.reading.plain import shown_by
from zhibu.reading.selection import Parent, Selected
from zhibu.reading.unit import Batch, Unit

# Hidden keys of the dicts that ordinary execution is given: the type's name, the whole row.
KIND = "\0kind"
ROW = "\0row"


@dataclass(frozen=True)
class Here:
    """Where code is being written: `row` is an alias of a table, or a namespace."""

    row: Any
    level: Level
    place: Place


class Objects:
    """Writes the code of objects, and selects what it needs."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def code(self, parents: Iterable[Parent], kind: GraphQLObjectType, here: Here) -> str:
        """The code of one object as a dict by response key."""
        entries: list[str] = []
        waiting: list[str] = []
        whole = False
        for selected in self.unit.selections.of(parents, kind):
            meaning = None if selected.field is None else read_as(selected.field)
            if selected.field is None:
                code = repr(kind.name)
            elif meaning is None:
                if not self.unit.python:
                    raise NotCompiled(f"{kind.name}.{selected.name}")
                code, whole = "None", True  # its resolver will be given the whole row
            else:
                code = self._field(selected, selected.field, meaning, kind, here, waiting)
            entries.append(f"{selected.key!r}: {code}")
        if self.unit.python:
            entries.append(f"{KIND!r}: {kind.name!r}")
        if whole:
            entries.append(f"{ROW!r}: {self.unit.leaves.whole(here.level, here.row)}")
        code = "{" + ", ".join(entries) + "}"
        for held in waiting:
            code = f"keep({held}, {code})"
        return code

    def _field(
        self,
        selected: Selected,
        field: GraphQLField,
        meaning: Meaning,
        kind: GraphQLObjectType,
        here: Here,
        waiting: list[str],
    ) -> str:
        guard = guarded(self.unit, here.place, meaning.permission)
        if isinstance(guard, False_):
            return "None"
        match meaning:
            case meanings.Column() | meanings.Expression():
                sql = self._sql(meaning, field, here.row)
                shown = field.type
                if guard is not None:
                    sql = case((guard, sql))
                    shown = shown.of_type if isinstance(shown, GraphQLNonNull) else shown
                return self.unit.leaves.code(here.level, sql, shown, meaning.kind or kind.name)
            case meanings.Computed():
                waiting.append(self._computed(meaning, selected, field, here, guard))
                return "None"
            case meanings.ToOne():
                code = self._to_one(meaning, selected, field, here)
            case meanings.ToMany():
                code = self._to_many(meaning, selected, field, here)
            case meanings.Part():
                code = self._part(meaning, selected, field, here)
            case _:
                raise NotCompiled(f"{kind.name}.{selected.name}")
        return code if guard is None else f"({code} if {here.level.place(guard)} else None)"

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
        here: Here,
        guard: ColumnElement[bool] | None,
    ) -> str:
        """The code of where an object waits for the field, and with what it needs."""
        needs = []
        for need in meaning.needs.values():
            row = here.row
            sql = column_of(row, need) if isinstance(need, str) else need(row, self.unit.env)
            needs.append(self.unit.leaves.native(here.level, expressed(sql)))
        shown = _as_it_is if self.unit.python else shown_by(self.unit, field.type, selected.nodes)
        held = f"held[{len(self.unit.batches)}]"
        self.unit.batches.append(Batch(selected.key, tuple(meaning.needs), meaning.values, shown))
        if guard is not None:
            held += f" if {here.level.place(guard)} else None"
        return f"{held}, ({''.join(f'{need}, ' for need in needs)})"

    def _to_one(
        self, meaning: meanings.ToOne, selected: Selected, field: GraphQLField, here: Here
    ) -> str:
        kind, target, clause = self._target(field, meaning.shown_with_parent)
        if isinstance(clause, False_):
            return "None"
        on = self._on(meaning.on, here.row, target)
        outer = here.place.outer or not isinstance(field.type, GraphQLNonNull)
        here.level.joins.append((target, on if clause is None else and_(on, clause), outer))
        below = Here(target, here.level, self._place(kind, target, outer))
        code = self.code(selected.nodes, kind, below)
        present = here.level.place(target.c.id) if outer else ""
        return f"({code} if {present} is not None else None)" if outer else code

    def _to_many(
        self, meaning: meanings.ToMany, selected: Selected, field: GraphQLField, here: Here
    ) -> str:
        kind, target, clause = self._target(field, meaning.shown_with_parent)
        if isinstance(clause, False_):
            return "[]"
        inner = Level(f"x{self.unit.number()}", self.unit.dialect, json=True)
        code = self.code(selected.nodes, kind, Here(target, inner, self._place(kind, target)))
        rows = inner.joined(select(inner.array().label("j")).select_from(target))
        rows = rows.where(self._on(meaning.on, here.row, target))
        if clause is not None:
            rows = rows.where(clause)
        rows = rows.order_by(*ordered(meaning.order_by(target))).limit(meaning.limit)
        own = (target, *(joined for joined, _, _ in inner.joins))
        items = here.level.place_json(inner.aggregated(rows.correlate_except(*own)))
        return f"[{code} for {inner.row} in {items}]"

    def _part(
        self, meaning: meanings.Part, selected: Selected, field: GraphQLField, here: Here
    ) -> str:
        arguments = self.unit.arguments(field, selected.nodes[0])
        namespace = meaning.namespace(here.row, arguments, self.unit.env)
        kind = get_named_type(field.type)
        assert isinstance(kind, GraphQLObjectType)
        code = self.code(selected.nodes, kind, Here(namespace, here.level, here.place))
        for joined, on in getattr(namespace, "joins", ()):
            here.level.joins.append((joined, on, True))
        return code

    def _target(
        self, field: GraphQLField, shown_with_parent: str | None
    ) -> tuple[GraphQLObjectType, Any, ColumnElement[bool] | None]:
        """The type of a relation, an alias of its table, and which rows of it may be seen."""
        kind = get_named_type(field.type)
        entity = entity_of(kind)
        if entity is None or not isinstance(kind, GraphQLObjectType):
            raise ReadingFault(field=str(kind), fault="the target of a relation has no table")
        target = entity.table.alias()
        permission = Public(shown_with_parent) if shown_with_parent else entity.permission
        return kind, target, narrowed(self.unit, place_of(entity, target), permission)

    def _place(self, kind: GraphQLObjectType, row: Any, outer: bool = False) -> Place:
        entity = entity_of(kind)
        assert entity is not None
        return place_of(entity, row, outer=outer)

    def _on(self, on: Callable[..., Any], row: Any, target: Any) -> ColumnElement[bool]:
        known = (row, target, self.unit.env)[: len(signature(on).parameters)]
        condition: ColumnElement[bool] = on(*known)
        owned = "tenant_id" in target.c and "tenant_id" in getattr(row, "c", ())
        return and_(target.c.tenant_id == row.c.tenant_id, condition) if owned else condition


def _as_it_is(value: Any) -> Any:
    return value
