"""The tenant criterion: every tenant-owned table of a statement is narrowed to one tenant.

Declarations need not write it, and a declaration that forgets it cannot leak. Where a table is
joined, the criterion stands in the join's condition, so that outer joins stay outer.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    Alias,
    BindParameter,
    ColumnClause,
    ColumnElement,
    FromClause,
    Join,
    Select,
    Table,
    and_,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import SQLCompiler

_COMPILER = SQLCompiler(DefaultDialect(), None)
_LEAVES = (BindParameter, ColumnClause, Table)


def confine(statement: Select[Any], tenant: BindParameter[Any]) -> Select[Any]:
    """Add the criterion to every select in the statement, in place, and return the statement.

    The statement must be freshly built: nothing of it may be shared with another one.
    """
    for element in _elements(statement):
        if isinstance(element, BindParameter):
            element.required = False  # the values come when the plan runs
        elif isinstance(element, Select):
            _confine_select(element, tenant)
        elif isinstance(element, Join) and (found := criterion(element.right, tenant)) is not None:
            element.onclause = _with(element.onclause, found)
    return statement


def _elements(statement: Select[Any]) -> Collection[Any]:
    """Whatever the statement is made of, once; what is selected twice is narrowed once."""
    found: dict[int, Any] = {}
    waiting: list[Any] = [statement]
    while waiting:
        element = waiting.pop()
        if id(element) not in found:
            found[id(element)] = element
            if not isinstance(element, _LEAVES):
                waiting.extend(element.get_children())
    return found.values()


def criterion(source: Any, tenant: BindParameter[Any]) -> ColumnElement[bool] | None:
    """`tenant_id = :tenant` for a tenant-owned table or an alias of one, else None."""
    table = source.element if isinstance(source, Alias) else source
    if not isinstance(table, Table) or "tenant_id" not in table.c:
        return None
    return source.c.tenant_id == tenant  # type: ignore[no-any-return]


def _confine_select(select: Select[Any], tenant: BindParameter[Any]) -> None:
    joins = []
    joined = set()
    for target, on, left, flags in select._setup_joins:
        joined.add(target)
        found = criterion(target, tenant)
        joins.append((target, on if found is None else _with(on, found), left, flags))
    select._setup_joins = tuple(joins)
    criteria = [
        found
        for source in _leftmost(select)
        if source not in joined and (found := criterion(source, tenant)) is not None
    ]
    select._where_criteria = (*select._where_criteria, *criteria)


def _leftmost(select: Select[Any]) -> Iterator[FromClause]:
    """The tables a select stands on, without those on the right of a join.

    A correlated table is among them: its criterion once more in a subquery changes nothing.
    """
    # `get_final_froms` would compile the whole select first, for every select inside of another.
    for source in select._compile_state_factory(select, _COMPILER)._get_display_froms():
        while isinstance(source, Join):
            source = source.left
        yield source


def _with(on: Any, found: ColumnElement[bool]) -> ColumnElement[bool]:
    return found if on is None else and_(on, found)
