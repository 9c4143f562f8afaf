"""Members who go away, asked over HTTP from both sides."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.events.tables import LedgerEntry
from zhibu.identifiers import global_id, row_of
from zhibu.members.rules import Person
from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution

INPUTS = {
    "CaseResume": "FlowMembersCaseReasonInput",
    "CaseVoid": "FlowMembersCaseReasonInput",
    "CaseRecall": "FlowMembersCaseReasonInput",
    "GuestRefuse": "FlowMembersGuestReasonInput",
    "GuestTakeBack": "FlowMembersGuestReasonInput",
    "ArrivalWithdraw": "FlowMembersArrivalReasonInput",
    "ArrivalUnfile": "FlowMembersArrivalReasonInput",
}


@dataclass(kw_only=True)
class Flow:
    """Shortcuts for what tests of floating members do all the time.

    `me` and `peer` belong to the branch; `far` is in another committee, where `host` is secretary.
    """

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def case(self, **changes: Any) -> dict[str, Any]:
        """Input: for three months to a known place, told before."""
        return {
            "member": self.id(self.me),
            "ground": "LABOUR",
            "place": "江州市",
            "unit": "江州建筑公司",
            "certainty": "FIXED",
            "since": "2026-06-14",
            "until": "2026-09-14",
            "host": "FAR",
            "reach": {"phone": "13800001234", "address": "江州市一号", "relative": "父亲"},
            "talk": {"on": "2026-06-10", "requirements": "每半年汇报", "contact": "电话 0871"},
            **changes,
        }

    async def recorded(self, by: str = "secretary", **changes: Any) -> str:
        payload = await self.done(by, "CaseRecord", self.case(**changes), "case { id }")
        return str(payload["case"]["id"])

    async def carded(self, **changes: Any) -> tuple[str, str]:
        """A case of somebody who does not know where, and his card, stamped and issued."""
        uncertain = {"certainty": "UNCERTAIN", "until": None, **changes}
        case = await self.recorded(**uncertain)
        payload = await self.done("officer", "CardStamp", {"case": case}, "card { id }")
        card = str(payload["card"]["id"])
        await self.done("secretary", "CardIssue", {"card": card, "on": "2026-06-15"})
        return case, card

    async def appointed(self, who: Person, kind: PostKind = PostKind.SECRETARY) -> None:
        """Somebody has a post of the branch."""
        async with self.at.operator() as act:
            await organizations.appoint(
                act,
                organization_id=self.at.units["branch"].id,
                member_id=who.id,
                kind=kind,
                since=date(2025, 1, 1),
            )

    def note(self, case: str, **changes: Any) -> dict[str, Any]:
        """Input: the branch rang him up yesterday."""
        given = {"kind": "CONTACT", "channel": "PHONE", "on": "2026-06-14", "text": "了解近况"}
        return {"case": case, **given, **changes}

    async def notes(self, login: str, select: str, unit: str = "branch", filter: str = "") -> Any:
        """What a login sees of what is noted."""
        given = f", filter: {{{filter}}}" if filter else ""
        document = (
            f"query ($o: ID!) {{ flowMembersNotes(organization: $o, first: 20{given}) "
            f"{{ nodes {{ {select} }} }} }}"
        )
        answer = await self.at.ask(login, document, {"o": self.at.id(unit)})
        return answer["data"]["flowMembersNotes"]["nodes"]

    def arrival(self, case: str) -> str:
        """The same case as its host names it."""
        return global_id("FlowMembersArrival", row_of(case, "FlowMembersCase"))

    async def answer(
        self, login: str | None, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        kind = INPUTS.get(name, f"FlowMembers{name}Input")
        document = (
            f"mutation ($input: {kind}!) {{ flowMembers{name}(input: $input) "
            f"{{ {select} userErrors {{ code message path basis }} }} }}"
        )
        credential = self.at.credentials[login] if login else None
        return await self.at.house.ask(document, {"input": given}, credential=credential)

    async def done(self, login: str, name: str, given: dict[str, Any], select: str = "") -> Any:
        """What was selected of a mutation that must succeed."""
        answer = await self.answer(login, name, given, select)
        assert "errors" not in answer, answer["errors"]
        payload = answer["data"][f"flowMembers{name}"]
        assert payload["userErrors"] == []
        return payload

    async def refused(self, login: str, name: str, given: dict[str, Any]) -> list[str]:
        """The codes with which a mutation is refused, without the plugin's own prefix."""
        answer = await self.answer(login, name, given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        errors = answer["data"][f"flowMembers{name}"]["userErrors"]
        return [error["code"].removeprefix("flow_members.") for error in errors]

    async def cases(self, login: str, select: str, unit: str = "branch", filter: str = "") -> Any:
        """What a login sees of who is away."""
        given = f", filter: {{{filter}}}" if filter else ""
        document = (
            f"query ($o: ID!) {{ flowMembersCases(organization: $o, first: 20{given}) "
            f"{{ nodes {{ {select} }} }} }}"
        )
        answer = await self.at.ask(login, document, {"o": self.at.id(unit)})
        return answer["data"]["flowMembersCases"]["nodes"]

    async def arrivals(self, login: str, select: str, unit: str = "far", filter: str = "") -> Any:
        """What a login sees of who came."""
        given = f", filter: {{{filter}}}" if filter else ""
        document = (
            f"query ($o: ID!) {{ flowMembersArrivals(organization: $o, first: 20{given}) "
            f"{{ nodes {{ {select} }} }} }}"
        )
        answer = await self.at.ask(login, document, {"o": self.at.id(unit)})
        return answer["data"]["flowMembersArrivals"]["nodes"]

    async def due(self, kind: str, login: str = "secretary", unit: str = "branch") -> list[str]:
        """The days on which something of a kind is due in the next two years."""
        document = f"""query ($o: ID!) {{ dueItems(under: $o, dueFrom: "2026-01-01",
            dueTo: "2027-12-31", kinds: ["flow_members.{kind}"], first: 50) {{
            nodes {{ dueOn }} }} }}"""
        answer = await self.at.ask(login, document, {"o": self.at.id(unit)})
        return [node["dueOn"] for node in answer["data"]["dueItems"]["nodes"]]

    async def override(self, name: str, value: Any, at: str = "root") -> None:
        """What the unit says for itself, from the new year on."""
        async with self.at.operator() as act:
            unit, since = self.at.units[at].id, date(2026, 1, 1)
            await parameters.override(act, unit, f"flow_members.{name}", since, value, "本单位规定")

    async def ledger(self, event: str) -> list[dict[str, Any]]:
        """The facts of every such event, oldest first."""
        platform, tenant = self.at.house.platform, self.at.tenant
        async with platform.homes.home(tenant.id).view(tenant.id) as session:
            rows = await session.scalars(
                select(LedgerEntry.facts)
                .where(
                    LedgerEntry.tenant_id == tenant.id,
                    LedgerEntry.event == f"flow_members.{event}",
                )
                .order_by(LedgerEntry.seq)
            )
            return [dict(facts) for facts in rows]


@pytest.fixture
async def flow(institution: Institution) -> Flow:
    """Two members of the branch; the first signs in as `me`. `host` is secretary at `far`."""
    made = Flow(at=institution)
    made.me, made.peer = await institution.member(), await institution.member()
    await institution.account("me", member_id=made.me.id)
    await institution.account("peer", member_id=made.peer.id)
    await institution.account("host", "branch_secretary", "far")
    return made
