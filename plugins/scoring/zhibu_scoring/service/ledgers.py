"""The ledger of each class of a branch's members, and where cards, book and ledgers are (S4-03).

The book is organization life's. Printing is an act: who printed what stands in the ledger of acts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.forms.printing import render
from zhibu.identifiers import global_id
from zhibu.members.public import MemberFacts, MemberKind, members_of
from zhibu.members.sheets.columns import GENDERS
from zhibu.organizations.public import organization_of
from zhibu.organizations.sheets.posts import KINDS as POSTS
from zhibu_organization_life.asking import Listed, listed_of
from zhibu_scoring import actions
from zhibu_scoring.public import PRINTED
from zhibu_scoring.service.cards import CARD, STAGES, TEMPLATES, managed, points
from zhibu_scoring.service.years.rolls import assessing, say
from zhibu_scoring.store import cards as store

LEDGER = "党员分类台账"
COLUMNS = (
    "姓名",
    "性别",
    "出生日期",
    "入党日期",
    "党籍",
    "起始日期",
    "现任党内职务",
    "最近年度积分",
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Something to print: what it is called, of how many, and where."""

    title: str
    members: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A branch's cards, book and ledgers, as one set."""

    cards: Sequence[Page]
    book: Page
    ledgers: Sequence[Page]


async def ledger(act: Act, organization_id: UUID, title: str | None) -> str:
    """The ledger of each class of a branch's members, or of one of them."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path)
    assessing(unit)
    members = await members_of(act, unit.path, act.today)
    groups = await _groups(act, members)
    chosen = {name: rows for name, rows in groups.items() if title in (None, name)}
    ids = [member.id for member in members]
    posts: dict[UUID, list[str | None]] = {}
    for row in await store.posts_of(act.session, act.tenant_id, ids):
        if row.since <= act.today and (row.until is None or row.until > act.today):
            posts.setdefault(row.member_id, []).append(POSTS.show(row.kind))
    decided = await store.decided_of(act.session, act.tenant_id, ids)
    latest = {row.member_id: f"{row.year}年度 {points(row)}" for row in decided}
    page = render(
        "scoring_ledger.html",
        folders=[*act.templates, TEMPLATES],
        title=LEDGER,
        organization=unit.name,
        period=act.today.isoformat(),
        headings=COLUMNS,
        groups=[
            {
                "name": name,
                "count": len(rows),
                "rows": [
                    (
                        member.name,
                        GENDERS.show(member.gender),
                        member.birth_date,
                        member.admitted_on,
                        STAGES[member.stage],
                        since or "",
                        "、".join(filter(None, posts.get(member.id, ()))),
                        latest.get(member.id, ""),
                    )
                    for member, since in rows
                ],
            }
            for name, rows in chosen.items()
        ],
        signers=("党支部书记",),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    about = ("Organization", unit.id)
    say(act, PRINTED, unit, about, year=act.today.year, title=LEDGER)
    return page


async def archive(act: Act, organization_id: UUID, year: int) -> Archive:
    """Where each card, the book of a year and each ledger of a branch are printed."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path)
    assessing(unit)
    checked_year(year)
    members = await members_of(act, unit.path, act.today)
    here = global_id("Organization", unit.id)
    return Archive(
        cards=[
            Page(
                title=f"{CARD}：{member.name}",
                members=1,
                address=_address("scoringCardPage", member=global_id("Member", member.id)),
            )
            for member in members
        ],
        book=Page(
            title=f"{year}年度党员活动记录本",
            members=len(members),
            address=_address("organizationLifeBookPage", organization=here, year=str(year)),
        ),
        ledgers=[
            Page(
                title=f"{LEDGER}：{name}",
                members=len(rows),
                address=_address("scoringLedgerPage", organization=here, title=name),
            )
            for name, rows in (await _groups(act, members)).items()
        ],
    )


async def _groups(
    act: Act, members: Sequence[MemberFacts]
) -> Mapping[str, list[tuple[MemberFacts, date | None]]]:
    """Members by class or role as of today; whoever has none by how the register manages him."""
    held: dict[UUID, list[Listed]] = {}
    for each in await listed_of(act, members):
        if each.since <= act.today and (each.until is None or each.until > act.today):
            held.setdefault(each.member_id, []).append(each)
    groups: dict[str, list[tuple[MemberFacts, date | None]]] = {}
    for kind in MemberKind:
        for member in members:
            if member.kind is not kind:
                continue
            for each in held.get(member.id, ()):
                groups.setdefault(each.title, []).append((member, each.since))
            if member.id not in held:
                without = managed(kind)
                if kind is MemberKind.IN_SERVICE:
                    without += "（未分类）"
                groups.setdefault(without, []).append((member, None))
    return groups


def _address(field: str, **given: str) -> str:
    return f"/print/{field}.pdf?{urlencode(given)}"
