"""Deadlines in an institution of the house: members on probation, posts with terms."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind, Person
from zhibu.members.service import Entry
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Post, PostKind
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

ITEMS = """query ($to: Date!, $from: Date, $kinds: [String!], $under: ID) {
  dueItems(first: 50, dueTo: $to, dueFrom: $from, kinds: $kinds, under: $under) {
    nodes {
      kind dueOn startsOn overdue basis title todo
      subject organization organizationName member memberName
    }
  }
}"""


@dataclass(kw_only=True)
class Deadlines:
    """Shortcuts for what tests of deadlines do all the time."""

    at: Institution

    async def probationary(self, on: date, unit: str = "branch", name: str = "预备甲") -> Person:
        """Somebody admitted that day."""
        number = next(self.at.house.numbers)
        entry = Entry(
            organization_id=self.at.units[unit].id,
            name=name,
            identity_number=identity(700 + number),
            kind=MemberKind.IN_SERVICE,
            admitted_on=on,
        )
        async with self.at.operator() as act:
            return await members.admit(act, entry, decision="支部大会决议")

    async def secretary(
        self, since: date, unit: str = "branch", home: str = "branch", **changes: Any
    ) -> Post:
        """Somebody of `home` elected secretary of the unit; the term is as the rules say."""
        person = await self.at.member(home)
        async with self.at.operator() as act:
            return await organizations.appoint(
                act,
                organization_id=self.at.units[unit].id,
                member_id=person.id,
                kind=PostKind.SECRETARY,
                since=since,
                **changes,
            )

    def on(self, day: date) -> None:
        """Let it be noon of that day in China."""
        self.at.house.now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)

    async def items(self, login: str, to: str, **asked: Any) -> list[dict[str, Any]]:
        """What this account is answered; an error fails the test."""
        answer = await self.at.ask(login, ITEMS, {"to": to, **asked})
        assert "errors" not in answer, answer
        nodes: list[dict[str, Any]] = answer["data"]["dueItems"]["nodes"]
        return nodes

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)
