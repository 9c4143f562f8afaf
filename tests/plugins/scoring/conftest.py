"""A branch that is assessed by points: the institution of the house with two members of its own."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from zhibu.accounts.service import roles
from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.testing.house import FOUNDED, Institution

INPUTS = {"organizationLifeMeetingHold": "OrganizationLifeMeetingInput"}
YEAR = """query ($id: ID!, $year: Int!) { member(id: $id) { scoring(year: $year) {
  standing base plus minus vetoed total reason basis exemptions { id }
  entries { id name item part points happenedOn state basis description reverses sourceKind source
    declaredBy decidedBy witnesses } } } }"""


@dataclass(kw_only=True)
class Scoring:
    """Shortcuts for what tests of scoring do all the time."""

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def said(self, who: Person | None = None, **changes: Any) -> dict[str, Any]:
        """Input of a declaration: a suggestion that was adopted this month."""
        given = {
            "item": "suggestion",
            "happenedOn": "2026-06-01",
            "description": "优化办事流程",
            "material": "采纳通知〔2026〕3号",
        }
        return {"member": self.id(who or self.me), **given, **changes}

    async def declared(
        self, who: Person | None = None, login: str = "recorder", **changes: Any
    ) -> str:
        given = self.said(who, **changes)
        made = await self.done(login, "scoringEntryDeclare", given, "entry { id }")
        return str(made["entry"]["id"])

    async def approved(self, who: Person | None = None, **changes: Any) -> str:
        """An entry that the recorder declared and the secretary approved; its id."""
        entry = await self.declared(who, **changes)
        await self.done("secretary", "scoringEntryApprove", {"entries": [entry]}, "count")
        return entry

    async def of(self, who: Person | None = None, login: str = "officer", year: int = 2026) -> Any:
        """A member's points of a year."""
        given = {"id": self.id(who or self.me), "year": year}
        answer = await self.at.ask(login, YEAR, given, accept_language="zh-CN")
        assert "errors" not in answer, answer
        return answer["data"]["member"]["scoring"]

    async def held(self, on: str = "2026-06-14", title: str = "主题党日", **marks: str) -> str:
        """A theme Party Day of the branch, and how people were marked at it (`me`, `peer`)."""
        given = {
            "organization": self.at.id("branch"),
            "kind": "THEME_DAY",
            "title": title,
            "heldOn": on,
            "contents": ["study"],
            "lateReason": "补录",
        }
        made = await self.done("secretary", "organizationLifeMeetingHold", given, "meeting { id }")
        meeting = str(made["meeting"]["id"])
        await self.mark(meeting, **marks)
        return meeting

    async def mark(self, meeting: str, **marks: str) -> None:
        """How people are marked from now on."""
        listed = [
            {"member": self.id(getattr(self, who)), "presence": how, "reason": "家中有事"}
            for who, how in marks.items()
        ]
        given = {"meeting": meeting, "marks": listed, "reason": "补录"}
        await self.done("secretary", "organizationLifeMeetingAttend", given)

    async def propose(self, login: str = "recorder", year: int = 2026) -> tuple[int, int, int]:
        given = {"organization": self.at.id("branch"), "year": year}
        found = await self.done(login, "scoringPropose", given, "proposed withdrawn reversed")
        return found["proposed"], found["withdrawn"], found["reversed"]

    async def waiting(self, who: Person | None = None) -> list[tuple[str, str]]:
        """Item and day of what waits for a decision."""
        return [
            (each["item"], each["happenedOn"])
            for each in (await self.of(who))["entries"]
            if each["state"] == "DECLARED"
        ]

    async def approve_all(self, who: Person | None = None, login: str = "secretary") -> None:
        waiting = [e["id"] for e in (await self.of(who))["entries"] if e["state"] == "DECLARED"]
        await self.done(login, "scoringEntryApprove", {"entries": waiting}, "count")

    async def appoint(self, role: str) -> None:
        """Let `me` hold a role in the branch besides."""
        async with self.at.operator() as act:
            await roles.assign(
                act,
                account_id=self.at.accounts["me"],
                role=role,
                organization_id=self.at.units["branch"].id,
                since=FOUNDED,
                until=None,
                reason="任命",
            )

    async def total(self, who: Person | None = None) -> str | None:
        found: str | None = (await self.of(who))["total"]
        return found

    async def answer(
        self, login: str | None, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        kind = INPUTS.get(name, f"{name[0].upper()}{name[1:]}Input")
        document = (
            f"mutation ($input: {kind}!) {{ {name}(input: $input) "
            f"{{ {select} userErrors {{ code message path basis }} }} }}"
        )
        credential = self.at.credentials[login] if login else None
        return await self.at.house.ask(document, {"input": given}, credential=credential)

    async def done(self, login: str, name: str, given: dict[str, Any], select: str = "") -> Any:
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
        codes = [error["code"] for error in answer["data"][name]["userErrors"]]
        return [code.removeprefix("scoring.") for code in codes]


@pytest.fixture
async def scoring(institution: Institution) -> Scoring:
    """Two members of the branch; the first signs in as `me`."""
    made = Scoring(at=institution)
    made.me, made.peer = await institution.member(), await institution.member()
    await institution.account("me", member_id=made.me.id)
    return made
