"""A branch with one of each: lost, hanging, floating, in whose pocket a letter is, no receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.members.rules import Person

BASE = """mutation ($input: DuesBaseDeclareInput!) { duesBaseDeclare(input: $input) {
  base { id } userErrors { code message } } }"""
CONFIRM = """mutation ($input: DuesBaseConfirmInput!) { duesBaseConfirm(input: $input) {
  count userErrors { code message } } }"""
PAY = """mutation ($input: DuesPaymentRecordInput!) { duesPaymentRecord(input: $input) {
  payment { id } userErrors { code message } } }"""
HOLD = """mutation ($input: OrganizationLifeMeetingInput!) {
  organizationLifeMeetingHold(input: $input) { meeting { id } userErrors { code message } } }"""
MARK = """mutation ($input: OrganizationLifeMeetingAttendInput!) {
  organizationLifeMeetingAttend(input: $input) { userErrors { code message } } }"""
SEND = """mutation ($input: TransfersOpenInput!) { transfersOpen(input: $input) {
  case { id } userErrors { code message } } }"""
ISSUE = """mutation ($input: TransfersLetterIssueInput!) { transfersLetterIssue(input: $input) {
  userErrors { code message } } }"""


@dataclass(kw_only=True)
class Planted:
    """Who is what; `others` are in order."""

    lost: Person
    hanging: Person
    floating: Person
    pocket: Person
    unreceipted: Person
    others: list[Person]


Place = tuple[str, str, str]  # a branch, the login of its secretary, and of its committee's officer


async def planted(audit: Any, *places: Place) -> list[Planted]:
    """Plant one of each in these branches; it is a month later afterwards."""
    made = [await people(audit, at) for at, *_ in places]
    for found, (_, secretary, officer) in zip(made, places, strict=True):
        await sent(audit, found.pocket, "CITY", secretary, officer)
    await audit.at.later(days=30)
    for found, (at, secretary, officer) in zip(made, places, strict=True):
        await sent(audit, found.unreceipted, "NATION", secretary, officer)
        await audit.away(found.hanging, secretary, since="2025-12-01")
        await audit.away(found.floating, secretary, certainty="MOVING")
        everybody = [found.hanging, found.floating, found.pocket, found.unreceipted]
        for who in (*everybody, *found.others, found.lost):
            await dues(audit, who, secretary, officer, pays=who is not found.lost)
        there = [*everybody, *found.others, found.lost]
        await met(audit, at, secretary, there, absent=found.lost)
    return made


async def people(audit: Any, at: str) -> Planted:
    new = [await audit.at.member(at) for _ in range(5)]
    here = [each for each in (audit.me, audit.peer, audit.far) if belongs(audit, each, at)]
    return Planted(
        lost=new[0],
        hanging=new[1],
        floating=new[2],
        pocket=new[3],
        unreceipted=new[4],
        others=here,
    )


def belongs(audit: Any, who: Person, at: str) -> bool:
    return bool(who.organization_id == audit.at.units[at].id)


async def sent(audit: Any, who: Person, route: str, secretary: str, officer: str) -> None:
    """A transfer to elsewhere, with a letter by this route."""
    given = {"kind": "OUT", "reason": "residence", "member": audit.id(who)}
    given |= {"elsewhere": "中共海河市河东区委组织部", "address": "海河市一号"}
    made = await done(audit, secretary, SEND, given)
    letter = {"case": made["case"]["id"], "route": route, "paidTo": "2026-06-01"}
    await done(audit, officer, ISSUE, letter)


async def dues(audit: Any, who: Person, secretary: str, officer: str, *, pays: bool) -> None:
    """Six months are owed; they are paid, or not."""
    base = {"member": audit.id(who), "year": 2026, "income": "WAGE", "baseFen": 400_000}
    made = await done(audit, officer, BASE, base)
    await done(audit, secretary, CONFIRM, {"bases": [made["base"]["id"]]})
    if pays:
        paid = {"member": audit.id(who), "firstMonth": "2026-01-01", "lastMonth": "2026-06-01"}
        paid |= {"paidOn": audit.today, "fen": 24_000, "lateReason": "集中补交"}
        await done(audit, officer, PAY, paid)


async def met(audit: Any, at: str, secretary: str, people: list[Person], *, absent: Person) -> None:
    """A meeting at which all were present but one."""
    given = {"organization": audit.at.id(at), "kind": "THEME_DAY", "title": "主题党日"}
    given |= {"heldOn": date(2026, 7, 10).isoformat(), "contents": ["study"]}
    meeting = (await done(audit, secretary, HOLD, given))["meeting"]["id"]
    marks = [
        {"member": audit.id(who), "presence": "ABSENT" if who is absent else "PRESENT"}
        for who in people
    ]
    await done(audit, secretary, MARK, {"meeting": meeting, "marks": marks})


async def done(audit: Any, login: str, document: str, given: dict[str, Any]) -> Any:
    """What a mutation of a sibling answers, which must accept it."""
    [payload] = (await audit.asked(login, document, input=given)).values()
    assert payload["userErrors"] == [], payload
    return payload
