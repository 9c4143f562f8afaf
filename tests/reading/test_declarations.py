"""Declarations that could leak or crash are refused when the schema is built."""

from decimal import Decimal

import pytest
import strawberry

from zhibu.reading import (
    Engine,
    ReadingFault,
    column,
    entity,
    expression,
    fields_without_permission,
    one,
    to_one,
)


def engine_of(toy, kind):
    @strawberry.type
    class Query:
        @one(lambda row, args, env: row.c.id == args.row("id", "Thing"))
        def thing(self, id: strawberry.ID) -> kind | None: ...

    return Engine(strawberry.Schema(Query), toy.store.dialect, secret=b"x")


def test_a_guarded_field_must_be_nullable(toy, tables):
    @entity(tables["person"], permission="toy:person:read")
    @strawberry.type
    class Thing:
        name: str = column(permission="toy:phone:read")

    with pytest.raises(ReadingFault) as fault:
        engine_of(toy, Thing)
    assert fault.value.facts["field"] == "Thing.name"


def test_a_relation_to_what_may_be_invisible_must_be_nullable(toy, tables):
    @entity(tables["unit"], permission="toy:unit:read")
    @strawberry.type
    class Other:
        name: str

    @entity(tables["person"], permission="toy:person:read")
    @strawberry.type
    class Thing:
        other: Other = to_one(lambda p, u: u.c.id == p.c.unit_id)

    with pytest.raises(ReadingFault) as fault:
        engine_of(toy, Thing)
    assert fault.value.facts["field"] == "Thing.other"


async def test_a_column_that_is_not_there_is_named(toy, tables):
    @entity(tables["person"], permission="toy:person:read")
    @strawberry.type
    class Thing:
        nonsense: str

    engine = engine_of(toy, Thing)
    with pytest.raises(ReadingFault) as fault:
        engine.describe('{ thing(id: "x") { nonsense } }', None, toy.request())
    assert fault.value.facts["field"] == "nonsense"


def test_the_walk_finds_what_names_no_permission(toy):
    @strawberry.type
    class Loose:
        hours: int = expression(lambda ns, env: 1)
        named: int | None = expression(lambda ns, env: 1, permission="toy:person:read")

    @strawberry.type
    class Query:
        @strawberry.field
        def open(self) -> Loose: ...

    found = fields_without_permission(strawberry.Schema(Query))
    assert found == ["Loose.hours", "Query.open"]


def test_a_decimal_whose_expression_lost_its_type_is_refused(toy, tables):
    @entity(tables["person"], permission="toy:person:read")
    @strawberry.type
    class Thing:
        twice: Decimal | None = expression(lambda of, env: of.c.dues + of.c.dues)

    engine = engine_of(toy, Thing)
    with pytest.raises(ReadingFault) as fault:
        engine.describe('{ thing(id: "x") { twice } }', None, toy.request())
    assert "decimals" in fault.value.facts["fault"]
