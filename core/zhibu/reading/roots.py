"""Root fields: which statement answers a field of `Query`."""

from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType, get_named_type
from sqlalchemy import Uuid, and_, select, true

from zhibu.errors import Forbidden
from zhibu.identifiers import GlobalIdInvalid, parse_global_id
from zhibu.reading import meanings
from zhibu.reading.errors import NotCompiled, ReadingFault
from zhibu.reading.expressions import ordered
from zhibu.reading.levels import Level
from zhibu.reading.meanings import Entity, Permission, Public, entity_of
from zhibu.reading.objects import Here, Objects
from zhibu.reading.origins import Variable
from zhibu.reading.pages import Pages
from zhibu.reading.places import Place, narrowed, nothing, place_of
from zhibu.reading.selection import Selected
from zhibu.reading.statements import Settled, Statement, assembled
from zhibu.reading.unit import Unit
from zhibu.storage.aliases import named

ONE = "    if not rows:\n        return None\n    r = rows[0]\n    return {}"
MANY = "    return [{} for r in rows]"


def root(unit: Unit, selected: Selected, secret: bytes) -> Statement | Settled:
    """Compile one root field. Raises `NotCompiled` for one that has an ordinary resolver."""
    field = selected.field
    meaning = None if field is None else meanings.meaning_of(field)
    if field is None or not isinstance(meaning, meanings.Root):
        raise NotCompiled(selected.name)
    kind = get_named_type(field.type)
    unit.env.root = unit.arguments(field, selected.nodes[0])
    if isinstance(meaning, meanings.Node):
        return _node(unit, selected, field)
    if isinstance(meaning, meanings.Connected):
        assert isinstance(kind, GraphQLObjectType)
        kind = get_named_type(kind.fields["nodes"].type)
    entity = entity_of(kind)
    for permission in (meaning.permission, entity.permission if entity else None):
        if (action := nothing(unit, permission)) is not None:
            if isinstance(field.type, GraphQLNonNull):
                return Settled(refusal=lambda: Forbidden(action=str(action)))
            return Settled()
    assert isinstance(kind, GraphQLObjectType)
    match meaning:
        case meanings.Connected():
            return Pages(unit, selected, field, meaning, secret).statement()
        case meanings.Figures():
            return _figures(unit, selected, field, meaning, kind)
        case meanings.One() | meanings.Listing():
            if entity is None:
                raise ReadingFault(field=selected.name, fault=f"{kind.name} has no table")
            return _rows(unit, selected, field, meaning, kind, entity)
    raise NotCompiled(selected.name)


def _rows(
    unit: Unit,
    selected: Selected,
    field: GraphQLField,
    meaning: meanings.One | meanings.Listing,
    kind: GraphQLObjectType,
    entity: Entity,
) -> Statement:
    arguments = unit.arguments(field, selected.nodes[0])
    row = named(entity.table, "n")
    terms = [] if meaning.where is None else [meaning.where(row, arguments, unit.env)]
    terms += _scopes(unit, place_of(entity, row), entity.permission, meaning.permission)
    level = Level("r", unit.dialect)
    code = Objects(unit).code(selected.nodes, kind, Here(row, level, place_of(entity, row)))
    statement = level.joined(select(*level.labelled()).select_from(row)).where(and_(true(), *terms))
    if isinstance(meaning, meanings.Listing):
        statement = statement.order_by(*ordered(meaning.order_by(row))).limit(meaning.limit)
    body = MANY if isinstance(meaning, meanings.Listing) else ONE
    return assembled(unit, statement, body.replace("{}", code, 1), None)


def _figures(
    unit: Unit,
    selected: Selected,
    field: GraphQLField,
    meaning: meanings.Figures,
    kind: GraphQLObjectType,
) -> Statement:
    namespace = meaning.namespace(unit.arguments(field, selected.nodes[0]), unit.env)
    place = Place(getattr(namespace, "path", None), None, meaning.permission)
    terms = _scopes(unit, place, meaning.permission)
    level = Level("r", unit.dialect)
    code = Objects(unit).code(selected.nodes, kind, Here(namespace, level, place))
    # Only now: the fields may have joined what they need.
    if not level.columns:  # only `__typename`, which is no row's
        return assembled(unit, select(*level.labelled()), ONE.replace("{}", code, 1), None)
    statement = level.joined(select(*level.labelled()).select_from(namespace.from_))
    if (where := getattr(namespace, "where", None)) is not None:
        terms.append(where)
    return assembled(unit, statement.where(and_(true(), *terms)), ONE.replace("{}", code, 1), None)


def _node(unit: Unit, selected: Selected, field: GraphQLField) -> Statement | Settled:
    """The plan depends on the type inside the id, never on the row."""
    arguments = unit.arguments(field, selected.nodes[0])
    origin, _ = arguments.origin("id")
    known = unit.schema.type_map

    def named(text: str) -> str:
        """One answer for all unknown types: callers must not be able to make plans at will."""
        name = _kind(text)
        return name if not name or name in known else "?"

    if isinstance(origin, Variable):
        name = unit.facts.of("kind", origin.path, named)
    else:
        name = named(origin.value)
    kind = known.get(name)
    if name == "":
        return Settled(refusal=lambda: GlobalIdInvalid(path=("id",), expected="*"))
    if not isinstance(kind, GraphQLObjectType) or (entity := entity_of(kind)) is None:
        return Settled()
    interface = get_named_type(field.type)
    if interface is not kind and interface not in kind.interfaces:
        return Settled()
    if isinstance(entity.permission, Public) or nothing(unit, entity.permission) is not None:
        return Settled()  # `Public` rows are seen with the object that they belong to, never alone
    meaning = meanings.One(where=lambda row, args, env: row.c.id == args.row("id", kind.name))
    return _rows(unit, selected, field, meaning, kind, entity)


def _kind(text: str) -> str:
    try:
        return parse_global_id(text)[0]
    except GlobalIdInvalid:
        return ""


def _scopes(unit: Unit, place: Place, *permissions: Permission | None) -> list[Any]:
    found = (narrowed(unit, place, permission) for permission in dict.fromkeys(permissions))
    return [term for term in found if term is not None]


def single(
    unit: Unit, nodes: list[FieldNode], field: GraphQLField, kind: GraphQLObjectType
) -> Statement | Settled:
    """The row of a known id, with what `nodes` select of it: for the payload of a mutation."""
    entity = entity_of(kind)
    if entity is None:
        raise ReadingFault(field=kind.name, fault="has no table")
    if nothing(unit, entity.permission) is not None:
        return Settled()
    known = unit.binds.named("zr", Uuid(), lambda run: run.values["\0row"])
    meaning = meanings.One(where=lambda found, args, env: found.c.id == known)
    selected = Selected(nodes[0].name.value, nodes, nodes[0].name.value, field)
    return _rows(unit, selected, field, meaning, kind, entity)
