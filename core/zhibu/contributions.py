"""What a plugin hands to the core: plain values, no callbacks into the core's insides."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import MetaData, Select


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

    `query` and `mutation` are Strawberry types whose fields begin with the plugin's noun. `member`
    and `organization` are Strawberry types with exactly one field each, named after the plugin:
    it is added to the core's type of that name. `types` are object types reachable by `node` only.
    """

    query: type | None = None
    mutation: type | None = None
    member: type | None = None
    organization: type | None = None
    types: tuple[type, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number kept per organization, so that dashboards add up hundreds of rows, not millions.

    `per_organization(tenant_id)` selects `(organization_id, value)` counted from the records of
    each organization itself, without its subtree; organizations without a row count as 0. The
    core narrows the select to what an act touched and rebuilds it whole on demand.
    """

    name: str
    per_organization: Callable[[UUID], Select[Any]]


class Listener(Protocol):
    """Called inside the transaction of the act that recorded the event."""

    def __call__(self, act: Any, event: Any) -> Awaitable[None]: ...


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that can fall due. `within(act, path, first, last)` answers what does, lazily."""

    name: str
    within: Callable[[Any, str, date, date], Awaitable[list[Any]]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of workbook that can be imported, exported, or both: its columns and what it writes.

    The columns are `zhibu.forms.columns.Column` values; `write` is called once per file with every
    row that passed the checks, inside one transaction.
    """

    name: str
    title: str
    columns: tuple[Any, ...]
    permission: Any
    check: Callable[[Any, list[Any]], Awaitable[list[Any]]] | None = None
    write: Callable[[Any, list[Any]], Awaitable[Any]] | None = None
    read: Callable[[Any, Mapping[str, Any]], Awaitable[list[Any]]] | None = None


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
