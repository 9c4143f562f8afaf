"""A member of one institution who is taken in by another: one case, two views, four people."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from tests.plugins.flow_members.conftest import Flow

from zhibu.act import Event
from zhibu.events.tables import LedgerEntry
from zhibu.exchange.public import Message, send
from zhibu.identifiers import row_of
from zhibu.members import public as members_public
from zhibu.members import service as members
from zhibu.members.public import Change, Departure
from zhibu.members.rules import Step
from zhibu.tenants.founding import suspend
from zhibu.testing.register import identity
from zhibu_flow_members.service.between.messages import Said, Stay, tell
from zhibu_flow_members.service.erasing import members_erased
from zhibu_flow_members.store import cases

HOME = """institution institutionName hostElsewhere hostState hostAnsweredOn hostReason arrivedOn
  verifiedOn filedOn hostNote touchedOn endedOn"""
GUEST = """id name institution institutionName homeBranch homeContact ground place unit since until
  paper state refusal arrivedOn verifiedOn filedOn leftOn endedOn ending withdrawnOn
  receiver { code } host { code } notes { kind text grade voidedOn }"""
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on FlowMembersGuest {{ {GUEST} }} }} }}"
UNIT = "query ($o: ID!) { organization(id: $o) { flowMembers { away incoming unverified } } }"


@dataclass(kw_only=True)
class Pair:
    """The institution whose member goes, and the one that takes him in."""

    home: Flow
    there: Flow

    async def told(self) -> None:
        """Everything that was said arrives."""
        while await self.home.at.house.platform.jobs.run_waiting():
            pass

    def going(self, **changes: Any) -> dict[str, Any]:
        asked = {"institution": " HaiBin", "organizationCode": "COMMITTEE", "host": None}
        return {**asked, **changes}

    async def offered(self, **changes: Any) -> tuple[str, str]:
        """A case that was told; what it is called here and there."""
        case = await self.home.recorded(**self.going(**changes))
        await self.told()
        [guest] = await self.guests("municipal")
        return case, guest["id"]

    async def taken(self, **changes: Any) -> tuple[str, str]:
        """He is registered at the other institution's branch, and his own knows it."""
        case, guest = await self.offered(**changes)
        await self.there.done("officer", "GuestRegister", self.registering(guest))
        await self.told()
        return case, guest

    def registering(self, guest: str, at: str = "branch") -> dict[str, Any]:
        return {"guest": guest, "organization": self.there.at.id(at)}

    async def guests(self, login: str, at: Flow | None = None, filter: str = "") -> Any:
        flow = at or self.there
        given = f", filter: {{{filter}}}" if filter else ""
        document = (
            f"query ($o: ID!) {{ flowMembersGuests(organization: $o, first: 9{given}) "
            f"{{ nodes {{ {GUEST} }} }} }}"
        )
        answer = await flow.at.ask(login, document, {"o": flow.at.id("root")})
        return ((answer.get("data") or {}).get("flowMembersGuests") or {}).get("nodes") or []

    async def case(self, login: str = "secretary") -> Any:
        [found] = await self.home.cases(login, HOME)
        return found


@pytest.fixture
async def pair(flow: Flow) -> Pair:
    there = await flow.at.house.found("haibin", "海滨市直机关")
    return Pair(home=flow, there=Flow(at=there))


def note(guest: str, **changes: Any) -> dict[str, Any]:
    given = {"kind": "LIFE", "channel": "VISIT", "on": "2026-06-15", "text": "参加主题党日"}
    return {"guest": guest, **given, **changes}


async def test_everything_wrong_with_a_host_elsewhere_is_said_at_once(pair: Pair) -> None:
    wrong = pair.home.case(institution="yunling", host="FAR")
    assert await pair.home.refused("secretary", "CaseRecord", wrong) == [
        "own_institution",
        "host_twice",
    ]
    nobody = pair.home.case(institution=" ", organizationCode="COMMITTEE", host=None)
    assert await pair.home.refused("secretary", "CaseRecord", nobody) == ["institution_missing"]
    case, _ = await pair.offered()
    asked = {"case": case, "institution": "haibin"}
    assert await pair.home.refused("secretary", "CaseOffer", asked) == ["peer_waits"]
    named = {"case": case, "host": "FAR", "reason": "改派"}
    assert await pair.home.refused("secretary", "CaseChange", named) == ["host_twice"]
    back = {"case": case, "reason": " "}
    assert await pair.home.refused("secretary", "CaseRecall", back) == ["reason_missing"]


