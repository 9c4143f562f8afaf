"""Two institutions of the demo exchange a member away; four who sign in each see their part of it.

The workbooks of education are left out: that they are taken in is shown by `test_demo`.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.house import House, running
from zhibu.testing.shell import Shell

SAMPLES = Path(__file__).parents[2] / "institutions"
HOME, HOST = "organs-committee", "university"
FOUR = tuple((code, login) for code in (HOME, HOST) for login in ("secretary", "officer"))
PREFIX = {HOME: "GW", HOST: "DX"}
EDUCATION = ("training.xlsx", "attendance.xlsx", "credits.xlsx", "education.yaml")

ENTER = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"
SIDES = """{ viewer { roles { organization } }
  organizations(first: 100) { nodes { id code } } members(first: 1) { nodes { id } } }"""
CASES = """query ($o: ID!) { flowMembersCases(organization: $o, first: 9) { nodes {
  id place member { name } hostState institutionName hostElsewhere arrivedOn verifiedOn filedOn
  endedOn } } flowMembersNotes(organization: $o, first: 9) { nodes { kind side grade } }
  flowMembersGuests(organization: $o, first: 9) { nodes { id } } }"""
GUESTS = """query ($o: ID!) { flowMembersGuests(organization: $o, first: 9) { nodes {
  id place state name institutionName homeBranch host { code } arrivedOn verifiedOn filedOn endedOn
  notes { kind grade } } } flowMembersCases(organization: $o, first: 9) { nodes { id } } }"""
NOTES = {("LIFE", None), ("DUES", None), ("EVALUATION", "EXCELLENT")}


@dataclass(kw_only=True)
class Exchange:
    """The demo as it is served, and whoever of the four has signed in."""

    house: House
    tokens: dict[tuple[str, str], str]
    places: dict[tuple[str, str], str]
    today: str

    async def ask(self, who: tuple[str, str], document: str, **given: Any) -> Any:
        answer = await self.house.ask(document, given, credential=self.tokens[who])
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def seen(self, who: tuple[str, str]) -> Any:
        """Both lists: of who is away from here, and of who came."""
        return await self.ask(who, CASES if who[0] == HOME else GUESTS, o=self.places[who])

    async def act(
        self, who: tuple[str, str], name: str, given: dict[str, Any], select: str = ""
    ) -> Any:
        """What was selected of a mutation that succeeds; what it told the other one arrives."""
        field = f"flowMembers{name}"
        document = f"""mutation ($input: FlowMembers{name}Input!) {{ {field}(input: $input) {{
            {select} userErrors {{ message }} }} }}"""
        found = (await self.ask(who, document, input=given))[field]
        assert found["userErrors"] == [], (name, found)
        while await self.house.platform.jobs.run_waiting():
            pass
        return found

    async def stay(self, who: tuple[str, str], place: str) -> Any:
        """The one case or guest of this place; None where it is not to be seen."""
        known = "flowMembersCases" if who[0] == HOME else "flowMembersGuests"
        rows = [row for row in (await self.seen(who))[known]["nodes"] if row["place"] == place]
        return rows[0] if rows else None


@pytest.fixture
async def exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed_plugins: Plugins
) -> AsyncIterator[Exchange]:
    """The two institutions of the demo, taken in as `zhibu demo` does, and the four signed in."""
    samples, into = tmp_path / "institutions", tmp_path / "demo"
    for code in (HOME, HOST):
        shutil.copytree(SAMPLES / code, samples / code, ignore=lambda *_: EDUCATION)
    shutil.copy(SAMPLES / "opening.yaml", samples)
    monkeypatch.setenv("ZHIBU_LOCALE", "en")
    building = ("demo", "--into", into, "--institutions", samples, "--no-serve")
    await asyncio.to_thread(Shell(into, tmp_path).ok, *building)
    anchor = yaml.safe_load((samples / "opening.yaml").read_text("utf-8"))["day"]
    noon = datetime.combine(anchor, time(12), ZoneInfo("Asia/Shanghai"))
    password = (into / "demo-password").read_text().strip()
    async with running(Settings(data=into), installed_plugins) as house:
        house.now = max(noon.astimezone(UTC), datetime.now(UTC))
        today = house.now.astimezone(noon.tzinfo).date().isoformat()
        made = Exchange(house=house, tokens={}, places={}, today=today)
        for who in FOUR:
            given = {"tenant": who[0], "login": who[1], "password": password}
            entered = await house.ask(ENTER, {"input": given})
            made.tokens[who] = entered["data"]["signIn"]["token"]
            role, *_ = (await made.ask(who, SIDES))["viewer"]["roles"]
            made.places[who] = role["organization"]
        yield made


@pytest.mark.clause("S1-01", "S1-02", "S1-12", "S1-30", "S1-32")
async def test_two_institutions_of_the_demo_exchange_a_member_and_four_see_their_part(
    exchange: Exchange,
) -> None:
    ours, theirs = FOUR[:2], FOUR[2:]
    await the_four_see_what_the_demo_exchanged(exchange)
    (secretary, officer), (hosting, above) = ours, theirs

    [place] = [
        row["place"]
        for row in (await exchange.seen(secretary))["flowMembersCases"]["nodes"]
        if row["hostState"] is None
    ]
    case = {"case": (await exchange.stay(secretary, place))["id"]}
    card = (await exchange.act(officer, "CardStamp", case, "card { id serial }"))["card"]
    await exchange.act(secretary, "CardIssue", {"card": card["id"], "on": exchange.today})
    asked = {"institution": HOST, "organizationCode": "DX02"}
    await exchange.act(officer, "CaseOffer", {**case, **asked})
    assert await exchange.stay(hosting, place) is None, "the committee alone was asked"
    guest = {"guest": (await exchange.stay(above, place))["id"]}
    units = (await exchange.ask(above, SIDES))["organizations"]["nodes"]
    branch = next(row["id"] for row in units if row["code"] == "DX020101")
    await exchange.act(above, "GuestRegister", {**guest, "organization": branch})
    shown = {"arrivedOn": exchange.today, "serial": card["serial"]}
    await exchange.act(hosting, "GuestVerify", {**guest, **shown})
    await exchange.act(above, "GuestFile", guest)
    for kind, grade in sorted(NOTES, key=str):
        said = {"kind": kind, "channel": "VISIT", "on": exchange.today, "grade": grade}
        await exchange.act(hosting, "GuestNoteRecord", {**guest, **said, "text": "按时参加"})
    for who in ours:
        told = await exchange.stay(who, place)
        days = told["arrivedOn"], told["verifiedOn"], told["filedOn"]
        assert (told["hostState"], *days) == ("TAKEN", *(exchange.today,) * 3)
        notes = (await exchange.seen(who))["flowMembersNotes"]["nodes"]
        assert sorted((row["kind"], row["grade"]) for row in notes) == sorted([*NOTES] * 2, key=str)
    back = {**case, "on": exchange.today, "ending": "RETURNED"}
    await exchange.act(secretary, "CaseEnd", back)
    for who in theirs:
        assert (await exchange.stay(who, place))["endedOn"] == exchange.today


async def the_four_see_what_the_demo_exchanged(exchange: Exchange) -> None:
    """Those at home the answer and the notes, those there the guest; nobody more of the others."""
    theirs, known = {}, {}
    for who in FOUR:
        code = who[0]
        seen = await exchange.seen(who)
        units = await exchange.ask(who, SIDES)
        assert {row["code"][:2] for row in units["organizations"]["nodes"]} == {PREFIX[code]}
        own = seen["flowMembersCases" if code == HOME else "flowMembersGuests"]["nodes"]
        assert seen["flowMembersGuests" if code == HOME else "flowMembersCases"]["nodes"] == []
        [stay] = [row for row in own if row["arrivedOn"]]
        assert [bool(stay[day]) for day in ("verifiedOn", "filedOn", "endedOn")] == [
            True,
            True,
            False,
        ]
        notes = seen["flowMembersNotes"]["nodes"] if code == HOME else stay["notes"]
        assert {(row["kind"], row["grade"]) for row in notes} == NOTES
        theirs[who] = stay
        known[code] = {stay["id"], exchange.places[who], units["members"]["nodes"][0]["id"]}
    at_home, there = theirs[FOUR[0]], theirs[FOUR[2]]
    assert (theirs[FOUR[1]], theirs[FOUR[3]]) == (at_home, there)
    assert there["name"] == at_home["member"]["name"]
    assert there["institutionName"] == "清河市岚川区直属机关工委"
    assert at_home["institutionName"] == "云岭理工大学"
    for who in FOUR:
        for id in known[HOST if who[0] == HOME else HOME]:
            asked = await exchange.ask(who, "query ($id: ID!) { node(id: $id) { id } }", id=id)
            assert asked == {"node": None}
