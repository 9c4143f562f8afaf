"""Registers to print and to take out: letters, and memberships that are stopped or retained.

Nobody is shown whom the caller may not read; a register that is cut short is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.identifiers import row_of
from zhibu.members.public import Gender
from zhibu.organizations.public import Unit, organization_of
from zhibu_transfers import actions
from zhibu_transfers.errors import PageTooLong
from zhibu_transfers.public import EXPORTED
from zhibu_transfers.rules.letters import LetterState, Listed, Route, VoidCause
from zhibu_transfers.rules.matters import Matter, Purpose, StopGround
from zhibu_transfers.service.pages import GENDERS, page, printed
from zhibu_transfers.store import registers as store

MOST, MOST_EXPORTED = 2_000, 100_000
# Forms are in Chinese, whoever prints them.
ROUTES = {Route.CITY: "市内", Route.PROVINCE: "省内跨市", Route.NATION: "跨省"}
STATES = {LetterState.VALID: "未使用", LetterState.USED: "已使用", LetterState.VOID: "已作废"}
CAUSES = {
    VoidCause.LOST: "遗失",
    VoidCause.EXPIRED: "过期",
    VoidCause.RETURNED: "退回",
    VoidCause.MISWRITTEN: "误开",
    VoidCause.WITHDRAWN: "撤回转接",
}
TITLES = {
    None: "党员组织关系介绍信登记簿",
    Listed.UNUSED: "未使用组织关系介绍信登记表",
    Listed.EXPIRED: "过期未用组织关系介绍信登记表",
}
MEMBERSHIPS = "停止党籍、保留组织关系党员登记表"
MATTERS = {Matter.STOP: "停止党籍", Matter.RETAIN: "保留组织关系"}
GROUNDS = {
    StopGround.SETTLED: "在国（境）外定居",
    StopGround.ABROAD: "出国超过年限未归",
    StopGround.LOST: "失去联系",
}
PURPOSES = {
    Purpose.STUDY: "留学",
    Purpose.RESEARCH: "研究",
    Purpose.LABOUR: "劳务",
    Purpose.KIN: "探亲",
    Purpose.LECTURE: "讲学",
    Purpose.OTHER: "其他",
}
LETTER_HEADINGS = (
    *("编号", "姓名", "接收党组织", "转移范围", "党费交至", "开具日期", "有效期至"),
    *("状态", "使用或作废日期", "作废原因", "打印次数"),
)
MEMBERSHIP_HEADINGS = (
    *("序号", "姓名", "性别", "出生年月", "党支部", "事项", "情形或事由", "所在地", "起日"),
    *("生效日期", "批准（备案）日期", "满年限日期", "预计返回", "最近联系"),
)


async def letters_page(
    act: Act, organization_id: UUID, *, year: int | None, only: Listed | None
) -> str:
    """Letters issued at and below an organization; those not used, or expired, by `only`."""
    unit = await _unit(act, organization_id)
    rows = await _letters(act, unit.path, year=year, only=only, most=MOST)
    return _listing(
        act, unit, TITLES[only], LETTER_HEADINGS, [_letter(act, row) for row in rows], (2, 9)
    )


async def memberships_page(act: Act, organization_id: UUID) -> str:
    """Who is stopped, or retained abroad, at and below an organization today."""
    unit = await _unit(act, organization_id)
    rows = await _memberships(act, unit.path, most=MOST)
    lines = [_membership(number, row) for number, row in enumerate(rows, 1)]
    return _listing(act, unit, MEMBERSHIPS, MEMBERSHIP_HEADINGS, lines, (4, 7))


async def letters(
    act: Act, filters: Mapping[str, Any], sheet: str, only: Listed | None
) -> Sequence[Any]:
    """By the filters `organization` (a global id) and `purpose`, each optional."""
    path = await _path(act, filters)
    found = await _letters(act, path, year=None, only=only, most=MOST_EXPORTED)
    _exported(act, sheet, path, len(found), filters)
    return found


async def memberships(act: Act, filters: Mapping[str, Any], sheet: str) -> Sequence[Any]:
    """By the filters `organization` (a global id) and `purpose`, each optional."""
    path = await _path(act, filters)
    found = await _memberships(act, path, most=MOST_EXPORTED)
    _exported(act, sheet, path, len(found), filters)
    return found


def state_of(row: Any, today: date) -> str:
    """Where a letter stands, in the words of the register."""
    if row.state == LetterState.VALID and row.valid_until < today:
        return "已过期"
    return STATES[LetterState(row.state)]


def why(row: Any) -> str:
    """Why a membership is stopped, or what somebody is abroad for."""
    if row.ground:
        return GROUNDS[StopGround(row.ground)]
    return PURPOSES[Purpose(row.purpose)] if row.purpose else ""


async def _letters(
    act: Act, path: str, *, year: int | None, only: Listed | None, most: int
) -> Sequence[Any]:
    asked = (act.session, act.tenant_id, act.scope(actions.READ), path, act.today)
    return _whole(await store.letters(*asked, year=year, only=only, most=most), most)


async def _memberships(act: Act, path: str, *, most: int) -> Sequence[Any]:
    asked = (act.session, act.tenant_id, act.scope(actions.READ), path, act.today)
    return _whole(await store.memberships(*asked, most=most), most)


def _whole(rows: Sequence[Any], most: int) -> Sequence[Any]:
    if len(rows) > most:
        raise PageTooLong(path=("organization",), most=most)
    return rows


def _letter(act: Act, row: Any) -> tuple[Any, ...]:
    return (
        *(f"{row.year}第{row.serial:04d}号", row.name, row.heading, ROUTES[Route(row.route)]),
        *(f"{row.paid_to:%Y.%m}", row.issued_on, row.valid_until, state_of(row, act.today)),
        *(row.ended_on, CAUSES[VoidCause(row.cause)] if row.cause else "", row.prints),
    )


def _membership(number: int, row: Any) -> tuple[Any, ...]:
    return (
        *(number, row.name, GENDERS[Gender(row.gender)], f"{row.birth_date:%Y.%m}", row.branch),
        *(MATTERS[Matter(row.matter)], why(row), row.place or "", row.since, row.effective_on),
        *(row.filed_on, row.review_on, row.until, row.contacted_on),
    )


def _listing(
    act: Act,
    unit: Unit,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Any],
    wide: Sequence[int],
) -> str:
    made = page(
        act,
        "listing.html",
        unit,
        title=title,
        day=act.today,
        headings=headings,
        rows=rows,
        wide=wide,
        notes=[f"共 {len(rows)} 件。"],
        signers=("填表人", "负责人"),
        landscape=True,
    )
    printed(act, ("Organization", unit.id), unit, title)
    return made


async def _unit(act: Act, id: UUID) -> Unit:
    unit = await organization_of(act, id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    return unit


async def _path(act: Act, filters: Mapping[str, Any]) -> str:
    if not filters.get("organization"):
        return ""
    return (await _unit(act, row_of(filters["organization"], "Organization"))).path


def _exported(act: Act, sheet: str, path: str, rows: int, filters: Mapping[str, Any]) -> None:
    facts = {"sheet": sheet, "rows": rows, "purpose": filters.get("purpose")}
    act.record(Event(name=EXPORTED, subject=("Sheet", None), path=path or None, facts=facts))