async def test_whoever_has_no_part_in_a_stay_learns_nothing_of_it(pair: Pair) -> None:
    case, guest = await pair.offered()
    await pair.there.at.account("self", member_id=(await pair.there.at.member()).id)
    third = Flow(at=await pair.home.at.house.found("qinghe", "清河市直机关"))
    walls = [
        *((third, login) for login in ("municipal", "officer")),
        *((pair.home, login) for login in ("municipal", "officer", "secretary", "me")),
        *((pair.there, login) for login in ("rival", "secretary", "self")),
    ]
    acts = {
        "GuestRegister": pair.registering(guest),
        "GuestRefuse": {"guest": guest, "reason": "误送"},
        "GuestVerify": {"guest": guest, "arrivedOn": "2026-06-15"},
        "GuestFile": {"guest": guest},
        "GuestLeave": {"guest": guest, "on": "2026-06-15", "reason": "返回"},
        "GuestTakeBack": {"guest": guest, "reason": "误登"},
        "GuestNoteRecord": note(guest),
    }
    for at, login in walls:
        for name, given in acts.items():
            assert await at.refused(login, name, given) == ["NOT_FOUND"], (login, name)
        assert (await at.at.ask(login, NODE, {"id": guest}))["data"] in (None, {"node": None})
        assert await pair.guests(login, at) == [], login
    for name, given in acts.items():
        assert (await pair.there.answer(None, name, given)).get("data") is None
        if name != "GuestTakeBack":
            assert await pair.there.refused("recorder", name, given) in (
                ["FORBIDDEN"],
                ["NOT_FOUND"],
            )
    for login in ("municipal", "officer", "secretary"):
        recall = {"case": case, "reason": "误登"}
        assert await pair.there.refused(login, "CaseRecall", recall) == ["NOT_FOUND"]
        offer = {"case": case, "institution": "qinghe"}
        assert await pair.there.refused(login, "CaseOffer", offer) == ["NOT_FOUND"]
    await pair.there.at.switch("flow_members", False, "committee")
    assert await pair.there.refused("officer", "GuestFile", {"guest": guest}) == ["PLUGIN_DISABLED"]


async def test_only_who_noted_something_of_a_guest_voids_it(pair: Pair) -> None:
    _, guest = await pair.taken()
    made = await pair.there.done("secretary", "GuestNoteRecord", note(guest), "note { id }")
    void = {"guestNote": made["note"]["id"], "reason": "误登"}
    walls = [(pair.home, "municipal"), (pair.home, "secretary"), (pair.there, "rival")]
    for at, login in walls:
        assert await at.refused(login, "GuestNoteVoid", void) == ["NOT_FOUND"], login
    assert (await pair.there.answer(None, "GuestNoteVoid", void)).get("data") is None
    assert await pair.there.refused("recorder", "GuestNoteVoid", void) == ["FORBIDDEN"]
    unsaid = {**void, "reason": " "}
    assert await pair.there.refused("secretary", "GuestNoteVoid", unsaid) == ["reason_missing"]
    await pair.there.done("secretary", "GuestNoteVoid", void)
    assert await pair.there.refused("secretary", "GuestNoteVoid", void) == ["note_void"]


