"""An institution with rows of many kinds and almighty accounts: material for attacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zhibu.accounts.service import roles
from zhibu.identifiers import global_id, new_id, parse_global_id
from zhibu.testing.house import FOUNDED, House, Institution

Answer = dict[str, Any]
ALMIGHTY = ("municipal_organization_officer", "security_administrator")


@dataclass(kw_only=True)
class Filled:
    """An institution, and the global ids of some of its rows by what they are for."""

    institution: Institution
    ids: dict[str, str]

    async def ask(
        self, document: str, variables: Answer | None = None, *, login: str = "almighty"
    ) -> Answer:
        return await self.institution.ask(login, document, variables)

    async def do(
        self, mutation: str, input: Mapping[str, Any], shown: str = "", *, login: str = "almighty"
    ) -> Answer:
        """The answer to one mutation of the schema's own naming."""
        kind = INPUTS.get(mutation, f"{mutation[0].upper()}{mutation[1:]}Input")
        document = (
            f"mutation ($input: {kind}!) "
            f"{{ {mutation}(input: $input) {{ userErrors {{ code path message }} {shown} }} }}"
        )
        return await self.ask(document, {"input": dict(input)}, login=login)


INPUTS = {
    "accountDisable": "AccountInput",
    "accountEnable": "AccountInput",
    "passwordReset": "AccountInput",
    "memberByIdentity": "MemberLookupInput",
    "educationCreditClaim": "EducationCreditInput",
    "educationCreditRecord": "EducationCreditInput",
    "educationSessionPlan": "EducationSessionInput",
    "educationSessionHold": "EducationSessionInput",
    "educationPlanAddItem": "EducationPlanItemInput",
    "educationPlanRemoveItem": "EducationPlanItemRemoveInput",
}


def told(answer: Answer) -> list[str]:
    """Every code in an answer: of its errors, and of the refusals in its payloads."""
    codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
    for payload in (answer.get("data") or {}).values():
        if isinstance(payload, dict):
            codes += [error["code"] for error in payload.get("userErrors", ())]
    return codes


def never(like: str) -> str:
    """An id of the same kind that nobody ever had."""
    return global_id(parse_global_id(like)[0], new_id())


async def filled(house: House, code: str) -> Filled:
    """Found an institution of this code and fill it.

    `almighty` holds every right over members, organizations and accounts; `keeper` administers.
    """
    institution = await house.found(code)
    members = [await institution.member(at) for at in ("branch", "other", "far")]
    almighty = await institution.account("almighty", "committee_secretary")
    await institution.account("keeper", "system_administrator")
    async with institution.operator() as act:
        for role in ALMIGHTY:
            await roles.assign(
                act,
                account_id=almighty,
                role=role,
                organization_id=institution.units["root"].id,
                since=FOUNDED,
                until=None,
                reason="测试",
            )
    ids = {name: institution.id(name) for name in institution.units}
    ids |= {f"member{n}": global_id("Member", m.id) for n, m in enumerate(members)}
    ids |= {
        f"account.{login}": global_id("Account", account)
        for login, account in institution.accounts.items()
    }
    made = Filled(institution=institution, ids=ids)
    post = {
        "organization": ids["branch"],
        "member": ids["member0"],
        "kind": "RECORDER",
        "since": "2020-01-01",
    }
    answer = await made.do("postAppoint", post, "post { id }")
    ids["post"] = answer["data"]["postAppoint"]["post"]["id"]
    token = {
        "name": "机器",
        "organization": ids["branch"],
        "actions": ["core:member:read"],
        "expiresAt": (house.now + timedelta(days=1)).isoformat(),
    }
    answer = await made.do("tokenCreate", token, "token { id } text")
    ids["token"] = answer["data"]["tokenCreate"]["token"]["id"]
    document = "query ($id: ID!) { account(id: $id) { sessions { id } roles { id } } }"
    answer = await made.ask(document, {"id": ids["account.recorder"]})
    ids["session"] = answer["data"]["account"]["sessions"][0]["id"]
    ids["assignment"] = answer["data"]["account"]["roles"][0]["id"]
    return made
