"""Queries made at random from a schema: any field, any argument, ids of anybody's rows.

A document is asked several times with other variables, as clients do: what is remembered of it
must not depend on who asked first.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
)

DEEPEST = 6
MOST = 50  # fields of one document: more of each of 20 people is too expensive
SMALL = 12  # fields of a small one
SHALLOW = 4
SHAPES = 2
NOTED = ("Page", "SearchFile")  # queries that the ledger tells of end so
WORDS = (
    *("测试", "branch", "BRANCH", "officer", "2026", "members", "education", "almighty", "%", ""),
    *("found", "summary", "roster"),
)
# What a client would say where few words are answered: of forms, one that tells of nobody.
SENSIBLE = {"form": "summary", "purpose": "测试"}
PARAMETERS = ("core.resolution", "core.objection_days", "education.day_limit")
DATES = ("2010-07-01", "2019-12-31", "2025-06-30", "2026-01-01", "2026-06-15", "2027-03-01")
PLACES = {"organization": "organization", "under": "organization", "parent": "organization"}
# Plugins whose arguments leave out the name of the plugin.
OWN_KINDS = (
    *("education", "dues", "scoring", "organizationLife", "flowMembers", "transfers"),
    *("discipline", "auditCampaign"),
)
INTEGERS = (1, 1, 2, 3, 5, 20, 100, 2026, 2026, 2025, 0, -1)

Rows = dict[str, dict[str, None]]


class Ids:
    """Every id and cursor that was ever answered; `own` are those that we were answered."""

    def __init__(self, own: Iterable[str], foreign: Iterable[str]) -> None:
        self.own: Rows = defaultdict(dict)
        self.foreign: Rows = defaultdict(dict)
        self._decks: dict[str, list[str]] = defaultdict(list)
        for id in own:
            self._add(id, self.own)
        for id in foreign:
            self._add(id, self.foreign)

    def named(self, kind: str) -> list[str]:
        """Our ids of this kind; if there is no such kind, all of them."""
        return list(self.own[kind]) or [id for rows in self.own.values() for id in rows]

    def harvest(self, answer: Any, *, own: bool) -> None:
        rows = self.own if own else self.foreign
        if isinstance(answer, dict):
            for key, value in answer.items():
                if key == "id" and isinstance(value, str):
                    self._add(value, rows)
                elif key.lower().endswith("cursor") and value:
                    rows["cursor"].setdefault(value)
                else:
                    self.harvest(value, own=own)
        elif isinstance(answer, list):
            for each in answer:
                self.harvest(each, own=own)

    def any(self, random: Random, kind: str, *, plain: bool) -> str:
        """An id of this kind, most often. Plainly, each of ours comes before any comes again."""
        if plain and (ours := self.named(kind)):
            if not self._decks[kind]:
                self._decks[kind] = random.sample(ours, len(ours))
            return self._decks[kind].pop()
        rows = self.own if plain or random.random() < 0.6 else self.foreign
        if not rows[kind] or (not plain and random.random() < 0.1):
            kind = random.choice(sorted(kind for kind in rows if rows[kind]) or [kind])
        return random.choice(list(rows[kind]) or ["bm9ib2R5OjE="])

    def _add(self, id: str, rows: Rows) -> None:
        try:
            kind = b64decode(id, validate=True).decode().partition(":")[0]
        except (NotBase64, ValueError):
            return
        if not rows[kind]:
            self._decks.pop(kind, None)  # it held ids of every other kind, for want of one
        rows[kind].setdefault(id)


@dataclass(frozen=True)
class Document:
    """A query and the types of its variables by name; the name says what it is for."""

    text: str
    variables: dict[str, tuple[str, str, Any]]  # by name: argument, kind of what it names, type
    fields: frozenset[tuple[str, str]]

    def rows(self, ids: Ids) -> int:
        """How many of our rows the variable that may name most of them may name."""
        named_by = [
            len(ids.named(named(name, about)))
            for name, about, kind in self.variables.values()
            if get_named_type(kind).name == "ID"
        ]
        return max(named_by, default=0)

    def likelihood(self, dear: Mapping[str, float]) -> float:
        """How often it is drawn; without variables there is only one way to ask it."""
        roots = {name for kind, name in self.fields if kind == "Query"}
        return min((dear.get(name, 1.0) for name in roots), default=1.0) * (
            1.0 if self.variables else 0.01
        )

    @property
    def prints(self) -> bool:
        """Whether a page is printed or a file looked into, which is written into the ledger."""
        return any(kind == "Query" and name.endswith(NOTED) for kind, name in self.fields)


class Documents:
    """Makes documents of one schema; `wanted` are the fields that are looked for.

    Of each object all wanted fields are asked, and whatever leads to wanted ones further below; so
    a few dozen documents ask every field. With nothing wanted, fields are drawn at random.
    """

    def __init__(self, schema: GraphQLSchema, random: Random) -> None:
        self.schema = schema
        self.random = random
        self.wanted = set(fields_of(schema))
        self._variables: dict[str, tuple[str, str, Any]] = {}
        self._asked: set[tuple[str, str]] = set()
        self._about = ""
        self._way: dict[str, int] = {}
        self._left = 0

    def make(self) -> Document:
        """One that asks as many wanted fields as it may."""
        self._way = self._distances()
        return self._of(self._chosen(self._query, list(self._query.fields)), DEEPEST, MOST)

    def small(self, name: str) -> Document:
        """A few fields at random below this one: quickly compiled, and quickly answered."""
        self.wanted = set()
        return self._of(name, SHALLOW, SMALL)

    @property
    def _query(self) -> GraphQLObjectType:
        assert self.schema.query_type is not None
        return self.schema.query_type

    def _of(self, name: str, depth: int, most: int) -> Document:
        self._variables, self._asked, self._left = {}, set(), most
        text = self._field(self._query, name, depth)
        declared = ", ".join(f"${name}: {kind}" for name, (*_, kind) in self._variables.items())
        head = f"query ({declared})" if declared else "query"
        return Document(f"{head} {{ {text} }}", self._variables, frozenset(self._asked))

    def _distances(self) -> dict[str, int]:
        """How many fields away the next wanted one is, by type."""
        found = {kind: 0 for kind, _ in self.wanted}
        for _ in range(DEEPEST):
            for kind, below in self._below.items():
                for way in (found[each] + 1 for each in below if each in found):
                    found[kind] = min(way, found.get(kind, way))
        return found

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """The types of objects that the fields of each answer."""
        return {
            name: {
                each.name
                for field in kind.fields.values()
                for each in _possible(self.schema, _named(field))
            }
            for name, kind in _objects_of(self.schema).items()
        }

    def _chosen(self, kind: GraphQLObjectType, names: list[str]) -> str:
        """A field that is wanted itself, or else leads to one as directly as any, at random."""
        self.random.shuffle(names)
        return min(names, key=lambda name: self._far(kind, name)) if self.wanted else names[0]

    def _far(self, kind: GraphQLObjectType, name: str) -> int:
        if (kind.name, name) in self.wanted:
            return -1
        below = _possible(self.schema, _named(kind.fields[name]))
        way = min((self._way.get(each.name, DEEPEST) for each in below), default=DEEPEST)
        return way + 2 * (len(below) > 1)  # `node` leads everywhere, but knows an id of few

    def _field(self, owner: GraphQLObjectType, name: str, depth: int) -> str:
        self._left -= 1
        field = owner.fields[name]
        self._about = name
        selected = self._selection(field, depth - 1)
        self.wanted.discard((owner.name, name))
        self._asked.add((owner.name, name))
        return f"{name}{self._arguments(field, name)}{selected}"

    def _selection(self, field: GraphQLField, depth: int) -> str:
        kind = _named(field)
        if is_leaf_type(kind):
            return ""
        if is_abstract_type(kind):
            kinds = list(self.schema.get_possible_types(kind))
            self.random.shuffle(kinds)
            some = min(kinds, key=lambda each: self._way.get(each.name, DEEPEST))
            inside = self._inside(some, 2)
            self._about = some.name  # that is what the id is of
            return f" {{ __typename id ... on {some.name} {inside} }}"
        assert isinstance(kind, GraphQLObjectType)
        return f" {self._inside(kind, depth)}"

    def _inside(self, kind: GraphQLObjectType, depth: int) -> str:
        leaves = [name for name, field in kind.fields.items() if is_leaf_type(_named(field))]
        below = [name for name in kind.fields if name not in leaves] if depth > 0 else []
        self.random.shuffle(leaves)
        self.random.shuffle(below)
        if self.wanted:
            drawn = [name for name in leaves if (kind.name, name) in self.wanted]
            below.sort(key=lambda name: self._far(kind, name))
            below = [name for name in below if self._far(kind, name) < depth][:2]
        else:
            drawn, below = leaves[:3], below[: 1 + (depth > 3)]
        if "id" in leaves and "id" not in drawn:
            drawn.append("id")
        parts = [self._field(kind, name, 1) for name in drawn]
        parts += [self._field(kind, name, depth) for name in below if self._left > 0]
        return "{ " + " ".join(parts or ["__typename"]) + " }"

    def _arguments(self, field: GraphQLField, of: str) -> str:
        passed = []
        for name, argument in field.args.items():
            needed = isinstance(argument.type, GraphQLNonNull)
            if needed or name == "first" or self.random.random() < 0.4:
                variable = f"{name}{len(self._variables)}"
                about = self._about if name == "id" and self._about[0].isupper() else of
                self._variables[variable] = (name, about, argument.type)
                passed.append(f"{name}: ${variable}")
        return f"({', '.join(passed)})" if passed else ""


@dataclass(frozen=True)
class Given:
    """Makes values. Those of one shape share a plan; plain ones are what a client would ask."""

    ids: Ids
    random: Random
    shape: Random
    plain: bool

    def value(self, name: str, about: str, kind: Any) -> Any:
        rare = 0.5 if name in PLACES else 1 if self.plain else 0.15
        if not isinstance(kind, GraphQLNonNull) and self.shape.random() < rare:
            return None
        kind = get_nullable_type(kind)
        if isinstance(kind, GraphQLList):
            many = self.shape.randint(0, 2)
            return [self.value(name, about, kind.of_type) for _ in range(many)]
        if isinstance(kind, GraphQLInputObjectType):
            return {
                each: self.value(each, about, field.type)
                for each, field in kind.fields.items()
                if isinstance(field.type, GraphQLNonNull) or self.shape.random() < 0.5
            }
        if isinstance(kind, GraphQLEnumType):
            return self.shape.choice(list(kind.values))
        return self._scalar(name, about, kind.name)

    def _scalar(self, name: str, about: str, kind: str) -> Any:
        random, plain = self.random, self.plain
        if name == "first":
            return 20 if plain else random.choice((1, 2, 5, 20))
        if name in ("after", "before"):
            return self.ids.any(random, "cursor", plain=plain)
        match kind:
            case "ID":
                return self.ids.any(random, named(name, about), plain=plain)
            case "Int":
                # Points of last year are closed in this one.
                last = name == "year" and about.startswith("scoring") and random.random() < 0.5
                return 2026 - last if plain else random.choice(INTEGERS)
            case "Boolean":
                return self.shape.random() < 0.5
            case "Date":
                latest = plain and not name.lower().endswith("from")
                return DATES[-1] if latest else random.choice(DATES)
            case "DateTime":
                return f"{random.choice(DATES)}T00:00:00Z"
            case "Decimal":
                return random.choice(("0", "1", "31.5", "32"))
        if plain and name in SENSIBLE:
            return SENSIBLE[name]
        return random.choice(PARAMETERS if name == "name" and plain else WORDS)


def named(argument: str, of: str) -> str:
    """The type of what an argument names, by the words that the schema uses."""
    name = of if argument == "id" else PLACES.get(argument, argument)
    plugin = next((each for each in OWN_KINDS if of.startswith(each)), None)
    if plugin and argument not in PLACES and argument not in ("id", "member"):
        # What a plugin is called after has the plugin's name: an audit is an `AuditCampaign`.
        own = plugin.endswith(f"{name[0].upper()}{name[1:]}")
        name = plugin if own else f"{plugin}{name[0].upper()}{name[1:]}"
    return name[0].upper() + name[1:]


def values(document: Document, ids: Ids, random: Random, *, plain: bool = False) -> dict[str, Any]:
    """Variables for a document, in one of few shapes."""
    shape = Random(f"{document.text} {random.randrange(SHAPES)}")
    given = Given(ids, random, shape, plain)
    return {name: given.value(*told) for name, told in document.variables.items()}


def fields_of(schema: GraphQLSchema) -> list[tuple[str, str]]:
    """Every field that a query can reach, by the name of its type."""
    return [(name, field) for name, kind in _objects_of(schema).items() for field in kind.fields]


def told(schema: GraphQLSchema, answer: Any) -> Iterator[tuple[str, str]]:
    """The fields that an answer holds a value of, of objects that are there."""
    wrong = {tuple(error.get("path") or ()) for error in answer.get("errors") or ()}
    ahead = [((), schema.query_type, answer.get("data"))]
    while ahead:
        path, kind, value = ahead.pop()
        if isinstance(value, list):
            ahead += [((*path, number), kind, each) for number, each in enumerate(value)]
        elif isinstance(value, dict) and not is_leaf_type(kind):
            if is_abstract_type(kind):
                kind = schema.type_map[value["__typename"]]
            for name, each in value.items():
                here = (*path, name)
                if name != "__typename" and here not in wrong:
                    yield kind.name, name
                    ahead.append((here, _named(kind.fields[name]), each))


def _objects_of(schema: GraphQLSchema) -> dict[str, GraphQLObjectType]:
    reached: dict[str, GraphQLObjectType] = {}
    ahead: list[Any] = [schema.query_type]
    while ahead:
        for each in _possible(schema, ahead.pop()):
            if each.name not in reached:
                reached[each.name] = each
                ahead += [_named(field) for field in each.fields.values()]
    return reached


def _possible(schema: GraphQLSchema, kind: Any) -> list[GraphQLObjectType]:
    """The types of objects that a field of this type may answer."""
    if is_abstract_type(kind):
        return list(schema.get_possible_types(kind))
    return [kind] if isinstance(kind, GraphQLObjectType) else []


def _named(field: GraphQLField) -> Any:
    return get_named_type(field.type)