@pytest.mark.clause("S1-01", "S1-02", "S1-12", "S1-30", "S1-32")
async def test_four_people_of_two_institutions_exchange_a_floating_member(pair: Pair) -> None:
    uncertain = {"certainty": "UNCERTAIN", "until": None}
    case, guest = await pair.offered(**uncertain)
    [seen] = await pair.guests("officer")
    assert (seen["name"], seen["state"], seen["receiver"]) == (
        pair.home.me.name,
        "OFFERED",
        {"code": "COMMITTEE"},
    )
    assert (seen["institution"], seen["institutionName"]) == ("yunling", "云岭市直机关")
    assert (seen["homeBranch"], seen["homeContact"]) == ("云岭市直机关branch", "电话 0871")
    assert await pair.guests("secretary") == []
    assert (await pair.case())["hostState"] == "WAITING"

    register = pair.registering(guest)
    for branch, codes in (("far", ["NOT_FOUND"]), ("committee", ["host_takes_nobody"])):
        wrong = pair.registering(guest, branch)
        assert await pair.there.refused("officer", "GuestRegister", wrong) == codes
    await pair.there.done("officer", "GuestRegister", register)
    assert await pair.there.refused("officer", "GuestRegister", register) == ["guest_taken"]
    await pair.told()
    ours = await pair.case()
    assert (ours["hostState"], ours["institutionName"]) == ("TAKEN", "海滨市直机关")
    assert ours["hostElsewhere"] == "海滨市直机关branch"

    payload = await pair.home.done("officer", "CardStamp", {"case": case}, "card { id serial }")
    issue = {"card": payload["card"]["id"], "on": "2026-06-15"}
    verify = {"guest": guest, "arrivedOn": "2026-06-15", "serial": 1, "note": "证件齐全"}
    assert await pair.there.refused("secretary", "GuestVerify", verify) == ["card_wrong"]
    await pair.home.done("secretary", "CardIssue", issue)
    await pair.told()
    for wrong, codes in (
        ({"serial": 2}, ["card_wrong"]),
        ({"arrivedOn": "2026-06-16"}, ["not_yet"]),
        ({"arrivedOn": "2026-06-13"}, ["dates_reversed"]),
    ):
        assert await pair.there.refused("secretary", "GuestVerify", {**verify, **wrong}) == codes
    file = {"guest": guest}
    assert await pair.there.refused("officer", "GuestFile", file) == ["not_verified"]
    await pair.there.done("secretary", "GuestVerify", verify)
    assert await pair.there.refused("secretary", "GuestFile", file) == ["FORBIDDEN"]
    await pair.there.done("officer", "GuestFile", file)

    for wrong, codes in (
        ({"text": " "}, ["note_unsaid"]),
        ({"kind": "CRITICISM"}, ["note_elsewhere"]),
        ({"on": "2026-06-13"}, ["note_not_yet"]),
        ({"on": "2026-06-16"}, ["not_yet"]),
        ({"grade": "EXCELLENT"}, ["conduct_missing"]),
    ):
        given = note(guest, **wrong)
        assert await pair.there.refused("secretary", "GuestNoteRecord", given) == codes
    await pair.there.done("secretary", "GuestNoteRecord", note(guest))
    dues = note(guest, kind="DUES", text="代收六月党费")
    slip = await pair.there.done("secretary", "GuestNoteRecord", dues, "note { id }")
    grade = note(guest, kind="EVALUATION", text="表现突出", grade="EXCELLENT")
    await pair.there.done("secretary", "GuestNoteRecord", grade)
    await pair.told()
    ours = await pair.case()
    assert (ours["arrivedOn"], ours["verifiedOn"], ours["filedOn"], ours["hostNote"]) == (
        *("2026-06-15",) * 3,
        "证件齐全",
    )
    assert ours["touchedOn"] == "2026-06-15"
    rows = await pair.home.notes("secretary", "kind side grade recordedBy")
    assert {(row["kind"], row["side"], row["grade"]) for row in rows} == {
        ("LIFE", "HOST", None),
        ("DUES", "HOST", None),
        ("EVALUATION", "HOST", "EXCELLENT"),
    }
    void = {"guestNote": slip["note"]["id"], "reason": "误登"}
    await pair.there.done("secretary", "GuestNoteVoid", void)
    await pair.told()
    left = await pair.home.notes("secretary", "kind", filter="void: false")
    assert {row["kind"] for row in left} == {"LIFE", "EVALUATION"}
    theirs = (await pair.home.notes("secretary", "id", filter="void: false"))[0]
    away = {"note": theirs["id"], "reason": "误登"}
    assert await pair.home.refused("secretary", "NoteVoid", away) == ["NOT_FOUND"]

    back = {"case": case, "on": "2026-06-15", "ending": "RETURNED"}
    await pair.home.done("secretary", "CaseEnd", back)
    await pair.told()
    [seen] = await pair.guests("secretary")
    assert (seen["endedOn"], seen["ending"]) == ("2026-06-15", "RETURNED")
    assert await pair.there.refused("secretary", "GuestLeave", leaving(guest)) == ["guest_over"]
    assert await pair.guests("officer", filter="here: true") == []
    await pair.home.done("secretary", "CaseResume", {"case": case, "reason": "误登"})
    await pair.told()
    assert (await pair.guests("officer"))[0]["endedOn"] is None


