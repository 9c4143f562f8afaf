"""The papers of a disposition to print: each with its lines to sign and its place for a seal.

Printing is an act: who printed which paper about whom, and what for, stands in the ledger.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import chinese_date, render
from zhibu_discipline import actions
from zhibu_discipline.public import PAGE_PRINTED
from zhibu_discipline.rules.cases import Delivery, State
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.rules.papers import Done, Paper, paper_refusals
from zhibu_discipline.service import terms
from zhibu_discipline.service.cases import TITLES
from zhibu_discipline.service.events import KIND, told
from zhibu_discipline.store import papers as store

TEMPLATES = Path(__file__).parent.parent / "templates"
# Papers are in Chinese, whoever prints them.
NAMES = {
    Paper.NOTICE: "组织处置事实和依据告知书",
    Paper.MINUTES: "支部党员大会表决记录",
    Paper.DECISION: "组织处置决定书",
    Paper.RECEIPT: "组织处置决定送达回证",
    Paper.REPLY: "申诉复议答复书",
}
DELIVERIES = {
    Delivery.SIGNED: "本人签字",
    Delivery.REFUSED_TO_SIGN: "本人拒绝签字",
    Delivery.UNREACHABLE: "联系不上本人",
}
VERDICTS = {"passed": "通过", "rejected": "未通过", "no_quorum": "到会人数不足，表决无效"}


async def page(act: Act, id: UUID, paper: Paper, *, purpose: str) -> str:
    """One paper, marked with who printed it, when and what for.

    Raises `NotFound` after as many statements as where there is no such disposition.
    """
    row = await _case(act, id)
    voted = answered = None
    if row.procedure_id is not None:
        of = (act.session, act.tenant_id, row.procedure_id)
        voted = await store.sitting(*of) if paper is Paper.MINUTES else None
        answered = await store.answered(*of) if paper is Paper.REPLY else None
    done = Done(
        told=row.told_on is not None and row.state not in (State.REFUSED, State.DROPPED),
        voted=voted is not None,
        decided=row.decided_on is not None,
        delivered=row.delivered_on is not None,
        answered=answered is not None,
    )
    refuse(paper_refusals(paper, done, purpose))
    if paper is Paper.MINUTES:
        said = _minutes(row, voted)
    elif paper is Paper.REPLY:
        said = _reply(row, answered)
    elif paper is Paper.NOTICE:
        said = _notice(act, row)
    else:
        by = await store.decider(act.session, act.tenant_id, row.procedure_id)
        said = _decision(act, row, by) if paper is Paper.DECISION else _receipt(row, by)
    at = act.now.astimezone(act.tenant.zone)
    made = render(
        "discipline_paper.html",
        folders=[*act.templates, TEMPLATES],
        title=NAMES[paper],
        organization=row.branch,
        mark=f"{act.caller.name} · {at:%Y-%m-%d %H:%M} · {purpose.strip()}",
        **{"to": "", "blanks": (), "rows": (), **said},
    )
    facts = {"page": NAMES[paper], "purpose": purpose.strip()}
    told(act, PAGE_PRINTED, (KIND, id), row.path, row.member_id, **facts)
    return made


async def _case(act: Act, id: UUID) -> Any:
    """The disposition, for whoever may read it, and for the member once it is put to the branch."""
    row = await store.case(act.session, act.tenant_id, id)
    if row is None:
        raise NotFound()
    if not act.switches.enabled(actions.READ.plugin, row.path):
        act.require(actions.READ, row.path, seen_by=ORGANIZATION_READ)
    owner = None if row.state in (State.OPENED, State.DROPPED) else row.member_id
    hidden = row.restricted and not act.may(actions.READ_RESTRICTED, row.path, owner)
    if hidden or not act.may(actions.READ, row.path, owner):
        raise NotFound()
    return row


def _notice(act: Act, row: Any) -> dict[str, Any]:
    return {
        "to": f"{row.name}同志",
        "text": [
            f"现将拟对你作出{TITLES[Kind(row.kind)]}处置所依据的事实和依据告知如下。你有权陈述、"
            "申辩，可以请其他党员作证或者为你辩护，并可提交书面意见。"
        ],
        "rows": [
            ("主要事实", row.facts),
            ("情形起始日期", row.since),
            ("依据", _basis(act, row)),
            ("告知日期", row.told_on),
            ("本人陈述", row.account or row.unheard),
            ("辩护人", row.defender),
        ],
        "blanks": ("本人意见",),
        "signers": ("本人", "告知人"),
        "sealed_by": row.branch,
        "day": row.told_on,
    }


def _minutes(row: Any, met: Any) -> dict[str, Any]:
    return {
        "text": [f"{chinese_date(met.held_on)}，党员大会就{row.name}同志的组织处置事项逐人表决。"],
        "rows": [
            ("事项", TITLES[Kind(row.kind)]),
            ("有表决权应到会人数", met.entitled),
            ("实到会人数", met.present),
            ("赞成", met.yes),
            ("反对", met.no),
            ("弃权", met.abstained),
            ("无效票", met.spoiled),
            ("有效所需到会人数", met.needed_present),
            ("通过所需赞成票数", met.needed_yes),
            ("上级派员", met.superior),
            ("表决结果", VERDICTS[met.verdict]),
        ],
        "signers": ("主持人", "记录人", "监票人"),
        "sealed_by": row.branch,
        "day": met.held_on,
    }


def _decision(act: Act, row: Any, by: str) -> dict[str, Any]:
    days = act.parameters.whole("discipline.appeal_days", row.path, row.decided_on) or 0
    return {
        "to": f"{row.branch}",
        "text": [
            f"经研究，决定给予{row.name}同志{TITLES[Kind(row.kind)]}处置。",
            f"如对本决定不服，本人可在{days}日内提出申诉。",
        ],
        "rows": [
            ("主要事实", row.facts),
            ("依据", _basis(act, row)),
            ("决定", row.decision),
            ("决定日期", row.decided_on),
            ("改正期满日期", row.until),
        ],
        "signers": ("审批人",),
        "sealed_by": by,
        "day": row.decided_on,
    }


def _receipt(row: Any, by: str) -> dict[str, Any]:
    return {
        "text": [f"对{row.name}同志的{TITLES[Kind(row.kind)]}决定送达情况如下。"],
        "rows": [
            ("决定机关", by),
            ("决定日期", row.decided_on),
            ("送达日期", row.delivered_on),
            ("送达情况", DELIVERIES[Delivery(row.delivery)]),
            ("本人意见", row.opinion),
            ("未签字的说明", row.explanation),
            ("宣布日期", row.announced_on),
        ],
        "blanks": ("本人签署意见",),
        "signers": ("本人", "送达人", "见证人"),
        "sealed_by": row.branch,
        "day": row.delivered_on,
    }


def _reply(row: Any, answered: Any) -> dict[str, Any]:
    result = "申诉成立，原决定不再有效" if answered.upheld else "维持原决定"
    return {
        "to": f"{row.name}同志",
        "text": [f"你对{TITLES[Kind(row.kind)]}决定的申诉收悉，经复议，答复如下。"],
        "rows": [
            ("申诉日期", answered.made_on),
            ("申诉理由", answered.reason),
            ("复议结果", result),
            ("答复意见", answered.answer),
        ],
        "signers": ("本人", "送达人"),
        "sealed_by": answered.by,
        "day": answered.answered_on,
    }


def _basis(act: Act, row: Any) -> str:
    """The ground as the catalogue words it, with the document behind it."""
    found = terms.ground(act, row.ground, row.path, row.opened_on)
    return f"{found.zh}（{found.basis}）" if found is not None else row.clause
