"""A branch that learns: the institution of the house with members of its own, asked over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select

from zhibu.events.tables import LedgerEntry
from zhibu.figures import keeping
from zhibu.graph.context import Context, Visit
from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

NEW_YEAR = date(2026, 1, 1)


@dataclass(kw_only=True)
class Counting(Context):
    """A request that counts the statements it sends."""

    sent: int = 0

    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        self.sent += len(statements)
        return await super().fetch(statements)


@dataclass(kw_only=True)
class Education:
    """Shortcuts for what tests of education do all the time."""

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)
    numbers: dict[UUID, str] = field(default_factory=dict)
    statements: int = 0

    async def member(self, unit: str = "branch", **changes: Any) -> Person:
        """Somebody whose name and identity number a workbook can hold."""
        place = len(self.numbers)
        number = identity(500 + place)
        name = "学" + "甲乙丙丁戊己庚辛壬癸"[place]
        found = await self.at.member(unit, **{"name": name, "identity_number": number, **changes})
        self.numbers[found.id] = number
        return found

    async def override(
        self, name: str, value: Any, at: str = "root", since: date = NEW_YEAR
    ) -> Any:
        """What the unit says for itself, from that day on."""
        async with self.at.operator() as act:
            return await parameters.override(
                act, self.at.units[at].id, f"education.{name}", since, value, "本单位规定"
            )

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def hours(self, **changes: Any) -> dict[str, Any]:
        """Input of a claim: four hours of my own online study today."""
        return {
            "member": self.id(self.me),
            "earnedOn": "2026-06-15",
            "hours": "4",
            "form": "ONLINE",
            "topic": "purpose",
            "title": "网络课程",
            "evidence": "结业证明",
            **changes,
        }

    def session(self, unit: str = "branch", **changes: Any) -> dict[str, Any]:
        """Input of a session: a Party lecture of two hours in the branch yesterday."""
        return {
            "organization": self.at.id(unit),
            "title": "党课",
            "heldOn": "2026-06-14",
            "hours": "2",
            "form": "PARTY_LECTURE",
            "topic": "purpose",
            **changes,
        }

    async def do(
        self, login: str, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        """The payload of a mutation; its `userErrors` come along."""
        answer = await self.answer(login, name, given, select)
        assert "errors" not in answer, answer["errors"]
        payload: dict[str, Any] = answer["data"][name]
        return payload

    async def answer(
        self, login: str | None, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        kind = f"{name[0].upper()}{name[1:]}Input"
        kind = INPUTS.get(name, kind)
        document = (
            f"mutation ($input: {kind}!) {{ {name}(input: $input) "
            f"{{ {select} userErrors {{ code message path }} }} }}"
        )
        credential = self.at.credentials[login] if login else None
        return await self.at.house.ask(document, {"input": given}, credential=credential)

    async def done(self, login: str, name: str, given: dict[str, Any], select: str) -> Any:
        """What was selected of a mutation that must succeed."""
        payload = await self.do(login, name, given, select)
        assert payload["userErrors"] == []
        return payload

    async def refused(self, login: str, name: str, given: dict[str, Any]) -> list[str]:
        """The codes with which a mutation is refused, in its payload or as an error."""
        answer = await self.answer(login, name, given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        return [error["code"] for error in answer["data"][name]["userErrors"]]

    async def claim(self, **changes: Any) -> str:
        """A claim of mine; the credit's id."""
        payload = await self.done(
            "me", "educationCreditClaim", self.hours(**changes), "credit { id }"
        )
        return str(payload["credit"]["id"])

    async def verify(self, *credits: str, by: str = "secretary") -> None:
        await self.done(by, "educationCreditVerify", {"credits": [*credits]}, "count")

    async def verify_list(self, session: str, by: str = "officer", **changes: Any) -> Any:
        """Somebody verifies what waits of a session; the payload."""
        select = "count left { credit member code message }"
        return await self.done(
            by, "educationSessionVerify", {"session": session, **changes}, select
        )

    async def standing(self, who: Person, login: str = "officer", year: int = 2026) -> Any:
        """What the year of a member looks like."""
        answer = await self.read(
            login,
            """query ($id: ID!, $year: Int!) { member(id: $id) { education(year: $year) {
                opened required verified pending earned enrolled gap met willMiss behindPace
                reason basis ground expected projected } } }""",
            id=self.id(who),
            year=year,
        )
        return answer["data"]["member"]["education"]

    async def read(self, login: str | None, document: str, **variables: Any) -> dict[str, Any]:
        """The answer to a query; `statements` then says how many it took."""
        house = self.at.house
        visit = Visit(platform=house.platform, now=house.now, request_id="test", wanted="en")
        asked = {"query": document, "variables": variables}
        if login is None:
            return dict(orjson.loads(await house.platform.answering(visit).answer(visit, asked)))
        context = await house.platform.context(self.at.credentials[login], visit)
        counting = Counting(**vars(context))
        body = await house.platform.answering(counting).answer(counting, asked)
        self.statements = counting.sent
        return dict(orjson.loads(body))

    async def ledger(self, event: str) -> list[dict[str, Any]]:
        """The facts of every such event, oldest first."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            rows = await session.scalars(
                select(LedgerEntry.facts)
                .where(LedgerEntry.tenant_id == tenant.id, LedgerEntry.event == event)
                .order_by(LedgerEntry.seq)
            )
            return [dict(facts) for facts in rows]

    async def credits(self, who: Person, year: int = 2026) -> list[dict[str, Any]]:
        """Every credit of a member's year, in its order."""
        answer = await self.read(
            "officer",
            """query ($id: ID!, $year: Int!) { member(id: $id) { education(year: $year) {
                credits { id earnedOn hours state } } } }""",
            id=self.id(who),
            year=year,
        )
        return list(answer["data"]["member"]["education"]["credits"])

    async def correct(self, credit: str, **changes: Any) -> None:
        """The officer corrects a credit; it then waits for verification."""
        given = {**self.hours(**changes), "credit": credit, "reason": "录入有误"}
        del given["member"]
        await self.done("officer", "educationCreditCorrect", given, "credit { id }")

    async def differences(self) -> list[Any]:
        """Kept figures that are not what the records say."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            return await keeping.differences(session, tenant.id, platform.figures)


INPUTS = {
    "educationCreditClaim": "EducationCreditInput",
    "educationCreditRecord": "EducationCreditInput",
    "educationSessionPlan": "EducationSessionInput",
    "educationSessionHold": "EducationSessionInput",
    "educationContentWithdraw": "EducationContentInput",
    "educationContentRestore": "EducationContentInput",
    "educationPlanAddItem": "EducationPlanItemInput",
    "educationPlanRemoveItem": "EducationPlanItemRemoveInput",
}


@pytest.fixture
async def education(institution: Institution) -> Education:
    """Two members of the branch; the first signs in as `me`."""
    made = Education(at=institution)
    made.me, made.peer = await made.member(), await made.member()
    await institution.account("me", member_id=made.me.id)
    return made
