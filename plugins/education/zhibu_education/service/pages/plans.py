"""What an organization keeps for its training, to print: the plan of a year, teachers, funds."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year, year_of
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.errors import ContentWithdrawn
from zhibu_education.rules.catalogues import label_of
from zhibu_education.rules.funds import BUDGET, yuan
from zhibu_education.service import catalogues, funds
from zhibu_education.service.pages.frame import register
from zhibu_education.store import funds as fund_store
from zhibu_education.store import printing as store


async def plan(act: Act, plan_id: UUID) -> str:
    """The training plan of a year (S2-29) with what was held of it so far."""
    found = await store.plan(act.session, act.tenant_id, plan_id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id)
    act.require(actions.PLAN_READ, unit.path, seen_by=ORGANIZATION_READ)
    if found.withdrawn_on is not None:
        raise ContentWithdrawn(path=("plan",), on=found.withdrawn_on)
    rows = []
    for number, item in enumerate(await store.plan_items(act.session, act.tenant_id, plan_id), 1):
        day = date(found.year, item.month, 1)
        form = catalogues.label(act, catalogues.FORMS, day, unit.path, item.form)
        topic = catalogues.label(act, catalogues.TOPICS, day, unit.path, item.topic)
        held = f"已举办 {item.held} 次" if item.held else "未举办"
        values = (f"{item.month}月", item.title, form, topic, item.hours, item.audience, held)
        rows.append((number, *values))
    state = f"{found.published_on.isoformat()} 发布" if found.published_on else "草案，尚未发布"
    notes = [f"目标要求：{found.aims}"] if found.aims else []
    return register(
        act,
        unit,
        title=found.title,
        period=f"{found.year}年度（{state}）",
        headings=("序号", "月份", "培训内容", "形式", "主题", "学时", "对象", "执行情况"),
        rows=rows,
        wide=(2, 6),
        notes=notes,
        kind="年度培训计划",
    )


async def teachers(act: Act, organization_id: UUID, on: date | None) -> str:
    """The roster of full-time and part-time teachers at and below an organization (S2-30)."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PLAN_READ, unit.path, seen_by=ORGANIZATION_READ)
    day = on or act.today
    found = await store.teachers(act.session, act.tenant_id, unit.path, day)
    full = sum(1 for teacher in found if teacher.full_time)
    rows = [
        (
            number,
            teacher.name,
            "专职" if teacher.full_time else "兼职",
            teacher.title,
            teacher.subjects,
            teacher.organization,
            teacher.since,
            teacher.taught,
        )
        for number, teacher in enumerate(found, 1)
    ]
    return register(
        act,
        unit,
        title="专兼职教师名册",
        period=f"截至{day.year}年{day.month}月{day.day}日",
        headings=(
            *("序号", "姓名", "专兼职", "职称职务", "讲授专题"),
            *("所属党组织", "聘任日期", f"{day.year}年授课次数"),
        ),
        rows=rows,
        wide=(3, 4, 5),
        notes=[f"共 {len(found)} 人，其中专职 {full} 人，兼职 {len(found) - full} 人。"],
    )


async def expenses(act: Act, organization_id: UUID, year: int) -> str:
    """Training funds of a year: every entry, and by purpose what is left (S2-31)."""
    unit = await organization_of(act, organization_id)
    left = await funds.of_year(act, organization_id, year)
    last = year_of(checked_year(year))[1]
    words = catalogues.words(act, funds.PURPOSES, last, unit.path)
    entries = await fund_store.entries(act.session, act.tenant_id, unit.id, year)
    rows = [
        (
            number,
            entry.on,
            "预算" if entry.kind == BUDGET else "支出",
            label_of(words, entry.category) or "—",
            entry.purpose,
            yuan(entry.fen),
            f"作废：{entry.void_reason}" if entry.voided_on else "",
        )
        for number, entry in enumerate(entries, 1)
    ]
    notes = [
        f"{label_of(words, code) or '未分用途'}：预算 {yuan(fund.earmarked)} 元，"
        f"支出 {yuan(fund.spent)} 元，结余 {yuan(fund.left)} 元。"
        for code, fund in left.items()
    ]
    return register(
        act,
        unit,
        title="党员教育经费使用情况表",
        period=f"{year}年度",
        headings=("序号", "日期", "类型", "用途", "说明", "金额（元）", "备注"),
        rows=rows,
        wide=(3, 4, 6),
        notes=notes,
        signers=("经办人", "审核人", "负责人"),
    )
