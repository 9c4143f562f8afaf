"""A member's information card (S4-03); who printed whose stands in the ledger of acts."""

from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.forms.printing import render
from zhibu.members.public import MemberFacts, MemberKind, Stage, member_of
from zhibu.members.sheets.columns import GENDERS, KINDS
from zhibu.organizations.public import organization_of
from zhibu.organizations.sheets.posts import KINDS as POSTS
from zhibu_organization_life.asking import listed_of
from zhibu_scoring import actions
from zhibu_scoring.public import PRINTED
from zhibu_scoring.rules.facts import FactKind
from zhibu_scoring.service.events import said
from zhibu_scoring.store import cards as store

TEMPLATES = Path(__file__).parent.parent / "templates"
CARD = "党员信息卡"
# Forms are in Chinese, whoever prints them.
STAGES = {
    Stage.PROBATIONARY: "预备党员",
    Stage.FULL: "正式党员",
    Stage.STOPPED: "停止党籍",
    Stage.LEFT: "已出党",
}
FACTS = {
    FactKind.COMMENDED_WORKING_COMMITTEE: "市直机关工委表彰",
    FactKind.COMMENDED_MUNICIPAL: "市级表彰",
    FactKind.COMMENDED_PROVINCIAL: "省级表彰",
    FactKind.COMMENDED_NATIONAL: "国家级表彰",
    FactKind.WARNING: "警告",
    FactKind.SERIOUS_WARNING: "严重警告",
    FactKind.REMOVED_FROM_POST: "撤销党内职务",
    FactKind.PROBATION: "留党察看",
}


async def card(act: Act, member_id: UUID) -> str:
    """A member's card: register, posts, class or roles, what the years came to, honours."""
    member = await member_of(act, member_id)
    act.require(actions.READ, member.path, member.id)
    unit = await organization_of(act, member.organization_id, seen_by=None)
    session, tenant_id = act.session, act.tenant_id
    page = render(
        "scoring_card.html",
        folders=[*act.templates, TEMPLATES],
        title=CARD,
        organization=unit.name,
        facts=_register(member),
        headings=("项目", "内容", "起始", "截止或说明"),
        rows=[
            *(
                ("任职", f"{row.organization} {POSTS.show(row.kind)}", row.since, row.until or "")
                for row in await store.posts_of(session, tenant_id, [member.id])
            ),
            *(
                ("类别、岗位", each.title, each.since, each.until or "")
                for each in await listed_of(act, [member])
            ),
            *(
                (f"{row.year}年度积分", points(row), "", _rank(row))
                for row in await store.decided_of(session, tenant_id, [member.id])
            ),
            *(
                (FACTS[FactKind(row.kind)], row.title, row.decided_on, row.document)
                for row in await store.facts_of(session, tenant_id, member.id)
            ),
        ],
        wide=(1, 3),
        notes=(),
        signers=("党员", "党支部书记"),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    said(act, PRINTED, ("Member", member.id), member, year=act.today.year, title=CARD)
    return page


def managed(kind: MemberKind) -> str:
    return f"{KINDS.show(kind)}党员"


def _register(member: MemberFacts) -> list[tuple[str, Any]]:
    return [
        ("姓名", member.name),
        ("性别", GENDERS.show(member.gender)),
        ("出生日期", member.birth_date),
        ("民族", member.nation),
        ("学历", member.education),
        ("类别", managed(member.kind)),
        ("党籍", STAGES[member.stage]),
        ("入党日期", member.admitted_on),
        ("转正日期", member.full_on),
    ]


def points(row: Any) -> str:
    return "不列入积分" if row.total is None else f"{row.total.normalize():f} 分"


def _rank(row: Any) -> str:
    if row.vetoed:
        return "一票否决"
    return "" if row.rank is None else f"支部第 {row.rank} 名"