def leaving(guest: str, **changes: Any) -> dict[str, Any]:
    return {"guest": guest, "on": "2026-06-15", "reason": "已返回原籍", **changes}


async def test_who_is_refused_is_told_why_and_may_still_be_taken_in(pair: Pair) -> None:
    case, guest = await pair.offered()
    refuse = {"guest": guest, "reason": " "}
    assert await pair.there.refused("officer", "GuestRefuse", refuse) == ["reason_missing"]
    await pair.there.done("officer", "GuestRefuse", {**refuse, "reason": "支部撤并中"})
    await pair.told()
    ours = await pair.case()
    assert (ours["hostState"], ours["hostReason"]) == ("REFUSED", "支部撤并中")
    await pair.there.done("officer", "GuestRegister", pair.registering(guest))
    await pair.told()
    assert (await pair.case())["hostState"] == "TAKEN"
    await pair.there.done("officer", "GuestTakeBack", {"guest": guest, "reason": "误登"})
    await pair.there.done("officer", "GuestRefuse", {**refuse, "reason": "支部撤并中"})
    await pair.told()
    again = {"case": case, "institution": "haibin", "organizationCode": "FAR"}
    await pair.home.done("secretary", "CaseOffer", again)
    await pair.told()
    [seen] = await pair.guests("municipal")
    assert (seen["id"], seen["state"], seen["refusal"]) == (guest, "OFFERED", None)
    assert seen["receiver"] == {"code": "FAR"}
    assert (await pair.case())["hostState"] == "WAITING"


async def test_every_step_of_the_host_is_taken_back_and_his_branch_knows(pair: Pair) -> None:
    _, guest = await pair.taken()
    verify = {"guest": guest, "arrivedOn": "2026-06-15"}
    await pair.there.done("secretary", "GuestVerify", verify)
    await pair.there.done("officer", "GuestFile", {"guest": guest})
    await pair.there.done("secretary", "GuestLeave", leaving(guest))
    await pair.told()
    ours = await pair.case()
    assert (ours["hostState"], ours["hostReason"]) == ("LEFT", "已返回原籍")
    back = {"guest": guest, "reason": "误登"}
    states = []
    for login in ("secretary", "officer", "secretary", "officer"):
        await pair.there.done(login, "GuestTakeBack", back)
        await pair.told()
        ours = await pair.case()
        states.append((ours["hostState"], ours["filedOn"], ours["verifiedOn"]))
    day = "2026-06-15"
    assert states == [
        ("TAKEN", day, day),
        ("TAKEN", None, day),
        ("TAKEN", None, None),
        ("WAITING", None, None),
    ]
    assert await pair.there.refused("officer", "GuestTakeBack", back) == ["nothing_to_take_back"]


async def test_who_goes_on_to_another_host_is_with_one_only(pair: Pair) -> None:
    case, guest = await pair.taken()
    third = Flow(at=await pair.home.at.house.found("qinghe", "清河市直机关"))
    recall = {"case": case, "reason": "工作地点变动"}
    await pair.home.done("secretary", "CaseRecall", recall)
    assert await pair.home.refused("secretary", "CaseRecall", recall) == ["peer_none"]
    anew = {"case": case, "institution": "qinghe", "organizationCode": "COMMITTEE"}
    await pair.home.done("secretary", "CaseOffer", anew)
    await pair.told()
    [seen] = await pair.guests("secretary")
    assert (seen["endedOn"], seen["ending"]) == ("2026-06-15", "MOVED_ON")
    [new] = await pair.guests("officer", third)
    assert new["state"] == "OFFERED"
    late = {"guest": guest, "reason": "误登"}
    assert await pair.there.refused("officer", "GuestTakeBack", late) == ["guest_over"]


