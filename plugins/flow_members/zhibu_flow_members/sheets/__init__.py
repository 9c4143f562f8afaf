"""The workbooks of floating members: both registers, and the reports, to be taken out."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu_flow_members import actions
from zhibu_flow_members.rules.summaries import WHOLE
from zhibu_flow_members.service import exports
from zhibu_flow_members.sheets import columns
from zhibu_flow_members.store import registers as store
from zhibu_flow_members.store import reports as report_store


async def outgoing(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Who was away in `filters["year"]` from at or below `filters["organization"]`."""
    chosen = await exports.chosen(act, filters, actions.READ, OUTGOING.name)
    asked = (act.session, act.tenant_id, act.scope(actions.READ), chosen.path)
    rows = await store.outgoing(*asked, chosen.first, chosen.last, most=exports.MOST)
    found = [_record(row, columns.OUTGOING) for row in exports.whole(rows)]
    chosen.say(act, len(found))
    return found


async def incoming(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Who was taken in in `filters["year"]` at or below `filters["organization"]`."""
    chosen = await exports.chosen(act, filters, actions.ARRIVAL_READ, INCOMING.name)
    seen = act.scope(actions.ARRIVAL_READ)
    asked = (act.session, act.tenant_id, seen, chosen.path, chosen.first, chosen.last)
    own = await store.incoming(*asked, most=exports.MOST)
    rows = exports.whole([*own, *await store.guests(*asked, most=exports.MOST)])
    found = [_record(row, columns.INCOMING) for row in rows]
    chosen.say(act, len(found))
    return found


async def reports(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """What was reported of `filters["year"]` at or below `filters["organization"]`."""
    chosen = await exports.chosen(act, filters, actions.SUMMARY_READ, REPORTS.name)
    asked = (act.session, act.tenant_id, act.scope(actions.SUMMARY_READ), chosen.path)
    rows = await report_store.below(*asked, chosen.first.year, WHOLE, most=exports.MOST)
    found = [
        {column.key: getattr(row, column.key) for column in columns.REPORTS}
        for row in exports.whole(rows)
    ]
    chosen.say(act, len(found))
    return found


def _record(row: Any, shown: Any) -> Record:
    named = {
        "name": row.name,
        "home": row.home_name,
        "host": row.host_name or _elsewhere(row.Case),
        "ended_on": row.ended_on,
    }
    others = {
        column.key: getattr(row.Case, column.key) for column in shown if column.key not in named
    }
    return {**named, **others}


def _elsewhere(case: Any) -> str | None:
    """The host in another institution, as it is known here."""
    return f"{case.peer_name or case.peer_code}{case.peer_host or ''}" if case.peer_code else None


OUTGOING = Sheet(
    name="flow_members_outgoing",
    title="外出党员登记簿",
    columns=columns.OUTGOING,
    permission=actions.READ,
    key=("name", "since"),
    read=outgoing,
)
INCOMING = Sheet(
    name="flow_members_incoming",
    title="外来党员登记簿",
    columns=columns.INCOMING,
    permission=actions.ARRIVAL_READ,
    key=("name", "since"),
    read=incoming,
)
REPORTS = Sheet(
    name="flow_members_reports",
    title="流动党员情况报告",
    columns=columns.REPORTS,
    permission=actions.SUMMARY_READ,
    key=("name", "year", "half"),
    read=reports,
)
SHEETS = [OUTGOING, INCOMING, REPORTS]
