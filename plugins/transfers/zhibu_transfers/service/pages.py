"""Pages to print: a letter in its three parts, and who left without a receipt.

Printing is an act: who printed whose letter stands in the ledger. A page changes nothing that is
read; so a print of a letter is counted by an act of its own, without which there is no page of it.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import render
from zhibu.members.public import Gender, Stage, age_on, members_by_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_transfers import actions
from zhibu_transfers.errors import LetterNotCounted, LetterNotPrinted
from zhibu_transfers.public import PAGE_PRINTED
from zhibu_transfers.rules.capitals import capital_month
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.service import exports
from zhibu_transfers.store import exports as store

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST = 2000
GENDERS = {Gender.MALE: "男", Gender.FEMALE: "女"}
FINDINGS = {"settled": "对方已接收", "not_settled": "对方未接收"}


async def count(act: Act, id: UUID) -> None:
    """Count one more print of a letter, before it goes to the printer."""
    found, committee, _ = await _letter(act, id)
    await store.printed(act.session, act.tenant_id, id)
    printed(act, ("TransfersLetter", id), committee, "组织关系介绍信", found.member_id)


async def letter(act: Act, id: UUID) -> str:
    """Stub, letter and receipt slip; only what is in force is printed, and only once counted."""
    found, committee, branch = await _letter(act, id)
    refuse([] if found.prints else [LetterNotCounted(path=("letter",))])
    member = (await members_by_id(act, [found.member_id]))[found.member_id]
    target = None
    if found.to_id is not None:
        target = await organization_of(act, found.to_id, seen_by=None)
    made = page(
        act,
        "transfers_letter.html",
        committee,
        title="中国共产党党员组织关系介绍信",
        day=found.issued_on,
        number=f"{found.year}第{found.serial:04d}号",
        member=member,
        name=member.name,
        nation=member.nation,
        gender=GENDERS[member.gender],
        age=age_on(member.birth_date, found.issued_on),
        standing="预备党员" if member.stage is Stage.PROBATIONARY else "正式党员",
        branch=branch.name,
        target=target.name if target else found.heading,
        heading=found.heading,
        paid_to=capital_month(found.paid_to),
        days=found.days,
        until=found.valid_until,
        nth=found.prints,
    )
    printed(act, ("TransfersLetter", id), committee, "组织关系介绍信", member.id)
    return made


async def unreceipted(act: Act, organization_id: UUID) -> str:
    """附件4 《未收到组织关系介绍信回执党员登记表》, at and below an organization."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    found = await exports.lines(act, unit.path, most=MOST)
    title = "未收到组织关系介绍信回执党员登记表"
    made = page(
        act,
        "listing.html",
        unit,
        title=title,
        day=act.today,
        headings=(
            *("序号", "姓名", "性别", "出生年月", "转出党支部", "介绍信编号", "开具日期"),
            *("接收党组织", "核查结果", "核查情况"),
        ),
        rows=[
            (
                number,
                line.name,
                GENDERS[Gender(line.gender)],
                f"{line.birth_date:%Y.%m}",
                line.organization,
                line.number,
                line.issued_on,
                line.heading,
                FINDINGS.get(line.finding or "", ""),
                line.found or "",
            )
            for number, line in enumerate(found, 1)
        ],
        wide=(4, 7, 9),
        notes=[f"共 {len(found)} 人。须联系本人和接收党组织查清；未落实的由现支部负责管理。"],
        signers=("填表人", "党组织书记"),
        landscape=True,
    )
    printed(act, ("Organization", unit.id), unit, title)
    return made


async def _letter(act: Act, id: UUID) -> tuple[Any, Unit, Unit]:
    """The letter, if it is in force and the caller may print it; its committee and branch."""
    found = await store.letter(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    committee = await organization_of(act, found.organization_id, seen_by=None)
    branch = await organization_of(act, found.from_id, seen_by=None)
    if not act.switches.enabled(actions.ISSUE.plugin, committee.path):
        act.require(actions.ISSUE, committee.path, seen_by=ORGANIZATION_READ)
    places = (committee.path, branch.path)
    if not any(act.may(actions.READ, path, found.member_id) for path in places):
        raise NotFound()
    act.require(actions.ISSUE, committee.path)
    if found.state != LetterState.VALID:
        refuse([LetterNotPrinted(path=("letter",), state=found.state)])
    return found, committee, branch


def page(act: Act, template: str, unit: Unit, /, **values: Any) -> str:
    return render(
        template,
        folders=[*act.templates, TEMPLATES],
        organization=unit.name,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
        **values,
    )


def printed(
    act: Act, about: tuple[str, UUID], unit: Unit, page: str, member_id: UUID | None = None
) -> None:
    act.record(
        Event(
            name=PAGE_PRINTED,
            subject=about,
            path=unit.path,
            member_id=member_id,
            facts={"page": page},
        )
    )
