"""Counting figures: the statements, made of what each figure contributes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Insert,
    Select,
    Table,
    Text,
    TextClause,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import visitors

from zhibu.contributions import Figure
from zhibu.figures.tables import KeptFigure
from zhibu.organizations.tables import Organization
from zhibu.storage import written
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed

_KEPT: Any = KeptFigure.__table__
_UNITS: Any = Organization.__table__
_COLUMNS = ["tenant_id", "name", "organization_id", "path", "value"]


def decided_by(figures: Iterable[Figure], tables: frozenset[str]) -> list[Figure]:
    """Those of the figures that may have changed where these tables were written."""
    if written.ANY in tables:
        return list(figures)
    return [figure for figure in figures if not (read := _read(figure)) or read & tables]


def counted(tenant_id: UUID, figures: Iterable[Figure]) -> CompoundSelect[Any]:
    """Every figure, counted, as rows of the table that keeps them."""
    return union_all(*(_counted(figure, tenant_id, None) for figure in figures))


def kept_anew(tenant_id: UUID, figures: Iterable[Figure]) -> Insert:
    """Count every figure and keep it; nothing may be kept yet."""
    return insert(_KEPT).from_select(_COLUMNS, counted(tenant_id, figures))


@lru_cache(maxsize=512)
def recount(figures: tuple[Figure, ...]) -> Fixed:
    """Count these figures of the `units` of a `tenant`, and write those that are kept otherwise.

    What is kept is counted along, as none: so what is there no longer becomes 0.
    """
    tenant = bindparam("tenant", type_=Uuid())
    each = [
        _counted(figure, tenant, "units").add_columns(literal(0), literal("", Text))
        for figure in figures
    ]
    kept = (
        select(
            _UNITS.c.tenant_id,
            _KEPT.c.name,
            _UNITS.c.id,
            _UNITS.c.path,
            literal(0, BigInteger),
            _KEPT.c.value,
            _KEPT.c.path,
        )
        .join(
            _UNITS,
            and_(_UNITS.c.tenant_id == _KEPT.c.tenant_id, _UNITS.c.id == _KEPT.c.organization_id),
        )
        .where(
            _KEPT.c.tenant_id == tenant,
            among(_KEPT.c.organization_id, "units"),
            or_(*(_named(figure) for figure in figures)),
        )
    )
    found = union_all(*each, kept).subquery()
    owner, name, unit, path, value, was, was_at = found.c
    now, before, at = func.sum(value), func.sum(was), func.max(was_at)
    different = (
        select(owner, name, unit, path, cast(now, BigInteger))
        .group_by(owner, name, unit, path)
        .having(or_(now != before, and_(at != "", at != path)))
    )

    def write(words: Any) -> Any:
        into = words.insert(_KEPT).from_select(_COLUMNS, different)
        new = {column: into.excluded[column] for column in ("path", "value")}
        keys = ["tenant_id", "name", "organization_id"]
        return into.on_conflict_do_update(index_elements=keys, set_=new)

    return Fixed(write)


def _named(figure: Figure) -> ColumnElement[bool]:
    """That a kept number is this figure's, of any period."""
    name = _KEPT.c.name
    return or_(name == figure.name, name.startswith(f"{figure.name}.", autoescape=True))


@lru_cache(maxsize=1024)
def _read(figure: Figure) -> frozenset[str]:
    """The tables that a figure is counted from; none if it says so in words of its own."""
    parts = list(visitors.iterate(_counted(figure, bindparam("tenant", type_=Uuid()), None)))
    if any(_worded(part) for part in parts):
        return frozenset()
    return frozenset(part.name for part in parts if isinstance(part, Table))


def _worded(part: Any) -> bool:
    """Whether a part of a statement is text that may name any table; `*` names none."""
    if isinstance(part, ColumnClause):
        return part.is_literal and part.name != "*"
    return isinstance(part, TextClause)


def _counted(figure: Figure, tenant_id: Any, named: str | None) -> Select[Any]:
    """The contributed select, narrowed to the organizations bound by that name."""
    query = figure.per_organization(tenant_id)
    place = query.selected_columns[0]
    own = query.where(*_among(getattr(place, "element", place), named)).subquery()
    unit, value, *period = own.c
    name: Any = literal(figure.name, Text)
    if period:
        name = literal(f"{figure.name}.", Text) + cast(period[0], Text)
    return (
        select(
            _UNITS.c.tenant_id,
            name.label("name"),
            _UNITS.c.id,
            _UNITS.c.path,
            cast(value, BigInteger).label("value"),
        )
        .join(own, own.c[unit.name] == _UNITS.c.id)
        .where(_UNITS.c.tenant_id == tenant_id, *_among(_UNITS.c.id, named), value != 0)
    )


def _among(column: Any, named: str | None) -> tuple[Any, ...]:
    return () if named is None else (among(column, named),)
