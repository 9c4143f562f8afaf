"""A branch that disposes of members: five of them, a committee, and shortcuts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu.parameters import service as parameters
from zhibu.testing.branch import Branch, peopled
from zhibu.testing.house import Institution

CASE = """id kind ground clause state name result months decidedOn until answerBy deliverBy delivery
  deliveredOn opinion endedOn fileBy filedOn filing procedure evaluationProcedure account version"""
NOW = """query ($id: ID!) { member(id: $id) { stage departure leftOn organization { code }
  discipline { cases { id state kind } } } }"""


@dataclass(kw_only=True)
class Discipline:
    """Shortcuts for what tests of dispositions do all the time; `me` is whom they are about."""

    at: Institution
    branch: Branch
    me: Person = field(init=False)
    keeper: Person = field(init=False)

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
                act, unit, f"discipline.{name}", date(2026, 1, 1), value, "本单位规定"
            )

    async def committee(self, unit: str = "committee", of: str = "other") -> None:
        """Three people who hold the elected posts of a committee."""
        for kind in (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY, PostKind.COMMITTEE_MEMBER):
            member = await self.at.member(of)
            async with self.at.operator() as act:
                await organizations.appoint(
                    act,
                    organization_id=self.at.units[unit].id,
                    member_id=member.id,
                    kind=kind,
                    since=date(2026, 1, 1),
                )

    def opening(self, ground: str = "correctable", **changes: Any) -> dict[str, Any]:
        given = {"member": self.id(self.me), "ground": ground, "facts": "多次不参加组织生活。"}
        return {**given, **changes}

    def checklist(self, **found: tuple[str, str]) -> dict[str, Any]:
        """A checklist in which every document is there, but those that are given with a note."""
        codes = ("application_form", "application", "political_review", "full_membership")
        documents: list[dict[str, str]] = []
        for code in (*codes, "observation"):
            condition, note = found.get(code, ("PRESENT", ""))
            documents.append({"document": code, "condition": condition, "note": note})
        given = {"documents": documents, "checker": "组织委员", "evidence": "当面查看档案"}
        return {**given, "on": self.branch.today}

    async def opened(self, ground: str = "correctable", by: str = "secretary", **more: Any) -> str:
        made = await self.done(by, "disciplineOpen", self.opening(ground, **more), "case { id }")
        return str(made["case"]["id"])

    def proposing(self, case: str, **changes: Any) -> dict[str, Any]:
        given = {"case": case, "notifiedOn": self.branch.today, "toldOn": self.branch.today}
        return {**given, "account": "认识到错误。", "breach": False, **changes}

    def helping(self, case: str, **changes: Any) -> dict[str, Any]:
        """Input of a correction put to the branch: three months, somebody in charge, measures."""
        given = {"months": 3, "keeper": self.id(self.keeper), "measures": "每月谈话一次。"}
        return self.proposing(case, **{**given, **changes})

    async def proposed(self, given: dict[str, Any], by: str = "secretary") -> str:
        made = await self.done(by, "disciplinePropose", given, "procedure { id }")
        return str(made["procedure"]["id"])

    async def vote(self, procedure: str, by: str = "secretary", yes: int | None = None) -> Any:
        """A meeting at which everybody entitled is present; all in favour, or so many."""
        found = await self.branch.do(by, "SittingOpen", procedure=procedure, heldOn=self.today)
        assert found["userErrors"] == [], found
        seats = [seat for seat in found["sitting"]["seats"] if seat["entitled"]]
        document = """query ($id: ID!) { procedure(id: $id) { sittings { seats { memberId: member {
          id } entitled } } } }"""
        answer = await self.at.ask("officer", document, {"id": procedure})
        sitting = answer["data"]["procedure"]["sittings"][-1]
        there = [seat["memberId"]["id"] for seat in sitting["seats"] if seat["entitled"]]
        assert len(there) == len(seats)
        await self.branch.do(by, "Attend", procedure=procedure, present=there, absent=[])
        votes = len(there) if yes is None else yes
        paper = {"yes": votes, "no": len(there) - votes, "abstained": 0}
        closed = await self.branch.do(
            by, "VoteClose", procedure=procedure, paper=paper, superior="区委组织员"
        )
        assert closed["userErrors"] == [], closed
        return closed["sitting"]

    async def step(self, procedure: str, by: str, **given: Any) -> Any:
        found = await self.branch.shown(procedure, by)
        assert found is not None
        answer = await self.branch.decide(by, found, **given)
        assert answer["userErrors"] == [], answer
        return answer["procedure"]

    async def investigated(self, procedure: str, by: str) -> None:
        """The committee reviews in advance and hands in what was found out."""
        file = await self.branch.file(by)
        await self.step(procedure, by, documents=[{"kind": "investigation", "file": file}])

    async def case(self, id: str, login: str = "officer") -> Any:
        """The disposition as this account sees it; None where it does not."""
        document = f"query ($id: ID!) {{ node(id: $id) {{ ... on DisciplineCase {{ {CASE} }} }} }}"
        answer = await self.at.ask(login, document, {"id": id})
        assert "errors" not in answer, answer
        return answer["data"]["node"]

    async def member(self, who: Person | None = None, login: str = "municipal") -> Any:
        answer = await self.at.ask(login, NOW, {"id": self.id(who or self.me)})
        assert "errors" not in answer, answer
        return answer["data"]["member"]

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
        return [error["code"].removeprefix("discipline.") for error in errors]

    @property
    def today(self) -> str:
        return self.branch.today


@pytest.fixture
async def discipline(institution: Institution) -> Discipline:
    """Five members of the branch; the last of them is `me`, whom dispositions are about."""
    made = Discipline(at=institution, branch=await peopled(institution, 5, 2))
    made.me, made.keeper = made.branch.members[4], made.branch.members[0]
    await institution.account("me", member_id=made.me.id)
    await made.committee()
    return made