async def test_a_new_stay_ends_the_one_that_was_not_ended_in_time(pair: Pair) -> None:
    """The word of the end is on its way while the next stay is offered."""
    case, _ = await pair.taken()
    await pair.home.done("secretary", "CaseVoid", {"case": case, "reason": "误登"})
    await pair.home.recorded(**pair.going(since="2026-06-15"))
    await pair.told()
    found = await pair.guests("municipal")
    assert len(found) == 2
    going_on = [row for row in found if not (row["endedOn"] or row["withdrawnOn"])]
    assert [row["since"] for row in going_on] == ["2026-06-15"]


async def test_late_word_of_a_stay_before_ends_none_that_came_after(pair: Pair) -> None:
    case, _ = await pair.taken()
    async with pair.home.at.operator() as act:
        known = await cases.case(act.session, act.tenant_id, row_of(case, "FlowMembersCase"))
        assert known is not None
        terms = asdict(known.terms)
        same = ("ground", "place", "unit", "certainty", "since", "until", "paper")
        blank = ("serial", "contact", "organization_code", "ended_on", "ending")
        stay = Stay(
            offer=1,
            member=known.member_id,
            name="张三",
            branch="一支部",
            committee="党委",
            voided=False,
            erased=False,
            **{name: terms[name] for name in same},
            **dict.fromkeys(blank),
        )
        await tell(act, Said.STAY, "haibin", UUID(int=1), "1.", stay)
    await pair.told()
    [found] = await pair.guests("municipal")
    assert (found["state"], found["endedOn"]) == ("TAKEN", None)


@pytest.mark.parametrize("why", ["nobody", "suspended", "off", "off at the top"])
async def test_what_reaches_nobody_says_so_and_another_may_be_asked(pair: Pair, why: str) -> None:
    """An offer that only the top could see is turned away where the plugin is off there."""
    if why == "suspended":
        await suspend(pair.home.at.house.platform, "haibin")
    elif why == "off":
        await pair.there.at.switch("flow_members", False)
    elif why == "off at the top":
        await pair.there.at.switch("flow_members", False)
        await pair.there.at.switch("flow_members", True, "branch")
    code = "nowhere" if why == "nobody" else "haibin"
    case = await pair.home.recorded(**pair.going(institution=code, organizationCode="NOWHERE"))
    await pair.told()
    ours = await pair.case()
    assert (ours["hostState"], ours["institutionName"]) == ("UNDELIVERED", None)
    await pair.home.done("secretary", "CaseRecall", {"case": case, "reason": "改为单位内"})
    await pair.home.done("secretary", "CaseChange", {"case": case, "host": "FAR", "reason": "改"})
    assert (await pair.case())["hostState"] is None


async def test_what_names_no_organization_goes_to_the_top_and_is_due_counted_and_printed(
    pair: Pair,
) -> None:
    _, guest = await pair.offered(organizationCode="NOWHERE")
    [seen] = await pair.guests("municipal")
    assert seen["receiver"] == {"code": "ROOT"}
    assert await pair.guests("officer") == []
    assert await pair.there.due("guest_due", "municipal", "root") == ["2026-07-15"]
    register = pair.registering(guest, "far")
    await pair.there.done("municipal", "GuestRegister", register)
    assert await pair.there.due("guest_due", "municipal", "root") == []
    assert await pair.there.due("guest_verify_due", "municipal", "root") == ["2026-07-15"]
    top = {"o": pair.there.at.id("root")}
    answer = await pair.there.at.ask("municipal", UNIT, top)
    found = answer["data"]["organization"]["flowMembers"]
    assert found == {"away": 0, "incoming": 1, "unverified": 1}
    page = "query ($o: ID!) { flowMembersIncomingPage(organization: $o, year: 2026) }"
    answer = await pair.there.at.ask("municipal", page, top)
    assert "云岭市直机关branch" in answer["data"]["flowMembersIncomingPage"]
    verify = {"guest": guest, "arrivedOn": "2026-06-15"}
    assert await pair.there.refused("municipal", "GuestVerify", verify) == ["FORBIDDEN"]
    await pair.there.at.account("host", "branch_secretary", "far")
    await pair.there.done("host", "GuestVerify", verify)
    assert await pair.there.due("guest_verify_due", "municipal", "root") == []
    assert await pair.there.due("guest_file_due", "municipal", "root") == ["2026-07-15"]
    await pair.told()
    page = "query ($o: ID!) { flowMembersOutgoingPage(organization: $o, year: 2026) }"
    answer = await pair.home.at.ask("secretary", page, {"o": pair.home.at.id("branch")})
    assert "海滨市直机关far" in answer["data"]["flowMembersOutgoingPage"]


