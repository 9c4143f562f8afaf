"""A branch that pays its dues: the institution of the house with members of its own."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from zhibu.events.tables import LedgerEntry
from zhibu.figures import keeping
from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

NEW_YEAR = date(2026, 1, 1)
MEMBER = """query ($id: ID!, $year: Int!) { member(id: $id) { dues(year: $year) {
  owedFen paidFen paidTo overdueMonths overdueFen overdueInARow
  months { month owedFen paidFen dueOn settledOn ground streak state reason basis }
  bases { id state monthlyFen fromMonth voidReason }
  payments { id serial voidedOn corrects shares { month fen } }
  reductions { id fen until endedOn } quarterly { id until }
  arrears { id level asks settledOn finding } } } }"""


@dataclass(kw_only=True)
class Dues:
    """Shortcuts for what tests of dues do all the time."""

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)
    numbers: dict[UUID, str] = field(default_factory=dict)

    async def member(self, unit: str = "branch", **changes: Any) -> Person:
        """Somebody whose name and identity number a workbook can hold."""
        place = len(self.numbers)
        number = identity(300 + place)
        name = "费" + "甲乙丙丁戊己庚辛壬癸"[place]
        found = await self.at.member(unit, **{"name": name, "identity_number": number, **changes})
        self.numbers[found.id] = number
        return found

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def on(self, day: date) -> None:
        """Let it be noon of that day in China; nobody's session ends by it."""
        self.at.house.now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)

    async def later(self, day: date) -> None:
        """Let it be that day, and everybody sign in anew."""
        self.on(day)
        await self.at.later(days=0)

    async def override(self, name: str, value: Any, at: str = "root") -> Any:
        """What the unit says for itself, from the first day of the year on."""
        async with self.at.operator() as act:
            unit = self.at.units[at].id
            return await parameters.override(
                act, unit, f"dues.{name}", NEW_YEAR, value, "本单位规定"
            )

    def income(self, who: Person | None = None, **changes: Any) -> dict[str, Any]:
        """Input of a declaration: a wage of 4,000 yuan this year."""
        given = {"year": 2026, "income": "WAGE", "baseFen": 400_000}
        return {"member": self.id(who or self.me), **given, **changes}

    def payment(self, who: Person | None = None, **changes: Any) -> dict[str, Any]:
        """Input of a payment: 40 yuan for June, today."""
        given = {"firstMonth": "2026-06-01", "paidOn": "2026-06-15", "fen": 4000}
        return {"member": self.id(who or self.me), **given, **changes}

    async def fixed(self, who: Person | None = None, **changes: Any) -> str:
        """A base that the recorder declared and the secretary confirmed; its id."""
        given = self.income(who, **changes)
        made = await self.done("recorder", "duesBaseDeclare", given, "base { id }")
        base: str = made["base"]["id"]
        await self.done("secretary", "duesBaseConfirm", {"bases": [base]}, "count")
        return base

    async def paid(self, who: Person | None = None, **changes: Any) -> str:
        """A payment that the recorder recorded; its id."""
        given = self.payment(who, **changes)
        made = await self.done("recorder", "duesPaymentRecord", given, "payment { id }")
        return str(made["payment"]["id"])

    async def of(self, who: Person | None = None, login: str = "officer", year: int = 2026) -> Any:
        """A member's dues of a year."""
        given = {"id": self.id(who or self.me), "year": year}
        answer = await self.at.ask(login, MEMBER, given)
        assert "errors" not in answer, answer
        return answer["data"]["member"]["dues"]

    async def month(self, number: int, who: Person | None = None) -> Any:
        """One month of this year."""
        months = (await self.of(who))["months"]
        return next(each for each in months if each["month"] == f"2026-{number:02}-01")

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
        codes = [error["code"] for error in answer["data"][name]["userErrors"]]
        return [code.removeprefix("dues.") for code in codes]

    async def ledger(self, event: str) -> list[dict[str, Any]]:
        """The facts of every such event, oldest first."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            rows = await session.scalars(
                select(LedgerEntry.facts)
                .where(LedgerEntry.tenant_id == tenant.id, LedgerEntry.event == f"dues.{event}")
                .order_by(LedgerEntry.seq)
            )
            return [dict(facts) for facts in rows]

    async def differences(self) -> list[Any]:
        """Kept figures that are not what the records say."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            return await keeping.differences(session, tenant.id, platform.figures)


@pytest.fixture
async def dues(institution: Institution) -> Dues:
    """Two members of the branch; the first signs in as `me`."""
    made = Dues(at=institution)
    made.me, made.peer = await made.member(), await made.member()
    await institution.account("me", member_id=made.me.id)
    return made
