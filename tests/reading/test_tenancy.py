"""Whatever form a statement has, each tenant-owned table in it is narrowed to the tenant."""

import re

import pytest
from sqlalchemy import Uuid, bindparam, exists, func, select, union_all

from zhibu.reading.tenancy import confine


def joined(unit, person, credit):
    a, b, c = unit.alias("a"), person.alias("b"), credit.alias("c")
    return select(func.count()).select_from(
        a.outerjoin(b, b.c.unit_id == a.c.id).join(c, c.c.person_id == b.c.id)
    )


def within_exists(unit, person, credit):
    a, b = unit.alias("a"), person.alias("b")
    return select(a.c.id).where(exists().where(b.c.unit_id == a.c.id))


def common_table(unit, person, credit):
    a = unit.alias("a")
    found = select(a.c.id).where(a.c.path == "1.").cte("found")
    b = person.alias("b")
    return select(b.c.id).join(found, found.c.id == b.c.unit_id)


def united(unit, person, credit):
    a, b = unit.alias("a"), person.alias("b")
    both = union_all(select(a.c.id), select(b.c.id)).subquery("both_")
    return select(func.count()).select_from(both)


def in_a_list(unit, person, credit):
    a, b = unit.alias("a"), person.alias("b")
    return select(a.c.id).where(a.c.id.in_(select(b.c.unit_id).where(b.c.active)))


@pytest.mark.parametrize("form", [joined, within_exists, common_table, united, in_a_list])
def test_every_table_is_narrowed(tables, form):
    statement = form(tables["unit"], tables["person"], tables["credit"])
    sql = str(confine(statement, bindparam("tenant", type_=Uuid(), required=False)))
    aliases = re.findall(r"toy_\w+ AS (\w+)", sql)
    assert aliases
    for alias in aliases:
        assert f"{alias}.tenant_id = :tenant" in sql


def test_an_outer_join_stays_outer(tables):
    statement = joined(tables["unit"], tables["person"], tables["credit"])
    sql = str(confine(statement, bindparam("tenant", type_=Uuid(), required=False)))
    where = sql[sql.index("WHERE") :]
    assert "a.tenant_id" in where
    assert "b.tenant_id" not in where
