"""The ledger in the schema: what happened, who did it, and on what basis."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
import strawberry
from sqlalchemy import ColumnElement, and_, func, literal, select
from strawberry.scalars import JSON

from zhibu.contributions import Graph
from zhibu.core_actions import LEDGER_READ, LEDGER_VERIFY
from zhibu.events.public import SHOWN_AGAIN, WITHDRAWN, WRITTEN
from zhibu.events.tables import LedgerEntry
from zhibu.events.works import VERIFY
from zhibu.graph import outside
from zhibu.jobs import service as jobs
from zhibu.jobs.graph import JobPayload, shown, signed_in
from zhibu.organizations.tables import Organization
from zhibu.policy.paths import ROOT
from zhibu.reading import Connection, column, computed, connection, entity
from zhibu.texts import LANGUAGES

_ENTRIES = LedgerEntry.__table__
_UNITS = Organization.__table__

Rows = list[dict[str, Any]]


def _bodies(rows: Rows) -> list[Mapping[str, Any]]:
    return [orjson.loads(row["body"]) for row in rows]


def _sentences(rows: Rows, env: Any) -> list[str]:
    texts, locale, zone = env.platform.texts, env.locale, env.tenant.zone
    return [
        texts.sentence(body["event"], facts, locale, zone)
        for body, facts in zip(_bodies(rows), _facts(rows, env), strict=True)
    ]


def _facts(rows: Rows, env: Any) -> list[Any]:
    """What was recorded; of what was withdrawn from sight since, without what somebody wrote."""
    hidden = dict.fromkeys(WRITTEN, env.platform.texts.of("labels", "core.withdrawn", env.locale))
    return [
        {**facts, **{name: hidden[name] for name in WRITTEN if name in facts}}
        if row["withdrawn"] and not body["event"].endswith((WITHDRAWN, SHOWN_AGAIN))
        else facts
        for row, body in zip(rows, _bodies(rows), strict=True)
        for facts in (body["facts"],)
    ]


def _by(rows: Rows, env: Any) -> list[str]:
    return [body["overseer"] or body["by"] for body in _bodies(rows)]


def _via(rows: Rows, env: Any) -> list[str]:
    return [body["via"] for body in _bodies(rows)]


def _address(rows: Rows, env: Any) -> list[str | None]:
    return [body["address"] for body in _bodies(rows)]


def _basis(rows: Rows, env: Any) -> list[str | None]:
    found = (body["basis"] for body in _bodies(rows))
    return [
        f"《{basis['document']}》{basis['article']} · {basis['value']}" if basis else None
        for basis in found
    ]


def _withdrawn(row: Any, env: Any) -> Any:
    """Whether the latest of such events says that its subject is withdrawn."""
    taken, shown = _ENTRIES.alias(), _ENTRIES.alias()
    withdrawing, showing = env.asked("withdrawing", _names)
    again = (
        select(literal(1))
        .select_from(shown)
        .where(
            shown.c.tenant_id == taken.c.tenant_id,
            shown.c.subject_id == taken.c.subject_id,
            shown.c.event.in_(showing),
            shown.c.seq > taken.c.seq,
        )
        .exists()
    )
    return row.c.subject_id.in_(
        select(taken.c.subject_id).where(
            taken.c.tenant_id == env.tenant,
            taken.c.event.in_(withdrawing),
            ~again,
        )
    )


def _names(reader: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The events that withdraw, and those that show again: every event has a text."""
    known = sorted(reader.platform.texts.section("events", LANGUAGES[0]))
    return (
        tuple(name for name in known if name.endswith(WITHDRAWN)),
        tuple(name for name in known if name.endswith(SHOWN_AGAIN)),
    )


_BODY = {"body": "body"}
_TOLD: dict[str, Any] = {**_BODY, "withdrawn": _withdrawn}


@entity(_ENTRIES, permission=LEDGER_READ, path="path", owner="member_id")
@strawberry.type(name="LedgerEntry", description="操作记录。 One thing that happened.")
class LedgerEntryType:
    seq: int = column(description="序号，无间断。 Its number in the chain, without gaps.")
    at: datetime = column(description="时间。 When.")
    event: str = column(description="事件名称。 Name of the event.")
    sentence: str = computed(_sentences, needs=_TOLD, description="说明。 The event in words.")
    by: str = computed(_by, needs=_BODY, description="操作人。 Who did it.")
    via: str = computed(_via, needs=_BODY, description="途径。 By what kind of credential.")
    address: str | None = computed(_address, needs=_BODY, description="网络地址。 From where.")
    basis: str | None = computed(_basis, needs=_BODY, description="依据。 The clause it rests on.")
    facts: JSON = computed(_facts, needs=_TOLD, description="内容。 What was recorded.")
    subject_kind: str = column(description="对象类别。 Kind of what it was done to.")
    account: strawberry.ID | None = column(
        "account_id", kind="Account", description="账号标识。 The account."
    )
    member: strawberry.ID | None = column(
        "member_id", kind="Member", description="所涉党员标识。 The member it is about."
    )


def _under(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    unit = _UNITS.alias()
    path = (
        select(unit.c.path).where(unit.c.id == args.row("under", "Organization")).scalar_subquery()
    )
    beyond = func.substr(path, 1, func.length(path) - 1).concat(literal("/"))
    return and_(row.c.path >= path, row.c.path < beyond)


@strawberry.type
class LedgerQuery:
    @connection(
        order=lambda row: [row.c.seq.desc()],
        filters={
            "member": lambda row, args, env: row.c.member_id == args.row("member", "Member"),
            "account": lambda row, args, env: row.c.account_id == args.row("account", "Account"),
            "event": lambda row, args, env: row.c.event == args.bind("event"),
            "since": lambda row, args, env: row.c.at >= args.bind("since"),
            "until": lambda row, args, env: row.c.at < args.bind("until"),
            "under": _under,
        },
    )
    def ledger(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        member: strawberry.ID | None = None,
        account: strawberry.ID | None = None,
        under: strawberry.ID | None = None,
        event: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Connection[LedgerEntryType]:
        """操作记录，最新在前；本人可见与本人有关的。 What happened, the latest first."""


@strawberry.input(description="核验台账。 Verifying the ledger.")
class LedgerVerifyInput:
    since: int | None = strawberry.field(
        default=None, description="从此序号之后核验；为空则全部。 After this number; all if null."
    )


@strawberry.type
class LedgerMutation:
    @outside(permission=LEDGER_VERIFY)
    async def ledger_verify(self, context: Any, input: LedgerVerifyInput) -> JobPayload:
        """核验台账及其检查点，在后台进行。 Verify the ledger against its checkpoints, as a job."""
        context = signed_in(context)
        async with context.act() as act:
            act.require(LEDGER_VERIFY, ROOT)
            id = await jobs.enqueue(act, VERIFY.work, {"since": input.since}, ROOT)
            job = await jobs.job_of(act, id)
        return JobPayload(job=shown(context, job))


GRAPH = Graph(query=LedgerQuery, mutation=LedgerMutation)
