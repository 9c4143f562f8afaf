"""A branch that decides things: its people, with accounts, and what they do in procedures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.testing.house import Institution

Answer = dict[str, Any]
SHOWN = """
  id name title state version restricted overridden endedOn objectionUntil proposedBy particulars
  step { id code dueOn organization { code } }
  steps { code result reason superior doneOn dueOn decidedBy onBehalfOf }
  documents { kind } candidates { memberName }
  objections { id upheld answer dueOn } overrides { id confirmed }
  sittings { id verdict }
"""
SAT = """
  id secret verdict entitled present yes no abstained spoiled writtenYes neededPresent neededYes
  toFill names { memberName yes no abstained standing }
  seats { memberName entitled ground present voted choice }
"""
# What a mutation answers with, where it is not the procedure.
ANSWERS = {
    "procedureSitting": ("sitting", SAT),
    "procedureVote": ("sitting", SAT),
    "procedureBallot": ("sitting", SAT),
    "procedureElectionClose": ("sitting", SAT),
    "procedureAttend": ("sitting", SAT),
    "procedureWriteIn": ("sitting", SAT),
    "procedureDelegat": ("delegation", "id to account until endedOn"),
    "vote": ("limit", "id ground since until"),
    "parameter": ("override", ""),
    "organization": ("organization", "id"),
}


def told(answer: Answer) -> list[str]:
    """The codes of what was refused."""
    return [error["code"] for error in answer["userErrors"]]


@dataclass(kw_only=True)
class Branch:
    """The institution's branch: `members` have accounts `m0`, `m1`, … and the role of a member."""

    institution: Institution
    members: list[Person] = field(default_factory=list)

    async def mutate(self, login: str, mutation: str, input: Mapping[str, Any]) -> Answer:
        """The whole answer to a mutation, with what was refused and what was written."""
        found = (shown for name, shown in ANSWERS.items() if mutation.startswith(name))
        key, shown = next(found, ("procedure", SHOWN))
        written = f"{key} {{ {shown} }}" if shown else key
        document = (
            f"mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ done: {mutation}"
            f"(input: $input) {{ {written} userErrors {{ code path basis message }} }} }}"
        )
        return await self.institution.ask(login, document, {"input": dict(input)})

    async def do(self, login: str, name: str, /, **input: Any) -> Answer:
        """The payload of a mutation; `name` is without `procedure`, or a whole one of others."""
        answer = await self.mutate(login, self._named(name), input)
        assert answer.get("errors") is None, answer
        found: Answer = answer["data"]["done"]
        return found

    async def refusal(self, login: str, name: str, /, **input: Any) -> str:
        """The code of the GraphQL error that a mutation answers."""
        answer = await self.mutate(login, self._named(name), input)
        return str(answer["errors"][0]["extensions"]["code"]) if "errors" in answer else ""

    async def propose(self, login: str = "secretary", **changes: Any) -> Answer:
        """A resolution of the branch, proposed."""
        given = {
            "procedure": "core.resolution",
            "organization": self.institution.id("branch"),
            "title": "年度工作计划",
            "statement": "讨论通过年度工作计划。",
            **changes,
        }
        answer = await self.do(login, "Propose", **given)
        assert answer["userErrors"] == [], answer
        found: Answer = answer["procedure"]
        return found

    async def decide(self, login: str, procedure: Answer, **input: Any) -> Answer:
        """What deciding the step answers at which the procedure was read."""
        given = {"step": procedure["step"]["id"], "approve": True, **input}
        return await self.do(login, "StepDecide", **given)

    async def shown(self, id: str, login: str = "officer") -> Answer | None:
        """The procedure as this account sees it."""
        document = f"query ($id: ID!) {{ procedure(id: $id) {{ {SHOWN} }} }}"
        answer = await self.institution.ask(login, document, {"id": id})
        found: Answer | None = answer["data"]["procedure"]
        return found

    async def listed(self, login: str, filter: str = "") -> list[str]:
        """The ids of the procedures that this account is shown."""
        document = f"{{ procedures(first: 50, filter: {{ {filter} }}) {{ nodes {{ id }} }} }}"
        answer = await self.institution.ask(login, document)
        nodes = ((answer.get("data") or {}).get("procedures") or {}).get("nodes", ())
        return [node["id"] for node in nodes]

    async def define(
        self, value: Any, name: str = "core.resolution", *, since: str = "2020-01-01"
    ) -> Answer:
        """Let a procedure have these steps in the whole institution."""
        input = {
            "organization": self.institution.id("root"),
            "name": name,
            "since": since,
            "value": value,
            "reason": "试行",
        }
        return await self.do("municipal", "parameterOverride", **input)

    async def set(self, name: str, value: Any, *, since: str = "2020-01-01") -> None:
        """Let a parameter have this value in the whole institution."""
        answer = await self.define(value, name, since=since)
        assert told(answer) == [], answer

    async def file(self, login: str = "officer", at: str = "branch") -> str:
        """The id of a file that this account handed in."""
        answer = await self.institution.house.client.post(
            "/files",
            content=b"%PDF-1.7 " + login.encode(),
            params={"organization": self.institution.id(at), "name": "材料.pdf"},
            headers={"authorization": f"Bearer {self.institution.credentials[login]}"},
        )
        return str(answer.json()["id"])

    async def later(self, **time: int) -> None:
        """Let time go by; everybody has a session anew."""
        self.institution.house.now += timedelta(**time)
        await self.institution.again(*self.institution.credentials)

    def ids(self, *numbers: int) -> list[str]:
        """The global ids of these members, of all if none is named."""
        chosen = [self.members[n] for n in numbers] if numbers else self.members
        return [global_id("Member", member.id) for member in chosen]

    @property
    def today(self) -> str:
        return self.institution.house.now.date().isoformat()

    @staticmethod
    def _named(name: str) -> str:
        return f"procedure{name}" if name[0].isupper() else name


async def peopled(institution: Institution, count: int, accounts: int) -> Branch:
    """A branch of so many full members, the first of them with accounts."""
    branch = Branch(institution=institution)
    for number in range(count):
        member = await institution.member("branch")
        branch.members.append(member)
        if number < accounts:
            await institution.account(f"m{number}", member_id=member.id)
    return branch
