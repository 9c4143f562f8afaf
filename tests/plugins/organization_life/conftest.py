"""A branch with an organization life: members with accounts, asked over HTTP."""

from dataclasses import dataclass, field
from datetime import date
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

INPUTS = dict.fromkeys(
    ("organizationLifeMeetingPlan", "organizationLifeMeetingHold"), "OrganizationLifeMeetingInput"
)


@dataclass(kw_only=True)
class Life:
    """Shortcuts for what tests of organization life do all the time."""

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)
    numbers: dict[UUID, str] = field(default_factory=dict)

    async def member(self, unit: str = "branch", **changes: Any) -> Person:
        """Somebody whose name and identity number a workbook can hold."""
        place = len(self.numbers)
        number = identity(700 + place)
        name = "会" + "甲乙丙丁戊己庚辛壬癸"[place]
        found = await self.at.member(unit, **{"name": name, "identity_number": number, **changes})
        self.numbers[found.id] = number
        return found

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def meeting(self, unit: str = "branch", **changes: Any) -> dict[str, Any]:
        """Input of a meeting: the branch's theme Party Day of yesterday."""
        return {
            "organization": self.at.id(unit),
            "kind": "THEME_DAY",
            "title": "六月主题党日",
            "heldOn": "2026-06-14",
            "contents": ["study"],
            **changes,
        }

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
        answer = await self.answer(login, f"organizationLife{name}", given, select)
        assert "errors" not in answer, answer["errors"]
        payload = answer["data"][f"organizationLife{name}"]
        assert payload["userErrors"] == []
        return payload

    async def refused(self, login: str, name: str, given: dict[str, Any]) -> list[str]:
        """The codes with which a mutation is refused, without the plugin's own prefix."""
        answer = await self.answer(login, f"organizationLife{name}", given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        errors = answer["data"][f"organizationLife{name}"]["userErrors"]
        return [error["code"].removeprefix("organization_life.") for error in errors]

    async def held(self, by: str = "secretary", unit: str = "branch", **changes: Any) -> str:
        given = self.meeting(unit, **changes)
        payload = await self.done(by, "MeetingHold", given, "meeting { id }")
        return str(payload["meeting"]["id"])

    async def planned(self, by: str = "secretary", unit: str = "branch", **changes: Any) -> str:
        given = self.meeting(unit, **{"heldOn": "2026-06-20", **changes})
        payload = await self.done(by, "MeetingPlan", given, "meeting { id }")
        return str(payload["meeting"]["id"])

    def marks(self, meeting: str, *marks: tuple[Person, str], **changes: Any) -> dict[str, Any]:
        listed = [{"member": self.id(who), "presence": how} for who, how in marks]
        return {"meeting": meeting, "marks": listed, **changes}

    async def appraisal(self, year: int = 2026, **changes: Any) -> str:
        """An appraisal at the branch's organization-life meeting of yesterday."""
        meeting = await self.held(kind="LIFE_MEETING", contents=[], title="组织生活会", **changes)
        given = {"meeting": meeting, "year": year}
        payload = await self.done("secretary", "AppraisalOpen", given, "appraisal { id }")
        return str(payload["appraisal"]["id"])

    def ballot(self, appraisal: str, *votes: tuple[Person, str]) -> dict[str, Any]:
        listed = [{"member": self.id(who), "grade": grade} for who, grade in votes]
        return {"appraisal": appraisal, "votes": listed}

    def grades(self, appraisal: str, *grades: tuple[Person, str | None], **more: Any) -> Any:
        """Input of grades, each with an opinion."""
        listed = [
            {"member": self.id(who), "grade": grade, "opinion": "履职尽责", **more}
            for who, grade in grades
        ]
        return {"appraisal": appraisal, "grades": listed}

    async def listed(self, meeting: str, login: str = "secretary") -> dict[str, tuple[str, bool]]:
        """Who is marked how at a meeting, and whether he should attend, by name."""
        answer = await self.at.ask(
            login,
            """query ($id: ID!) { organizationLifeMeeting(id: $id) {
                attendance { state expected member { name } } } }""",
            {"id": meeting},
        )
        rows = answer["data"]["organizationLifeMeeting"]["attendance"]
        return {row["member"]["name"]: (row["state"], row["expected"]) for row in rows}

    async def override(self, name: str, value: Any, at: str = "root") -> None:
        """What the unit says for itself, from the new year on."""
        async with self.at.operator() as act:
            unit, since = self.at.units[at].id, date(2026, 1, 1)
            full = f"organization_life.{name}"
            await parameters.override(act, unit, full, since, value, "本单位规定")

    async def ledger(self, event: str) -> list[dict[str, Any]]:
        """The facts of every such event, oldest first."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            rows = await session.scalars(
                select(LedgerEntry.facts)
                .where(
                    LedgerEntry.tenant_id == tenant.id,
                    LedgerEntry.event == f"organization_life.{event}",
                )
                .order_by(LedgerEntry.seq)
            )
            return [dict(facts) for facts in rows]

    async def differences(self) -> Any:
        """Kept figures that are not what the records say."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            return await keeping.differences(session, tenant.id, platform.figures)


@pytest.fixture
async def life(institution: Institution) -> Life:
    """Two members of the branch; the first signs in as `me`, the second as `peer`."""
    made = Life(at=institution)
    made.me, made.peer = await made.member(), await made.member()
    for login, who in (("me", made.me), ("peer", made.peer)):
        await institution.account(login, member_id=who.id)
    return made
