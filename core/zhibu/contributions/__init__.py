"""What a plugin hands to the core: plain values, no callbacks into the core's insides."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import MetaData, Select

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.contributions.deadlines import SUPERVISORS, Due, Window
from zhibu.errors import Conflict, Invalid
from zhibu.exchange.rules import Told
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.layouts import Paper
from zhibu.forms.rows import Record, Row, Written
from zhibu.procedures.rules.values import Outcome, Proposal
from zhibu.verifying.tokens import Verdict

__all__ = [
    "SUPERVISORS",
    "Due",
    "Exchange",
    "Figure",
    "Graph",
    "Listener",
    "Listeners",
    "Locale",
    "Migrations",
    "Parameters",
    "Procedure",
    "Procedures",
    "Sheet",
    "Verifiable",
    "Window",
]


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
    act touched, if the act wrote a table that the select reads, and rebuilds the figure whole on
    demand. With `wrong` it counts records that contradict each other: it is never kept, and must be
    nothing whenever the figures are verified.

    `again(act, keep)` is for what a plugin keeps beside figures and computes in Python: it computes
    all of it anew, keeps it if `keep`, and answers how many records of each organization had been
    kept otherwise. Figures are verified and rebuilt with it.
    """

    name: str
    per_organization: Callable[[UUID], Select[Any]]
    wrong: bool = False
    again: Callable[[Act, bool], Awaitable[Mapping[UUID, int]]] | None = None


class Listener(Protocol):
    """Called inside the transaction of the act, with all its events of one name together."""

    def __call__(self, act: Act, events: Sequence[Event]) -> Awaitable[None]: ...


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of workbook that can be imported, exported, or both: its columns and what it writes.

    `key` names the columns that together may stand only once in a file. `check_row` judges one
    readable row by itself; `check(act, rows)` compares all good rows with what is recorded, and
    `write(act, rows)` then writes them, both once per file and inside one transaction. `write` is
    idempotent: the same file again leaves everything unchanged. `read(act, filters)` gives the
    rows of an export in order. Without `write` the sheet is only exported, without `read` only
    imported. With `partial`, `check_row` and `check` see faulty rows too, so that everything wrong
    is said in one round: they ask `row.tells("branch")` before they judge what may not have been
    readable. `permission` is asked by `write` and `read` themselves, for every row they touch.
    With `paper` an export is a form to sign, a worksheet for each unit, instead of one list.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    permission: Action
    key: tuple[str, ...] = ()
    partial: bool = False
    check_row: Callable[[Row], Iterable[Fault]] | None = None
    check: Callable[[Act, Sequence[Row]], Awaitable[list[Fault]]] | None = None
    write: Callable[[Act, Sequence[Row]], Awaitable[Written]] | None = None
    read: Callable[[Act, Mapping[str, Any]], Awaitable[Iterable[Record]]] | None = None
    paper: Paper | None = None


@dataclass(frozen=True, kw_only=True)
class Locale:
    """Texts by language: `folder/zh-CN.yaml`, `folder/en.yaml`."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Dated, cited numbers: every `*.yaml` in `folder`."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """What its owner does for a procedure, beside the steps that stand in a file.

    `about` is the GraphQL type of its subject. One with `check` or `decided` is proposed by its
    owner only, through `zhibu.procedures.public.propose`. `check(act, proposal)` answers what
    speaks against a proposal, before anything is written. `decided(act, outcome)` carries out what
    was approved, and hears what was refused or withdrawn, inside the transaction of the decision:
    what it raises undoes the decision. Whoever decided may not hold the permissions that carrying
    it out takes otherwise: the decision is the authority. `reopened(act, outcome)` undoes what was
    carried out, when an objection is upheld and the definition takes the matter up again.
    """

    name: str
    about: str
    check: Callable[[Act, Proposal], Awaitable[Iterable[Invalid | Conflict]]] | None = None
    decided: Callable[[Act, Outcome], Awaitable[None]] | None = None
    reopened: Callable[[Act, Outcome], Awaitable[None]] | None = None


@dataclass(frozen=True, kw_only=True)
class Procedures:
    """Procedures: the definitions in every `*.yaml` of `folder`, and what their owner does."""

    folder: Path
    owned: tuple[Procedure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listeners:
    """Who listens to what: event name (`members.left`, `education.credit_verified`) → listener."""

    by_event: Mapping[str, Listener] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A kind of message that it sends to the same plugin of other institutions, and takes.

    `kind` begins with the plugin's name: `transfers.offered`. `received(act, told)` does what was
    told, in the institution that it was told to, in the name of the one that told it: the ledger
    names that one, and it holds no role there, so whatever may be asked must follow from the
    matter itself. It happens once for each message, in order within a matter. What it raises as a
    refusal turns the message away. `undeliverable(act, told)` hears at home that nobody took it:
    there is no such institution, it is closed, does not use the plugin, or refused; nobody learns
    which.
    """

    kind: str
    received: Callable[[Act, Told], Awaitable[None]]
    undeliverable: Callable[[Act, Told], Awaitable[None]]

    @property
    def plugin(self) -> str:
        return self.kind.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Verifiable:
    """A kind of paper that is verified by the address printed on it, by anybody who holds one.

    `kind` begins with the plugin's name: `flow_members.card`; `zhibu.verifying.public.address_of`
    makes the address. `verdict(act, id)` says what anybody may know of the paper of this id, or
    None for one that was never handed out: labels, and no more of a person than a masked name. Its
    caller holds no role and writes nothing.
    """

    kind: str
    verdict: Callable[[Act, UUID], Awaitable[Verdict | None]]

    @property
    def plugin(self) -> str:
        return self.kind.partition(".")[0]
