"""The two registers to print, and where an organization of floating members suggests itself."""

from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import checked_year, year_of
from zhibu.forms.printing import render
from zhibu.organizations.public import Unit, organization_of
from zhibu_flow_members import actions
from zhibu_flow_members.errors import RegisterTooLong
from zhibu_flow_members.public import REGISTER_PRINTED
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.registers import Concentration, concentrations
from zhibu_flow_members.rules.values import Ending, Ground
from zhibu_flow_members.store import registers as store

MOST = 2_000
# Forms are in Chinese, whoever prints them.
GROUNDS = {
    Ground.UNIT: "工作单位变动",
    Ground.LABOUR: "外出务工经商",
    Ground.STUDY: "外出学习",
    Ground.RESIDENCE: "居住地变动",
    Ground.OTHER: "其他",
}
PAPERS = {
    Paper.LETTER: "组织关系介绍信",
    Paper.CERTIFICATE: "党员证明信",
    Paper.CARD: "流动党员活动证",
}
ENDINGS = {
    Ending.RETURNED: "已返回",
    Ending.TRANSFERRED: "组织关系已转移",
    Ending.MOVED_ON: "转往他处",
    Ending.LEFT: "已不是党员",
}
OUTGOING = (
    *("序号", "姓名", "所在党支部", "外出原因", "外出地点（单位）", "外出日期", "预计返回"),
    *("持何证件", "行前谈话", "流入地党组织", "返回或转移情况"),
)
INCOMING = (
    *("序号", "姓名", "流出地党支部", "来此原因", "到达日期", "预计离开", "持何证件"),
    *("接收党支部", "验证日期", "上级备案日期", "离开日期"),
)


async def outgoing(act: Act, organization_id: UUID, year: int) -> str:
    """《外出党员登记簿》 of a year, here and below (S1-24)."""
    unit, first, last = await _asked(act, organization_id, year, actions.READ)
    seen = act.scope(actions.READ)
    rows = await store.outgoing(act.session, act.tenant_id, seen, unit.path, first, last, most=MOST)
    lines = [_out(number, row) for number, row in enumerate(_all(rows), 1)]
    return _page(act, unit, year, "外出党员登记簿", OUTGOING, lines)


async def incoming(act: Act, organization_id: UUID, year: int) -> str:
    """《外来党员登记簿》 of a year, here and below (S1-24)."""
    unit, first, last = await _asked(act, organization_id, year, actions.ARRIVAL_READ)
    seen = act.scope(actions.ARRIVAL_READ)
    asked = (act.session, act.tenant_id, seen, unit.path, first, last)
    own = await store.incoming(*asked, most=MOST)
    rows = _all([*own, *await store.guests(*asked, most=MOST)])
    lines = [_in(number, row) for number, row in enumerate(rows, 1)]
    return _page(act, unit, year, "外来党员登记簿", INCOMING, lines)


async def concentrated(act: Act, organization_id: UUID) -> list[tuple[Concentration, str | None]]:
    """Where those who are away from here and below are many, each with the host's name."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path)
    rows = [
        row
        for row in await store.away_now(act.session, act.tenant_id, unit.path, act.today)
        if act.may(actions.READ, row.path, row.member_id)
    ]
    least = act.parameters.value("flow_members.concentrated_from", unit.path, act.today)
    found = concentrations(
        ((row.place, row.host_id) for row in rows), least=least.value or 0, basis=least.basis
    )
    names = {row.host_id: row.host_name for row in rows}
    return [(each, names.get(each.host_id) if each.host_id else None) for each in found]


async def _asked(act: Act, organization_id: UUID, year: int, action: Any) -> tuple[Unit, Any, Any]:
    unit = await organization_of(act, organization_id)
    act.require(action, unit.path)
    first, last = year_of(checked_year(year))
    return unit, first, last


def _all(rows: Any) -> Any:
    if len(rows) > MOST:
        raise RegisterTooLong(path=("organization",), most=MOST)
    return rows


def _page(act: Act, unit: Unit, year: int, title: str, headings: Any, rows: list[Any]) -> str:
    made = render(
        "listing.html",
        folders=act.templates,
        title=title,
        organization=unit.name,
        period=f"{year}年度",
        headings=headings,
        rows=rows,
        wide=(4, 10),
        notes=[f"共 {len(rows)} 人次。"],
        signers=("填表人", "负责人"),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    facts = {"title": title, "year": year, "rows": len(rows)}
    about = ("Organization", unit.id)
    act.record(Event(name=REGISTER_PRINTED, subject=about, path=unit.path, facts=facts))
    return made


def _out(number: int, row: Any) -> tuple[Any, ...]:
    case = row.Case
    ended = f"{ENDINGS[Ending(case.ending)]}（{case.ended_on.isoformat()}）" if case.ending else ""
    where = f"{case.place}（{case.unit}）" if case.unit else case.place
    who = number, row.name, row.home_name, GROUNDS[Ground(case.ground)], where
    when = case.since, case.until, PAPERS[Paper(case.paper)], case.told_on
    elsewhere = (
        f"{case.peer_name or case.peer_code}{case.peer_host or ''}" if case.peer_code else ""
    )
    return (*who, *when, row.host_name or elsewhere, ended)


def _in(number: int, row: Any) -> tuple[Any, ...]:
    case = row.Case
    who = number, row.name, row.home_name, GROUNDS[Ground(case.ground)]
    when = case.arrived_on, case.until, PAPERS[Paper(case.paper)]
    return (*who, *when, row.host_name, case.verified_on, case.filed_on, row.ended_on)
