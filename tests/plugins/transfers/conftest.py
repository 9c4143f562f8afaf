"""Branches that send and receive members: the institution of the house, and shortcuts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

CASE = """id kind state name version elsewhere suggested clause chosen otherwise cause refusal
  acceptedOn receiptBy receiptOn signer withoutReceipt finding fileCheck custodian answerBy
  sender { code } target { code } issuer { code } receiver { code } escalated { code }
  letters { serial state validUntil expired cause fault }"""
MATTER = """id matter standing ground since effectiveOn filedOn holds endedOn suggested reviewOn
  custodyOn custodyNote version until contactBy returnedOn contacts { id contactedOn voidedOn }
  organization { code } custodian { code }
  searches { searchedOn means course responsible }"""
LETTER = "letter { id serial year days validUntil heading state paidTo }"


@dataclass(kw_only=True)
class Transfers:
    """Shortcuts for what tests of transfers do all the time."""

    at: Institution
    me: Person = field(init=False)
    letter: str = ""

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    async def later(self, day: date) -> None:
        """Let it be noon of that day in China, and everybody sign in anew."""
        self.at.house.now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        await self.at.later(days=0)

    async def override(self, name: str, value: Any, at: str = "root") -> None:
        """What the unit says for itself, from the first day of the year on."""
        async with self.at.operator() as act:
            unit = self.at.units[at].id
            await parameters.override(
                act, unit, f"transfers.{name}", date(2026, 1, 1), value, "本单位规定"
            )

    def within(self, target: str = "far", **changes: Any) -> dict[str, Any]:
        """Input of a transfer to another branch, by its code: the sender does not see it."""
        given = {"kind": "WITHIN", "reason": "work", "member": self.id(self.me)}
        return {**given, "organizationCode": target.upper(), **changes}

    def out(self, **changes: Any) -> dict[str, Any]:
        """Input of a transfer to elsewhere."""
        given = {"kind": "OUT", "reason": "residence", "member": self.id(self.me)}
        return {
            **given,
            "elsewhere": "中共海河市河东区委组织部",
            "address": "海河市一号",
            **changes,
        }

    def arriving(self, **changes: Any) -> dict[str, Any]:
        """Input of a transfer from elsewhere into the branch."""
        given = {"kind": "IN", "reason": "work", "name": "来一", "letterNumber": "2026-17"}
        given |= {"elsewhere": "中共海河市委组织部", "target": self.at.id("branch")}
        return {**given, **changes}

    def person(self, **changes: Any) -> dict[str, Any]:
        """What the register needs of who comes from elsewhere."""
        given = {"identityNumber": identity(880), "kind": "IN_SERVICE"}
        return {**given, "admittedOn": "2012-07-01", "fullOn": "2013-07-01", **changes}

    async def opened(self, given: dict[str, Any], by: str = "secretary") -> str:
        made = await self.done(by, "transfersOpen", given, "case { id }")
        return str(made["case"]["id"])

    async def issued(self, case: str, by: str = "officer", **changes: Any) -> Any:
        given = {"case": case, "route": "CITY", "paidTo": "2026-06-01", **changes}
        return (await self.done(by, "transfersLetterIssue", given, LETTER))["letter"]

    async def accepted(self, case: str, by: str = "rival", **changes: Any) -> Any:
        given = {"case": case, "fileCheck": "SEEN", **changes}
        return (await self.done(by, "transfersAccept", given, f"case {{ {CASE} }}"))["case"]

    async def case(self, id: str, login: str = "municipal") -> Any:
        """The transfer as this account sees it; None where it does not."""
        document = f"query ($id: ID!) {{ node(id: $id) {{ ... on TransfersCase {{ {CASE} }} }} }}"
        answer = await self.at.ask(login, document, {"id": id})
        assert "errors" not in answer, answer
        return answer["data"]["node"]

    async def member(self, who: Person | None = None, as_of: str | None = None) -> Any:
        """Who answers for a member, and the transfers, as the top sees it."""
        document = """query ($id: ID!, $day: Date) { member(id: $id, asOf: $day) { stage
          transfers { responsible { code } cases { state } } } }"""
        given = {"id": self.id(who or self.me), "day": as_of}
        answer = await self.at.ask("municipal", document, given)
        assert "errors" not in answer, answer
        return answer["data"]["member"]

    def lost(self, **changes: Any) -> dict[str, Any]:
        """Input of a stop for want of contact, after a search by two means."""
        found = [("2025-12-20", "DIRECT"), ("2026-02-10", "KIN"), ("2026-05-30", "AGENCIES")]
        tries = [
            {"on": on, "means": means, "course": "未取得联系", "responsible": "组织委员"}
            for on, means in found
        ]
        given = {"member": self.id(self.me), "ground": "LOST", "since": "2025-12-15"}
        return {**given, "reason": "多方查找无果", "searches": tries, **changes}

    def settled(self, **changes: Any) -> dict[str, Any]:
        """Input of a stop for settling abroad."""
        given = {"member": self.id(self.me), "ground": "SETTLED", "since": "2024-01-10"}
        return {**given, "reason": "已取得永久居留权", "place": "香港", **changes}

    def abroad(self, **changes: Any) -> dict[str, Any]:
        """Input of a relationship to be retained while the member studies abroad."""
        given = {"member": self.id(self.me), "purpose": "STUDY", "place": "新加坡"}
        return {
            **given,
            "since": "2026-06-10",
            "reason": "公派留学",
            "until": "2027-06-30",
            **changes,
        }

    async def retained(self, by: str = "me", **changes: Any) -> Any:
        """A relationship retained by all its steps: what the committee sees of the matter."""
        asked = await self.asked(by, "transfersRetainAsk", self.abroad(**changes))
        await self.decided(asked, "secretary", "officer")
        return (await self.matters("officer"))[0]

    async def asked(self, login: str, name: str, given: dict[str, Any]) -> Any:
        """The procedure that was begun."""
        shown = "procedure { id state step { id code organization { code } } }"
        return (await self.done(login, name, given, shown))["procedure"]

    async def decided(self, procedure: Any, *logins: str, **changes: Any) -> Any:
        """The procedure once these have decided its steps, one after the other."""
        shown = "procedure { id state objectionUntil step { id code organization { code } } }"
        for login in logins:
            given = {"step": procedure["step"]["id"], "approve": True, **changes}
            made = await self.done(login, "procedureStepDecide", given, shown)
            procedure = made["procedure"]
        return procedure

    async def stopped(self, given: dict[str, Any] | None = None, **changes: Any) -> Any:
        """A membership stopped by all its steps: what the district sees of the matter."""
        asked = await self.asked("secretary", "transfersStopPropose", given or self.lost())
        await self.decided(asked, "officer", "district", **changes)
        return (await self.matters())[0]

    async def matters(
        self, login: str = "district", filter: str = "", as_of: str | None = None
    ) -> list[Any]:
        """What is decided about memberships of the branch, the latest first."""
        document = f"""query ($o: ID!, $day: Date) {{ transfersMemberships(
          organization: $o, first: 9, asOf: $day, filter: {{ {filter} }}) {{ nodes {{ {MATTER} }} }}
        }}"""
        answer = await self.at.ask(login, document, {"o": self.at.id("branch"), "day": as_of})
        assert "errors" not in answer, answer
        found: list[Any] = answer["data"]["transfersMemberships"]["nodes"]
        return found

    async def answer(
        self, login: str | None, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        document = (
            f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) "
            f"{{ {select} userErrors {{ code message path basis }} }} }}"
        )
        credential = self.at.credentials[login] if login else None
        return await self.at.house.ask(document, {"input": given}, credential=credential)

    async def done(self, login: str, name: str, given: dict[str, Any], select: str) -> Any:
        """What was selected of a mutation that must succeed."""
        answer = await self.answer(login, name, given, select)
        assert "errors" not in answer, answer["errors"]
        payload = answer["data"][name]
        assert payload["userErrors"] == []
        return payload

    async def refused(self, login: str, name: str, given: dict[str, Any]) -> list[str]:
        """The codes with which a mutation is refused, in its payload or as an error."""
        answer = await self.answer(login, name, given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        errors = answer["data"][name]["userErrors"]
        assert all(error["message"] and error["path"] for error in errors)
        return [error["code"].removeprefix("transfers.") for error in errors]


@pytest.fixture
async def transfers(institution: Institution) -> Transfers:
    """A member of the branch who signs in as `me`; the rival committee may issue letters too."""
    made = Transfers(at=institution)
    made.me = await institution.member(name="转一")
    await institution.account("me", member_id=made.me.id)
    await made.override("issuer", "any_committee", "rival")
    return made
