"""Transfers between two institutions: the receiver decides, both sides see their part of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from tests.plugins.transfers.conftest import Transfers
from tests.plugins.transfers.test_deadlines import items
from tests.plugins.transfers.test_letters import totals

from zhibu.events.tables import LedgerEntry
from zhibu.exchange.public import Message, send
from zhibu.identifiers import parse_global_id
from zhibu.members import service as members
from zhibu.members.public import Change, Departure
from zhibu.members.rules import Step
from zhibu.tenants.founding import suspend
from zhibu.testing.register import identity

SIDE = """kind state name version institution institutionName organizationCode branchElsewhere
  paidTo responsible letterNumber letterUntil acceptedOn receiptOn signer refusal cause
  undeliveredOn askedOn withdrawReason withoutReceipt answerBy
  target { code } receiver { code } escalated { code } member { name }
  letters { serial state validUntil cause }"""
MEMBER_NUMBER = 870


@dataclass(kw_only=True)
class Pair:
    """The institution that sends, the one that receives, and who goes."""

    home: Transfers
    there: Transfers

    async def told(self) -> None:
        """Everything that was said arrives."""
        while await self.home.at.house.platform.jobs.run_waiting():
            pass

    def going(self, **changes: Any) -> dict[str, Any]:
        given = {"kind": "BETWEEN", "reason": "work", "member": self.home.id(self.home.me)}
        given |= {"institution": " HaiBin", "elsewhere": "海滨市直机关committee"}
        return {**given, "organizationCode": "COMMITTEE", **changes}

    async def offered(self, **changes: Any) -> tuple[str, str]:
        """A transfer that waits for the other side; what it is called here and there."""
        case = await self.home.opened(self.going(**changes))
        await self.home.issued(case, route="PROVINCE")
        await self.told()
        return case, await self.found(self.there, "municipal")

    async def found(self, at: Transfers, login: str) -> Any:
        """The one transfer from another institution that this account sees; None where none."""
        document = "query ($o: ID!) { transfersCases(organization: $o, first: 9) { nodes { id } } }"
        answer = await at.at.ask(login, document, {"o": at.at.id("root")})
        nodes = ((answer.get("data") or {}).get("transfersCases") or {}).get("nodes") or []
        return nodes[0]["id"] if nodes else None

    def accepting(self, case: str, **changes: Any) -> dict[str, Any]:
        return {"case": case, "fileCheck": "SEEN", "target": self.there.at.id("branch"), **changes}


async def side(at: Transfers, case: str, login: str = "municipal") -> Any:
    document = f"query ($id: ID!) {{ node(id: $id) {{ ... on TransfersCase {{ {SIDE} }} }} }}"
    answer = await at.at.ask(login, document, {"id": case})
    return (answer.get("data") or {}).get("node")


async def belongs(at: Transfers, day: str | None = None) -> list[str]:
    """The branches of this institution in which the member has a formal membership, and since."""
    document = """query ($day: Date) { members(first: 50, asOf: $day) {
      nodes { name organization { code } } } }"""
    answer = await at.at.ask("municipal", document, {"day": day})
    assert "errors" not in answer, answer
    nodes = answer["data"]["members"]["nodes"]
    return [each["organization"]["code"] for each in nodes if each["name"] == "调一"]


@pytest.fixture
async def pair(transfers: Transfers) -> Pair:
    """The member of the branch has an identity number that the other institution may learn."""
    other = await transfers.at.house.found("haibin", "海滨市直机关")
    transfers.me = await transfers.at.member(name="调一", identity_number=identity(MEMBER_NUMBER))
    return Pair(home=transfers, there=Transfers(at=other))


async def test_where_to_is_said_and_it_is_not_here(pair: Pair) -> None:
    wrong = pair.going(institution=None, elsewhere=" ")
    assert await pair.home.refused("secretary", "transfersOpen", wrong) == [
        "heading_missing",
        "institution_missing",
    ]
    own = pair.going(institution=pair.home.at.tenant.code.upper())
    assert await pair.home.refused("secretary", "transfersOpen", own) == ["own_institution"]
    given = pair.home.arriving(kind="OFFERED")
    assert await pair.home.refused("secretary", "transfersOpen", given) == ["not_opened_here"]


async def test_whoever_has_no_part_in_it_learns_nothing(pair: Pair) -> None:
    case, theirs = await pair.offered()
    third = Transfers(at=await pair.home.at.house.found("qinghe", "清河市直机关"))
    await pair.there.at.account("self", member_id=(await pair.there.at.member()).id)
    accept = pair.accepting(theirs)
    walls = [
        *((third, each) for each in ("municipal", "officer")),
        *((pair.home, each) for each in ("municipal", "officer", "secretary")),
        *((pair.there, each) for each in ("rival", "secretary", "recorder", "self")),
    ]
    for at, login in walls:
        assert await at.refused(login, "transfersAccept", accept) == ["NOT_FOUND"], login
        refuse = {"case": theirs, "reason": "误送"}
        assert await at.refused(login, "transfersRefuse", refuse) == ["NOT_FOUND"], login
        assert await side(at, theirs, login) is None, login
    for login in ("municipal", "officer"):
        assert await side(pair.there, case, login) is None
        withdraw = {"case": case, "reason": "误办"}
        assert await pair.there.refused(login, "transfersWithdraw", withdraw) == ["NOT_FOUND"]
    assert (await pair.there.answer(None, "transfersAccept", accept)).get("data") is None
    await pair.there.at.switch("transfers", False, "committee")
    assert await pair.there.refused("officer", "transfersAccept", accept) == ["PLUGIN_DISABLED"]


@pytest.mark.clause("S2-18", "S3A-26")
async def test_four_people_of_two_institutions_transfer_a_member_and_one_branch_always_answers(
    pair: Pair,
) -> None:
    case = await pair.home.opened(pair.going())
    assert await pair.found(pair.there, "officer") is None
    await pair.home.issued(case, route="PROVINCE")
    await pair.told()
    ours = await side(pair.home, case, "secretary")
    assert (ours["state"], ours["responsible"], ours["branchElsewhere"]) == (
        "ISSUED",
        "SENDER",
        None,
    )
    theirs = await pair.found(pair.there, "officer")
    seen = await side(pair.there, theirs, "officer")
    assert (seen["kind"], seen["state"], seen["responsible"]) == ("OFFERED", "OPENED", "SENDER")
    assert (seen["institution"], seen["institutionName"]) == ("yunling", "云岭市直机关")
    assert (seen["letterNumber"], seen["paidTo"]) == ("2026-0001", "2026-06-01")
    assert (seen["receiver"], seen["member"], seen["letters"]) == ({"code": "COMMITTEE"}, None, [])
    assert await side(pair.there, theirs, "secretary") is None

    await pair.home.later(date(2026, 6, 20))
    await pair.there.later(date(2026, 6, 20))
    accept = pair.accepting(theirs)
    wrong = {**accept, "target": pair.there.at.id("far"), "on": "2026-06-18"}
    assert await pair.there.refused("officer", "transfersAccept", wrong) == ["NOT_FOUND"]
    wrong |= {"target": pair.there.at.id("committee"), "person": pair.there.person()}
    assert await pair.there.refused("officer", "transfersAccept", wrong) == [
        "not_a_branch",
        "accepted_other_day",
        "person_unexpected",
    ]
    assert await pair.there.refused("officer", "transfersAccept", {**accept, "target": None}) == [
        "target_missing"
    ]
    done = await pair.there.done("officer", "transfersAccept", accept, f"case {{ {SIDE} }}")
    assert (done["case"]["state"], done["case"]["responsible"]) == ("CLOSED", "RECEIVER")
    await pair.told()

    ours = await side(pair.home, case, "secretary")
    assert (ours["state"], ours["responsible"]) == ("CLOSED", "RECEIVER")
    assert (ours["acceptedOn"], ours["receiptOn"]) == ("2026-06-20", "2026-06-20")
    assert ours["signer"] == "海滨市直机关committee"
    assert ours["branchElsewhere"] == "海滨市直机关branch"
    assert [letter["state"] for letter in ours["letters"]] == ["USED"]
    assert (await side(pair.there, theirs, "secretary"))["member"] == {"name": "调一"}
    for day, here, there in (("2026-06-19", ["BRANCH"], []), ("2026-06-20", [], ["BRANCH"])):
        assert await belongs(pair.home, day) == here
        assert await belongs(pair.there, day) == there
    assert await pair.there.refused("officer", "transfersAccept", accept) == ["step_not_now"]


@pytest.mark.clause("S3A-42")
async def test_a_refusal_says_why_to_both_and_they_may_still_accept(pair: Pair) -> None:
    case, theirs = await pair.offered()
    bad = {"case": theirs, "cause": "busy", "reason": " "}
    assert await pair.there.refused("officer", "transfersRefuse", bad) == [
        "cause_unknown",
        "reason_missing",
    ]
    refuse = {"case": theirs, "reason": "人手不足"}
    await pair.there.done("officer", "transfersRefuse", refuse, "case { id }")
    await pair.told()
    ours, seen = await side(pair.home, case), await side(pair.there, theirs)
    assert (ours["state"], ours["refusal"], ours["escalated"]) == ("REFUSED", "人手不足", None)
    assert (seen["state"], seen["escalated"]) == ("REFUSED", {"code": "DISTRICT"})
    again = {"case": case, "route": "NATION", "paidTo": "2026-06-01"}
    again |= {"cause": "RETURNED", "fault": "RECEIVER", "explanation": "对方退回"}
    await pair.home.done("officer", "transfersLetterReissue", again, "letter { id }")
    await pair.told()
    seen = await side(pair.there, theirs)
    assert (seen["state"], seen["refusal"], seen["letterNumber"]) == ("OPENED", None, "2026-0002")
    await pair.there.done("officer", "transfersAccept", pair.accepting(theirs), "case { id }")
    await pair.told()
    assert (await side(pair.home, case))["state"] == "CLOSED"


@pytest.mark.clause("S3C-17")
async def test_an_expired_letter_lets_nobody_in_until_another_is_issued(pair: Pair) -> None:
    case, theirs = await pair.offered()
    for at in (pair.home, pair.there):
        await at.later(date(2026, 7, 20))
    accept = pair.accepting(theirs)
    assert await pair.there.refused("officer", "transfersAccept", accept) == ["letter_expired"]
    again = {"case": case, "route": "PROVINCE", "paidTo": "2026-07-01"}
    again |= {"cause": "EXPIRED", "fault": "MEMBER", "explanation": "本人未及时报到"}
    await pair.home.done("officer", "transfersLetterReissue", again, "letter { id }")
    await pair.told()
    await pair.there.done("officer", "transfersAccept", accept, "case { id }")
    await pair.told()
    letters = (await side(pair.home, case))["letters"]
    assert [letter["state"] for letter in letters] == ["VOID", "USED"]


async def test_it_is_taken_back_only_once_the_other_side_says_it_did_not_accept(pair: Pair) -> None:
    case, theirs = await pair.offered()
    withdraw = {"case": case, "reason": "不再调动"}
    await pair.home.done("secretary", "transfersWithdraw", withdraw, "case { id }")
    ours = await side(pair.home, case)
    assert (ours["state"], ours["askedOn"]) == ("WITHDRAWING", "2026-06-15")
    assert await pair.home.refused("secretary", "transfersWithdraw", withdraw) == ["step_not_now"]
    await pair.told()
    assert (await side(pair.home, case))["state"] == "WITHDRAWN"
    seen = await side(pair.there, theirs)
    assert (seen["state"], seen["withdrawReason"]) == ("WITHDRAWN", "不再调动")
    accept = pair.accepting(theirs)
    assert await pair.there.refused("officer", "transfersAccept", accept) == ["step_not_now"]
    assert [each["state"] for each in (await side(pair.home, case))["letters"]] == ["VOID"]


async def test_who_was_accepted_before_it_was_asked_back_belongs_there(pair: Pair) -> None:
    case, theirs = await pair.offered()
    await pair.there.done("officer", "transfersAccept", pair.accepting(theirs), "case { id }")
    withdraw = {"case": case, "reason": "不再调动"}
    await pair.home.done("secretary", "transfersWithdraw", withdraw, "case { id }")
    await pair.told()
    assert (await side(pair.home, case))["state"] == "CLOSED"
    assert (await belongs(pair.home), await belongs(pair.there)) == ([], ["BRANCH"])


@pytest.mark.parametrize("why", ["nobody", "suspended", "off", "off at the top"])
async def test_what_reaches_nobody_says_so_and_what_to_do(pair: Pair, why: str) -> None:
    """An offer that only the top could see is turned away where transfers are off there."""
    if why == "suspended":
        await suspend(pair.home.at.house.platform, "haibin")
    elif why == "off":
        await pair.there.at.switch("transfers", False)
    elif why == "off at the top":
        await pair.there.at.switch("transfers", False)
        await pair.there.at.switch("transfers", True, "branch")
    code = "nowhere" if why == "nobody" else "haibin"
    case = await pair.home.opened(pair.going(institution=code, elsewhere="某党委"))
    await pair.home.issued(case)
    await pair.told()
    ours = await side(pair.home, case)
    assert (ours["state"], ours["undeliveredOn"]) == ("UNDELIVERED", "2026-06-15")
    assert (ours["institutionName"], ours["responsible"]) == (None, "SENDER")
    withdraw = {"case": case, "reason": "改用纸质介绍信"}
    await pair.home.done("secretary", "transfersWithdraw", withdraw, "case { id }")
    assert (await side(pair.home, case))["state"] == "WITHDRAWN"
    await pair.home.opened(pair.home.out())


async def test_what_names_no_committee_goes_to_the_top(pair: Pair) -> None:
    _, theirs = await pair.offered(organizationCode=None, elsewhere="海滨市某机关党委")
    assert (await side(pair.there, theirs))["receiver"] == {"code": "ROOT"}
    assert await side(pair.there, theirs, "officer") is None
    accept = pair.accepting(theirs, target=pair.there.at.id("far"))
    await pair.there.done("municipal", "transfersAccept", accept, "case { id }")
    await pair.told()
    assert await belongs(pair.there) == ["FAR"]


async def test_who_is_in_the_register_is_not_entered_twice_and_only_the_receiver_learns_it(
    pair: Pair,
) -> None:
    await pair.there.at.member("far", name="同号", identity_number=identity(MEMBER_NUMBER))
    case, theirs = await pair.offered()
    accept = pair.accepting(theirs)
    assert await pair.there.refused("officer", "transfersAccept", accept) == ["already_registered"]
    await pair.told()
    assert (await side(pair.home, case))["state"] == "ISSUED"


async def test_nobody_is_shown_the_identity_number_on_the_way(pair: Pair) -> None:
    _, theirs = await pair.offered()
    await pair.there.done("officer", "transfersAccept", pair.accepting(theirs), "case { id }")
    await pair.told()
    number = identity(MEMBER_NUMBER)
    for at in (pair.home, pair.there):
        async with at.at.operator() as act:
            bodies = await act.session.scalars(
                select(LedgerEntry.body).where(LedgerEntry.tenant_id == act.tenant_id)
            )
            assert not [body for body in bodies if number in body]
    document = "{ members(first: 9) { nodes { name identityNumberMasked } } }"
    answer = await pair.there.at.ask("officer", document)
    (came,) = [each for each in answer["data"]["members"]["nodes"] if each["name"] == "调一"]
    assert came["identityNumberMasked"] != number


async def test_what_both_agreed_on_neither_takes_back_alone_but_he_may_be_transferred_back(
    pair: Pair,
) -> None:
    _, theirs = await pair.offered()
    await pair.there.done("officer", "transfersAccept", pair.accepting(theirs), "case { id }")
    await pair.told()
    undo = {"member": pair.home.id(pair.home.me), "what": "STAGE", "reason": "办错"}
    assert await pair.home.refused("officer", "memberUndoLast", undo) == ["answer_sent"]
    document = "query ($id: ID!) { node(id: $id) { ... on TransfersCase { member { id } } } }"
    answer = await pair.there.at.ask("municipal", document, {"id": theirs})
    came = answer["data"]["node"]["member"]["id"]
    undo |= {"member": came, "what": "ENTRY"}
    assert await pair.there.refused("officer", "memberUndoLast", undo) == ["answer_sent"]
    back = {"kind": "BETWEEN", "reason": "work", "member": came, "institution": "yunling"}
    back |= {"elsewhere": "云岭市直机关committee"}
    case = await pair.there.opened(back)
    issue = {"case": case, "route": "CITY", "paidTo": "2026-06-01"}
    assert await pair.there.refused("officer", "transfersLetterIssue", issue) == ["changed_today"]
    for at in (pair.home, pair.there):
        await at.later(date(2026, 6, 17))
    await pair.there.issued(case)
    await pair.told()
    ours = await pair.found(pair.home, "officer")
    accept = {"case": ours, "fileCheck": "SEEN", "target": pair.home.at.id("other")}
    made = await pair.home.done("officer", "transfersAccept", accept, "case { member { id } }")
    assert made["case"]["member"]["id"] == pair.home.id(pair.home.me)
    await pair.told()
    assert (await belongs(pair.home), await belongs(pair.there)) == (["OTHER"], [])


async def test_who_changes_or_dies_while_the_other_side_decides(pair: Pair) -> None:
    case, theirs = await pair.offered()
    move = {"member": pair.home.id(pair.home.me), "organization": pair.home.at.id("other")}
    move |= {"on": "2026-06-15", "reason": "工作变动"}
    assert await pair.home.refused("officer", "memberTransfer", move) == ["already_offered"]
    async with pair.home.at.operator() as act:
        died = Step(
            change=Change.LEFT,
            on=date(2026, 6, 14),
            decision="去世",
            decided_on=date(2026, 6, 15),
            departure=Departure.DECEASED,
        )
        await members.change_stage(act, pair.home.me.id, died)
    assert (await side(pair.home, case))["state"] == "WITHDRAWING"
    await pair.told()
    assert (await side(pair.home, case))["state"] == "WITHDRAWN"
    assert (await side(pair.there, theirs))["state"] == "WITHDRAWN"


async def test_what_waits_is_due_counted_and_listed_on_either_side(pair: Pair) -> None:
    case, theirs = await pair.offered()
    assert await items(pair.there, "officer", "answer", "2026-12-31") == [("2026-07-15", False)]
    assert await items(pair.home, "officer", "receipt", "2026-12-31") == [("2026-08-14", False)]
    here, there = await totals(pair.home), await totals(pair.there)
    assert (here["goingOut"], here["unused"], there["comingIn"]) == (1, 1, 1)
    assert (await totals(pair.there, "rival"))["comingIn"] == 0
    await pair.home.later(date(2026, 8, 15))
    assert (await totals(pair.home))["withoutReceipt"] == 1
    found = "query ($id: ID!) { transfersUnreceiptedPage(organization: $id) }"
    answer = await pair.home.at.ask("officer", found, {"id": pair.home.at.id("committee")})
    assert "调一" in answer["data"]["transfersUnreceiptedPage"]
    await pair.there.later(date(2026, 8, 15))
    refuse = {"case": theirs, "cause": "not_arrived", "reason": "本人未报到"}
    await pair.there.done("officer", "transfersRefuse", refuse, "case { id }")
    assert await items(pair.there, "officer", "answer", "2026-12-31") == []
    await pair.told()
    assert (await side(pair.home, case))["cause"] == "not_arrived"


async def test_only_who_takes_part_in_a_transfer_says_anything_about_it(pair: Pair) -> None:
    case, theirs = await pair.offered()
    before = await side(pair.home, case), await side(pair.there, theirs)
    third = await pair.home.at.house.found("qinghe", "清河市直机关")
    body = {
        "on": "2026-06-15",
        "branch": "清河支部",
        "committee": "清河党委",
        "number": "2026-0001",
    }
    body |= {"reason": "冒充", "cause": "", "escalated": ""}
    matter = parse_global_id(case)[1]
    for kind in ("accepted", "refused", "withdrawn", "recalled"):
        for to in ("yunling", "haibin"):
            forged = Message(kind=f"transfers.{kind}", to=to, about=matter, path="1.", body=body)
            async with third.operator() as act:
                await send(act, forged)
    await pair.told()
    assert (await side(pair.home, case), await side(pair.there, theirs)) == before
    assert await belongs(pair.home) == ["BRANCH"]
