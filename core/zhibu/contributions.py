"""What a plugin hands to the core: plain values, no callbacks into the core's insides."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import MetaData, Select

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written


@dataclass(frozen=True, kw_only=True)
class Migrations:
    """A linear history of the tables whose names begin with the plugin's name.

    `folder` holds `versions/`; `after` names the siblings whose tables are referenced.
    """

    folder: Path
    metadata: MetaData
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A plugin's part of the schema.

    `query`, `mutation` and `subscription` are Strawberry types whose fields begin with the plugin's
    noun. `member` and `organization` are Strawberry types with exactly one field each, named after
    the plugin: it is added to the core's type of that name. `types` are object types reachable by
    `node` only.
    """

    query: type | None = None
    mutation: type | None = None
    subscription: type | None = None
    member: type | None = None
    organization: type | None = None
    types: tuple[type, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number kept per organization, so that dashboards add up hundreds of rows, not millions.

    `per_organization(tenant_id)` selects `organization_id` (a plain column) and `value`, counted
    from the records of each organization itself, without its subtree, and optionally `period`, a
    year or the like that the number belongs to: the kept figure is then named `name.period`.
    Organizations without a row count as 0. The core narrows the select to the organizations that an
    act touched, and rebuilds the figure whole on demand.
    """

    name: str
    per_organization: Callable[[UUID], Select[Any]]


class Listener(Protocol):
    """Called inside the transaction of the act, with all its events of one name together."""

    def __call__(self, act: Act, events: Sequence[Event]) -> Awaitable[None]: ...


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that can fall due. `within(act, path, first, last)` answers what does, lazily."""

    name: str
    within: Callable[[Any, str, date, date], Awaitable[list[Any]]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of workbook that can be imported, exported, or both: its columns and what it writes.

    `key` names the columns that together may stand only once in a file. `check_row` judges one
    readable row by itself; `check(act, rows)` compares all good rows with what is recorded, and
    `write(act, rows)` then writes them, both once per file and inside one transaction. `write` is
    idempotent: the same file again leaves everything unchanged. `read(act, filters)` gives the
    rows of an export in order. Without `write` the sheet is only exported, without `read` only
    imported; `permission` is asked by `write` and `read` themselves, for every row they touch.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    permission: Action
    key: tuple[str, ...] = ()
    check_row: Callable[[Row], Iterable[Fault]] | None = None
    check: Callable[[Act, Sequence[Row]], Awaitable[list[Fault]]] | None = None
    write: Callable[[Act, Sequence[Row]], Awaitable[Written]] | None = None
    read: Callable[[Act, Mapping[str, Any]], Awaitable[Iterable[Record]]] | None = None


@dataclass(frozen=True, kw_only=True)
class Locale:
    """Texts by language: `folder/zh-CN.yaml`, `folder/en.yaml`."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Dated, cited numbers: every `*.yaml` in `folder`."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class Listeners:
    """Who listens to what: event name (`members.left`, `education.credit_verified`) → listener."""

    by_event: Mapping[str, Listener] = field(default_factory=dict)
