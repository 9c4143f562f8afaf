"""A branch that decides things: its people, with accounts, and what they do in procedures."""

from dataclasses import dataclass, field
from typing import Any

from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.testing.house import Institution

SHOWN = """
  procedure { id state version restricted ended: endedOn proposedBy
    step { id code dueOn organization { code } }
    steps { code result reason superior decidedBy onBehalfOf }
    documents { kind } }
"""
SAT = """
  sitting { id secret verdict entitled present yes no abstained spoiled writtenYes
    neededPresent neededYes seats { memberName ground present voted choice } }
"""
ANSWERS = {"Sitting": SAT, "Vote": SAT, "Attend": SAT, "WriteIn": SAT}


def told(answer: dict[str, Any]) -> list[str]:
    """The codes of what was refused."""
    return [error["code"] for error in answer["userErrors"]]


@dataclass(kw_only=True)
class Branch:
    """The institution's branch: `members` have accounts `m0`, `m1`, … and the role of a member."""

    institution: Institution
    members: list[Person] = field(default_factory=list)

    async def do(self, login: str, name: str, **input: Any) -> dict[str, Any]:
        """What the mutation `procedure{name}` answers."""
        shown = next((shown for key, shown in ANSWERS.items() if key in name), SHOWN)
        document = (
            f"mutation ($input: Procedure{name}Input!) "
            f"{{ done: procedure{name}(input: $input) {{ {shown} userErrors "
            "{ code path basis message } } }"
        )
        answer = await self.institution.ask(login, document, {"input": input})
        assert answer.get("errors") is None, answer
        found: dict[str, Any] = answer["data"]["done"]
        return found

    async def refusal(self, login: str, name: str, **input: Any) -> str:
        """The code of the GraphQL error that the mutation answers."""
        document = (
            f"mutation ($input: Procedure{name}Input!) "
            f"{{ procedure{name}(input: $input) {{ userErrors {{ code }} }} }}"
        )
        answer = await self.institution.ask(login, document, {"input": input})
        return str(answer["errors"][0]["extensions"]["code"])

    async def propose(self, login: str = "secretary", **changes: Any) -> dict[str, Any]:
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
        found: dict[str, Any] = answer["procedure"]
        return found

    def ids(self, *numbers: int) -> list[str]:
        chosen = [self.members[n] for n in numbers] if numbers else self.members
        return [global_id("Member", member.id) for member in chosen]

    @property
    def today(self) -> str:
        return self.institution.house.now.date().isoformat()


async def peopled(institution: Institution, count: int, accounts: int) -> Branch:
    branch = Branch(institution=institution)
    for number in range(count):
        member = await institution.member("branch")
        branch.members.append(member)
        if number < accounts:
            await institution.account(f"m{number}", member_id=member.id)
    return branch
