"""What a unit did and heard in a year, to be handed to the level above (S0-42)."""

from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import checked_year, year_of
from zhibu.forms.printing import render
from zhibu.organizations.public import organization_of
from zhibu_organization_life import actions
from zhibu_organization_life.errors import MattersTooMany
from zhibu_organization_life.public import MATTERS_PRINTED
from zhibu_organization_life.rules.matters import REPORTS, Channel, MatterKind
from zhibu_organization_life.store import matters as store

MOST = 400
# Forms are in Chinese, whoever prints them.
KINDS = {
    MatterKind.ANALYSIS: "党员队伍分析",
    MatterKind.INSPECTION: "督促检查",
    MatterKind.REVIEW: "书记述职评议",
    MatterKind.OPINION: "征求意见",
    MatterKind.FEEDBACK: "群众意见",
    MatterKind.PERSONAL_MATTERS: "个人有关事项报告",
    MatterKind.DUTY_REPORT: "述职述廉报告",
    MatterKind.MAJOR_MATTER: "重大事项报告",
}
CHANNELS = {
    Channel.BOX: "意见箱",
    Channel.MAIL: "信箱",
    Channel.HOTLINE: "热线电话",
    Channel.MEETING: "座谈会",
    Channel.VISIT: "走访",
    Channel.FORM: "问卷",
}


async def page(act: Act, organization_id: UUID, year: int) -> str:
    """Everything that is not void, here and below. Of reports only that there was one."""
    unit = await organization_of(act, organization_id)
    act.require(actions.MATTER_READ, unit.path)
    first, last = year_of(checked_year(year))
    found = await store.matters_below(act.session, act.tenant_id, unit.path, first, last, most=MOST)
    if len(found) > MOST:
        raise MattersTooMany(path=("organization",), most=MOST)
    shown = [row for row in found if act.may(actions.MATTER_READ, row.path)]
    made = render(
        "listing.html",
        folders=act.templates,
        title="党员教育管理事项登记表",
        organization=unit.name,
        period=f"{year}年度",
        headings=("序号", "日期", "党组织", "类型", "名称及内容", "办理情况"),
        rows=[_row(number, row) for number, row in enumerate(shown, 1)],
        wide=(4, 5),
        notes=["领导干部报告只列登记日期，内容按规定另行查阅。"],
        signers=("填表人", "负责人"),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    facts = {"year": year, "rows": len(shown)}
    about = ("Organization", unit.id)
    act.record(Event(name=MATTERS_PRINTED, subject=about, path=unit.path, facts=facts))
    return made


def _row(number: int, row: Any) -> tuple[Any, ...]:
    matter = row.Matter
    kind = MatterKind(matter.kind)
    channel = f"（{CHANNELS[Channel(matter.channel)]}）" if matter.channel else ""
    whom = f"：{row.whom}" if row.whom else ""
    words = "" if kind in REPORTS else f"{matter.title}。{matter.details or ''}"
    answer = f"{matter.answer}（{matter.answered_on.isoformat()}）" if matter.answer else ""
    return number, matter.happened_on, row.name, f"{KINDS[kind]}{channel}{whom}", words, answer
