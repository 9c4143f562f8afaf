"""The study-record archive of a member's year (S2-30), to print."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_refusals
from zhibu.errors import refuse
from zhibu.forms.printing import render
from zhibu.members.public import MemberFacts, member_of
from zhibu_education import actions
from zhibu_education.public import ARCHIVE_PRINTED
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.rules.requirement import parameter_of
from zhibu_education.service import catalogues
from zhibu_education.service.pages.frame import HIDDEN, TEMPLATES, branch_of, mark
from zhibu_education.service.rows import event
from zhibu_education.service.standings import refresh
from zhibu_education.store import exports as store
from zhibu_education.store import records

STATES = {
    CreditState.PENDING: "待认定",
    CreditState.VERIFIED: "已认定",
    CreditState.RETURNED: "已退回",
    CreditState.SUPERSEDED: "已更正",
    CreditState.VOID: "已作废",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A credit as the archive shows it, with who decided about it and what was said."""

    earned_on: date
    title: str
    topic: str
    form: str
    hours: Decimal
    counted: Decimal
    state: str
    verifier: str
    remark: str


async def archive(act: Act, member_id: UUID, year: int) -> str:
    """Every credit of a member's year with its verifier, the totals, and room for signatures."""
    member = await member_of(act, member_id)
    act.require(actions.READ, member.path, member.id)
    refuse(year_refusals(year))
    await refresh(act, {(member_id, year)})
    hours = await records.hours_of(act.session, act.tenant_id, member_id, year)
    lines = await _lines(act, member, year)
    ground = await records.ground_of(act.session, act.tenant_id, member_id, year)
    rule, last = parameter_of(ground), date(year, 12, 31)
    page = render(
        "education_archive.html",
        folders=[*act.templates, TEMPLATES],
        title="党员学习档案",
        organization=await branch_of(act, member),
        period=f"{year}年度",
        member=member,
        lines=lines,
        hours=hours,
        basis=rule and str(act.parameters.value(rule, member.path, last).basis),
        day=act.today,
        mark=mark(act),
    )
    act.record(event(ARCHIVE_PRINTED, ("Member", member_id), member.path, member_id, year=year))
    return page


async def _lines(act: Act, member: MemberFacts, year: int) -> list[Line]:
    rows = await store.archive(act.session, act.tenant_id, member.id, year)
    deciders = {row.decided_by for row in rows if row.decided_by is not None}
    names = await store.account_names(act.session, act.tenant_id, deciders)
    return [
        Line(
            earned_on=row.earned_on,
            title=HIDDEN if row.withdrawn_on else row.title,
            topic=_label(act, member, row, catalogues.TOPICS, row.topic),
            form=_label(act, member, row, catalogues.FORMS, row.kind or row.form),
            hours=row.hours,
            counted=row.counted,
            state=STATES[CreditState(row.state)],
            verifier=names.get(row.decided_by) or ("签到记录" if row.session_id else "—"),
            remark="" if row.withdrawn_on else row.decision or "",
        )
        for row in rows
    ]


def _label(act: Act, member: MemberFacts, row: Any, catalogue: str, code: str) -> str:
    return catalogues.label(act, catalogue, row.earned_on, member.path, code) or ""
