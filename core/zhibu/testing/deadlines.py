"""Deadlines in an institution of the house: members on probation, posts with terms."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from zhibu.calendar import add_months
from zhibu.due.service.sweeping import sweep
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind, Person
from zhibu.members.service import Entry
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Post, PostKind
from zhibu.testing.house import NOON, Institution
from zhibu.testing.register import identity

ITEMS = """query ($to: Date!, $from: Date, $kinds: [String!], $under: ID) {
  dueItems(first: 50, dueTo: $to, dueFrom: $from, kinds: $kinds, under: $under) {
    nodes {
      kind dueOn startsOn overdue basis title todo
      subject organization organizationName member memberName
    }
  }
}"""


ENTRY = """
  id reason toldAt readAt acknowledgedAt snoozedUntil doneAt note
  due { kind title dueOn overdue memberName organizationName closedOn doneOn outcome late
    lateReason note }
"""
INBOX = f"""query ($state: InboxState, $unread: Boolean! = false) {{
  inbox(first: 50, state: $state, unread: $unread) {{ totalCount nodes {{ {ENTRY} }} }}
  inboxCounts {{ waiting unread overdue }}
}}"""
PAST = """query ($late: Boolean! = false) {
  duePast(first: 50, dueTo: "2030-12-31", late: $late) {
    totalCount nodes { kind dueOn memberName closedOn doneOn outcome late lateReason note } } }"""


@dataclass(kw_only=True)
class Deadlines:
    """Shortcuts for what tests of deadlines do all the time."""

    at: Institution
    _signed: dict[str, datetime] = field(default_factory=dict)

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

    async def ask(
        self, login: str, document: str, variables: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What this account is answered; it has a session anew on each day, as people do."""
        today = self.at.house.now
        if self._signed.setdefault(login, NOON) != today:
            self._signed[login] = today
            await self.at.again(login)
        return await self.at.ask(login, document, variables)

    def on(self, day: date) -> None:
        """Let it be noon of that day in China."""
        self.at.house.now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)

    async def items(self, login: str, to: str, **asked: Any) -> list[dict[str, Any]]:
        """What this account is answered; an error fails the test."""
        answer = await self.ask(login, ITEMS, {"to": to, **asked})
        assert "errors" not in answer, answer
        nodes: list[dict[str, Any]] = answer["data"]["dueItems"]["nodes"]
        return nodes

    async def sweep(self, day: date | None = None) -> Counter[str]:
        """Sweep as the clock has it done, on that day; what changed."""
        if day is not None:
            self.on(day)
        platform, tenant = self.at.house.platform, self.at.tenant
        return +await sweep(platform, lambda: platform.act(tenant, platform.system(tenant, "due")))

    async def reminded(self, name: str) -> str:
        """An item in the secretary's inbox, about somebody of that name."""
        today = self.at.house.now.astimezone(self.at.tenant.zone).date()
        await self.probationary(add_months(today, -12), name=name)
        await self.sweep()
        inbox = await self.inbox("secretary")
        [found] = [item for item in inbox if item["due"]["memberName"] == name]
        id: str = found["id"]
        return id

    async def inbox(self, login: str, **asked: Any) -> list[dict[str, Any]]:
        """What this account finds in its inbox."""
        answer = await self.ask(login, INBOX, asked)
        assert "errors" not in answer, answer
        nodes: list[dict[str, Any]] = answer["data"]["inbox"]["nodes"]
        assert answer["data"]["inbox"]["totalCount"] == len(nodes)
        return nodes

    async def counts(self, login: str) -> dict[str, int]:
        answer = await self.ask(login, "{ inboxCounts { waiting unread overdue } }")
        found: dict[str, int] = answer["data"]["inboxCounts"]
        return found

    async def past(self, login: str, **asked: Any) -> list[dict[str, Any]]:
        """What is over, as far as this account sees it."""
        answer = await self.ask(login, PAST, asked)
        nodes: list[dict[str, Any]] = answer["data"]["duePast"]["nodes"]
        return nodes

    async def do(self, login: str, mutation: str, **given: Any) -> dict[str, Any]:
        """The answer to a mutation of the inbox, or `dueSettle`."""
        kind = "InboxItems" if mutation in ("inboxRead", "inboxAcknowledge") else mutation
        name = f"{kind[0].upper()}{kind[1:]}Input"
        shown = "settled" if mutation == "dueSettle" else f"items {{ {ENTRY} }}"
        document = f"""mutation ($input: {name}!) {{ {mutation}(input: $input) {{
          userErrors {{ code path basis }} {shown} }} }}"""
        return await self.ask(login, document, {"input": given})

    async def refused(self, login: str, mutation: str, **given: Any) -> list[str]:
        """The codes of a refusal."""
        answer = await self.do(login, mutation, **given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        return [error["code"] for error in answer["data"][mutation]["userErrors"]]

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)
