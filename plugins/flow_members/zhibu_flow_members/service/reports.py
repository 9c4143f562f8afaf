"""The half-yearly and the yearly report to print: its own figures, and those of who is below."""

from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound
from zhibu.forms.printing import render
from zhibu_flow_members import actions
from zhibu_flow_members.errors import RegisterTooLong
from zhibu_flow_members.public import REPORT_PRINTED
from zhibu_flow_members.rules.summaries import Figure, Stand
from zhibu_flow_members.service.summaries import SUBJECT
from zhibu_flow_members.store import reports as store

MOST = 2_000
# Forms are in Chinese, whoever prints them.
FIGURES = {
    Figure.AWAY: "期末在外",
    Figure.FLOATING: "其中流动党员",
    Figure.WENT: "期内外出",
    Figure.ENDED: "返回或转移",
    Figure.LETTER: "持介绍信",
    Figure.CERTIFICATE: "持证明信",
    Figure.CARD: "持活动证",
    Figure.UNTOLD: "无行前谈话",
    Figure.SILENT: "期内无联系",
    Figure.UNREPORTED: "期内无汇报",
}
STANDS = {Stand.SUBMITTED: "已上报", Stand.RETURNED: "已退回", Stand.ACCEPTED: "已接收"}
PERIODS = {0: "全年", 1: "上半年", 2: "下半年"}
HEADINGS = (
    *(
        "上报党组织",
        "期间",
        "统计截止",
        *FIGURES.values(),
        "期末外来",
        "未上报支部",
        "进展",
        "说明",
    ),
)


async def page(act: Act, id: UUID) -> str:
    """A report with its own figures in the first line, and the reports below it after that."""
    known = await store.report(act.session, act.tenant_id, id)
    if known is None or not act.may(actions.SUMMARY_READ, known.path):
        raise NotFound()
    act.require(actions.SUMMARY_READ, known.path)
    asked = (act.session, act.tenant_id, act.scope(actions.SUMMARY_READ), known.path)
    found = await store.below(*asked, known.year, known.half, most=MOST)
    if len(found) > MOST:
        raise RegisterTooLong(path=("summary",), most=MOST)
    others = [row for row in found if row.id != known.id]
    kind = "半年报告" if known.half else "年度报告"
    title = f"流动党员情况{kind}"
    made = render(
        "listing.html",
        folders=act.templates,
        title=title,
        organization=known.name,
        period=f"{known.year}年{PERIODS[known.half]}",
        headings=HEADINGS,
        rows=[line(row) for row in (known, *others)],
        wide=(0, len(HEADINGS) - 1),
        notes=["第一行为本级（含下级）由登记记录汇总的数字，以下为各下级上报的数字，不相加。"],
        signers=("填表人", "负责人"),
        day=known.submitted_on,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
        landscape=True,
        tight=True,
    )
    act.record(
        Event(
            name=REPORT_PRINTED,
            subject=(SUBJECT, known.id),
            path=known.path,
            facts={"year": known.year, "half": known.half, "rows": len(others) + 1},
        )
    )
    return made


def line(row: Any) -> tuple[Any, ...]:
    """A report as a line."""
    figures = [getattr(row, figure.value) for figure in FIGURES]
    return (
        *(row.name, PERIODS[row.half], row.until, *figures),
        *(row.incoming, row.missing, STANDS[Stand(row.state)], row.note or ""),
    )
