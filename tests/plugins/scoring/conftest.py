"""A branch that is assessed by points: the institution of the house with two members of its own."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from zhibu.accounts.service import roles
from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.testing.house import FOUNDED, Institution

YEAR = """query ($id: ID!, $year: Int!) { member(id: $id) { scoring(year: $year) {
  standing base plus minus vetoed total reason basis exemptions { id }
  entries { id name part points state basis description reverses
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
        document = (
            f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) "
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
