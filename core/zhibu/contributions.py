"""What a plugin hands to the core: plain values, no callbacks into the core's insides."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from sqlalchemy import MetaData, Select

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.errors import Conflict, Invalid
from zhibu.exchange.rules import Told
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.layouts import Paper
from zhibu.forms.rows import Record, Row, Written
from zhibu.procedures.rules.values import Outcome, Proposal

if TYPE_CHECKING:  # the command line asks for help without reading any parameter
    from zhibu.parameters.book import Book


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
class Window:
    """Whose deadlines are asked for, between which days (both included), and on which day.

    `book` are the institution's parameters, for what falls due by a number that differs from place
    to place (`by_region`).
    """

    tenant_id: UUID
    first: date
    last: date
    today: date
    book: "Book"


# Who keeps an eye on the organizations below; whom an unheeded deadline is brought to.
SUPERVISORS = (
    "general_branch_secretary",
    "committee_officer",
    "working_committee_officer",
    "district_organization_officer",
)


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that can fall due.

    `items(window)` selects what does, by the names `subject_id`, `organization_id`, `member_id`
    (the person it is about, or null), `starts_on`, `due_on` and `done_on`: the day on which it was
    done, null while it is open. A subject falls due once on a day. Whether something is overdue is
    a comparison with a date and is kept nowhere. What is no longer selected is done, or, unless
    `gone_is_done`, was given up. The core narrows the select to a subtree, orders it and takes a
    page of it, so it names the tenant, the window and no more.

    `subject` is the GraphQL type of the subject, `permission` what whoever is shown an item must
    be allowed to do at its organization. `responsible` are the roles at that organization that are
    reminded; `tells_member` reminds the member as well. `lead` names the parameter (`wholes` of
    days or months) of how long before, `escalation` the one (`whole`, days) of how long after the
    day the roles `above` hear of it, one organization further up each time; `pursued` (`whole`,
    days) of how long it is brought to mind at all, for ever if it is None. `basis` names the
    parameter whose document is shown, as in force on `starts_on` (on `due_on` if `by_last_day`);
    where that differs from row to row, `items` selects it as `basis`. Where nothing that is
    recorded ends it, `settled_by` is what whoever says that it is done must be allowed to do there.
    `before(act, day)` comes first in each sweep of a day, in its transaction: it writes down what
    only the passing of days brings about and `items` then selects. Done again it changes nothing.

    `locale/` has what it is called and what is to be done about it among the labels, as
    `due.NAME` and `due_next.NAME`.
    """

    name: str
    items: Callable[[Window], Select[Any]]
    subject: str
    permission: Action
    lead: str
    escalation: str
    basis: str
    pursued: str | None = None
    responsible: tuple[str, ...] = ()
    above: tuple[str, ...] = SUPERVISORS
    tells_member: bool = False
    settled_by: Action | None = None
    gone_is_done: bool = True
    by_last_day: bool = False
    before: Callable[[Act, date], Awaitable[None]] | None = None

    @property
    def plugin(self) -> str:
        return self.name.partition(".")[0]


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