async def test_whoever_leaves_the_party_or_is_erased_leaves_no_name_behind(pair: Pair) -> None:
    _, guest = await pair.taken()
    await pair.there.done("secretary", "GuestNoteRecord", note(guest, text="家庭困难"))
    async with pair.home.at.operator() as act:
        died = Step(
            change=Change.LEFT,
            on=act.today,
            decision="去世",
            decided_on=act.today,
            departure=Departure.DECEASED,
        )
        await members.change_stage(act, pair.home.me.id, died)
    await pair.told()
    [ours] = await pair.home.cases("municipal", "endedOn ending")
    assert ours == {"endedOn": "2026-06-15", "ending": "LEFT"}
    [seen] = await pair.guests("officer")
    assert (seen["endedOn"], seen["ending"]) == ("2026-06-15", "LEFT")
    back = {"case": "", "on": "2026-06-15", "ending": "LEFT"}
    back["case"] = await pair.home.recorded(member=pair.home.id(pair.home.peer), host=None)
    assert await pair.home.refused("secretary", "CaseEnd", back) == ["ends_with_membership"]
    async with pair.home.at.operator() as act:
        erased = Event(
            name=members_public.ERASED,
            subject=("Member", pair.home.me.id),
            member_id=pair.home.me.id,
        )
        await members_erased(act, [erased])
    await pair.told()
    [seen] = await pair.guests("officer")
    assert (seen["name"], seen["place"], seen["homeContact"]) == ("（已清除）", None, None)
    assert [each["text"] for each in seen["notes"]] == ["（已清除）"]


async def test_only_who_takes_part_says_anything_of_a_stay(pair: Pair) -> None:
    case, _ = await pair.taken()
    before = await pair.case(), await pair.guests("municipal")
    third = await pair.home.at.house.found("qinghe", "清河市直机关")
    answer = {"offer": 1, "state": "left", "on": "2026-06-15", "branch": "清河", "reason": "冒充"}
    answer |= dict.fromkeys(("arrived_on", "verified_on", "host_note", "filed_on"))
    noted = {"id": row_of(case, "FlowMembersCase").hex, "kind": "life", "channel": "visit"}
    noted |= {"on": "2026-06-15", "text": "冒充"}
    noted |= dict.fromkeys(("grade", "reason", "voided_on", "void_reason"))
    for kind, body in (("peer_answered", answer), ("guest_noted", noted)):
        matter = row_of(case, "FlowMembersCase")
        forged = Message(
            kind=f"flow_members.{kind}", to="yunling", about=matter, path="1.", body=body
        )
        async with third.operator() as act:
            await send(act, forged)
    await pair.told()
    assert (await pair.case(), await pair.guests("municipal")) == before


async def test_the_host_reads_no_identity_number_and_no_way_to_reach_him(pair: Pair) -> None:
    await pair.taken()
    for at in (pair.home, pair.there):
        async with at.at.operator() as act:
            bodies = await act.session.scalars(
                select(LedgerEntry.body).where(LedgerEntry.tenant_id == act.tenant_id)
            )
            said = [*bodies]
        assert not [body for body in said if "13800001234" in body or identity(1) in body]
