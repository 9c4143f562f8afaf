"""The walls, asked of every field of the schema: nobody, a stranger, and an account without roles.

The requests are made from the schema itself, so that a new field cannot be forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
    get_nullable_type,
)

from zhibu.events.timeline import follow
from zhibu.graph.compose import ZhibuSchema
from zhibu.identifiers import global_id
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import House, Institution
from zhibu.testing.streams import Refused as NoStream

# What may be asked without signing in, each with its reason.
OPEN = {
    "Mutation.signIn": "nobody is signed in before signing in",
    "Mutation.signInConfirm": "nor before the second step",
}
# What everybody who is signed in may see or do with what is their own.
OWN = {
    "Query.viewer": "who one is",
    "Query.roles": "what the policy consists of",
    "Query.jobs": "one's own work",
    "Mutation.signIn": "signing in again",
    "Mutation.signOut": "leaving",
    "Mutation.passwordChange": "one's own password",
    "Mutation.sessionsEnd": "one's own sessions",
    "Query.reminderSettings": "how one is reminded oneself",
    "Mutation.reminderSettingsChange": "how one is reminded oneself",
    "Mutation.reminderChannelSet": "how one is reminded oneself",
    "Mutation.reminderFeedRenew": "one's own calendar",
}
# What an auditor is there for: it changes nothing that is recorded.
AUDITING = ("Mutation.ledgerVerify",)
MARK, OTHER_MARK = "云岭", "青山"
PLUGINS = (
    *("auditCampaign", "discipline", "dues", "education", "flowMembers", "organizationLife"),
    *("scoring", "transfers"),
)
KINDS = {
    "accommodation": "OrganizationLifeAccommodation",
    "account": "Account",
    "arrears": "DuesArrears",
    "arrival": "FlowMembersArrival",
    "audited": "AuditCampaignAudited",
    "assignment": "RoleAssignment",
    "base": "DuesBase",
    "by": "Member",
    "bases": "DuesBase",
    "campaign": "AuditCampaign",
    "card": "FlowMembersCard",
    "chair": "Member",
    "case": "FlowMembersCase",
    "circular": "AuditCampaignCircular",
    "certificate": "EducationCertificate",
    "credit": "EducationCredit",
    "content": "EducationCredit",
    "credits": "EducationCredit",
    "delegation": "ProcedureDelegation",
    "document": "Attachment",
    "evidenceFile": "Attachment",
    "exemption": "EducationExemption",
    "entries": "ScoringEntry",
    "entry": "ScoringEntry",
    "expense": "EducationExpense",
    "file": "Attachment",
    "guest": "FlowMembersGuest",
    "guestNote": "FlowMembersGuestNote",
    "handover": "DuesHandover",
    "identity": "Identity",
    "inquiry": "AuditCampaignInquiry",
    "release": "AuditCampaignRelease",
    "successor": "Organization",
    "issue": "AuditCampaignIssue",
    "item": "EducationPlanItem",
    "items": "InboxItem",
    "letter": "TransfersLetter",
    "limit": "VoteLimit",
    "liaison": "FlowMembersLiaison",
    "meeting": "OrganizationLifeMeeting",
    "note": "FlowMembersNote",
    "matter": "TransfersCase",
    "member": "Member",
    "members": "Member",
    "objection": "ProcedureObjection",
    "override": "ParameterOverride",
    "oversight": "Oversight",
    "absent": "Member",
    "payerMember": "Member",
    "payment": "DuesPayment",
    "plan": "EducationPlan",
    "present": "Member",
    "procedure": "Procedure",
    "publication": "DuesPublication",
    "quarterly": "DuesQuarterly",
    "question": "AuditCampaignQuestion",
    "reduction": "DuesReduction",
    "responsible": "Member",
    "sample": "AuditCampaignSample",
    "search": "AuditCampaignSearch",
    "searchEntry": "AuditCampaignEntry",
    "session": "Session",
    "settlement": "AuditCampaignSettlement",
    "sheet": "AuditCampaignSheet",
    "step": "ProcedureStep",
    "target": "Organization",
    "teacher": "EducationTeacher",
    "summary": "FlowMembersSummary",
    "token": "Token",
    "training": "AuditCampaignTraining",
    "unit": "FlowMembersSpotUnit",
    "worker": "AuditCampaignWorker",
}
VALUES: dict[str, Any] = {
    "Boolean": True,
    "Date": "2026-06-01",
    "DateTime": "2026-12-01T00:00:00Z",
    "Decimal": "1",
    "Int": 1,
    "JSON": "1",
    "String": "测试",
}
NAMED = {"year": 2026, "kind_text": "members", "locale": "zh-CN", "plugin": "education"}

PROPOSE = """mutation ($input: ProcedureProposeInput!) {
  procedurePropose(input: $input) { procedure { id step { id } } }
}"""


@dataclass(frozen=True)
class Request:
    """A document that asks for one root field, and whether an id is among what it is given."""

    place: str
    document: str
    variables: dict[str, Any]
    names_a_row: bool


class Requests:
    """Makes two requests for every root field, without and with what is optional.

    Ids are those of `rows`, else of nothing there is.
    """

    def __init__(self, schema: ZhibuSchema, rows: dict[str, str]) -> None:
        self.schema = schema._schema
        self.rows = rows
        self.ids = 0
        self.required_only = False

    def __iter__(self) -> Iterator[Request]:
        for root in (
            self.schema.query_type,
            self.schema.mutation_type,
            self.schema.subscription_type,
        ):
            assert root is not None
            for name, field in root.fields.items():
                yield self.request(root.name, name, field, required_only=True)
                yield self.request(root.name, name, field, required_only=False)

    def request(self, root: str, name: str, field: GraphQLField, *, required_only: bool) -> Request:
        self.ids, self.required_only = 0, required_only
        variables = self.given(field.args, name)
        declared = ", ".join(f"${key}: {field.args[key].type}" for key in variables)
        passed = ", ".join(f"{key}: ${key}" for key in variables)
        document = (
            f"{root.lower()} {f'({declared})' if declared else ''} "
            f"{{ {name}{f'({passed})' if passed else ''} {self.selection(field, 3)} }}"
        )
        return Request(f"{root}.{name}", document, variables, self.ids > 0)

    def given(
        self, declared: dict[str, GraphQLArgument] | dict[str, GraphQLInputField], field: str
    ) -> dict[str, Any]:
        return {
            name: self.value(name, each.type, field)
            for name, each in declared.items()
            if isinstance(each.type, GraphQLNonNull)
            or (get_named_type(each.type).name == "ID" and not self.required_only)
        }

    def value(self, name: str, kind: Any, field: str) -> Any:
        kind = get_nullable_type(kind)
        if isinstance(kind, GraphQLList):
            return [self.value(name, kind.of_type, field)]
        if isinstance(kind, GraphQLInputObjectType):
            return self.given(kind.fields, field)
        if isinstance(kind, GraphQLEnumType):
            return next(iter(kind.values))
        assert isinstance(kind, GraphQLScalarType)
        if kind.name == "ID":
            self.ids += 1
            return self.id(name, field)
        if name == "kind":
            return "members"
        return NAMED.get(name, VALUES[kind.name])

    def id(self, name: str, field: str) -> str:
        kind = KINDS.get(name, "Organization")
        if name == "item" and field.startswith("inbox"):
            kind = "InboxItem"
        if name == "session" and field.startswith("education"):
            kind = "EducationSession"
        if name == "exemption" and field.startswith("scoring"):
            kind = "ScoringExemption"
        if name == "case" and field.startswith("transfers"):
            kind = "TransfersCase"
        if name == "override" and field.startswith("procedure"):
            kind = "ProcedureOverride"
        if name == "id":
            kind = "Member" if field == "node" else field[0].upper() + field[1:]
            kind = kind.removesuffix("Progress")
        return self.rows.get(kind) or global_id(kind, uuid4())

    def selection(self, field: GraphQLField, depth: int) -> str:
        kind = get_named_type(field.type)
        if not hasattr(kind, "fields"):
            return ""
        parts = ["__typename"]
        for name, below in kind.fields.items():
            if any(isinstance(given.type, GraphQLNonNull) for given in below.args.values()):
                continue
            leaf = not hasattr(get_named_type(below.type), "fields")
            if leaf or (depth > 1 and name in ("nodes", "userErrors", "organization", "member")):
                parts.append(f"{name} {self.selection(below, depth - 1)}")
        return "{ " + " ".join(parts) + " }"


async def answer_to(
    house: House, request: Request, credential: str | None = None
) -> dict[str, Any]:
    """What is answered to it; of a subscription, the first answer."""
    if not request.place.startswith("Subscription"):
        return await house.ask(request.document, request.variables, credential=credential)
    try:
        asked = (request.document, request.variables)
        async with house.watch(*asked, credential=credential) as answers:
            return await anext(answers)
    except NoStream as refused:
        return refused.answer


async def schema_of(house: House) -> ZhibuSchema:
    platform = house.platform
    return platform.answerings.parts.compose(frozenset(platform.plugins.names))


async def rows_of(institution: Institution) -> dict[str, str]:
    """Ids of rows that this institution has, by type."""
    member = await institution.member("branch", name=f"{OTHER_MARK}党员")
    answer = await institution.house.client.post(
        "/files",
        content=b"%PDF-1.7 evidence",
        params={"organization": institution.id("branch"), "name": f"{OTHER_MARK}.pdf"},
        headers={"authorization": f"Bearer {institution.credentials['officer']}"},
    )
    assigned = await institution.ask(
        "municipal", "{ accounts(first: 10) { nodes { id roles { id } sessions { id } } } }"
    )
    found = {
        "Organization": institution.id("branch"),
        "Member": global_id("Member", member.id),
        "Account": global_id("Account", institution.accounts["officer"]),
        "Attachment": answer.json()["id"],
    }
    about = {"organization": found["Organization"], "title": OTHER_MARK, "statement": OTHER_MARK}
    proposed = await institution.ask(
        "secretary", PROPOSE, {"input": {"procedure": "core.resolution", **about}}
    )
    procedure = proposed["data"]["procedurePropose"]["procedure"]
    found |= {"Procedure": procedure["id"], "ProcedureStep": procedure["step"]["id"]}
    for node in (assigned.get("data") or {}).get("accounts", {}).get("nodes", ()):
        if node["roles"]:
            found["RoleAssignment"] = node["roles"][0]["id"]
        if node["sessions"]:
            found["Session"] = node["sessions"][0]["id"]
    reminded = await Deadlines(at=institution).reminded(f"{OTHER_MARK}预备党员")
    return {**found, "InboxItem": reminded}


async def written(institution: Institution) -> int:
    """How much happened in the institution so far."""
    home = institution.house.platform.homes.home(institution.tenant.id)
    async with home.view(institution.tenant.id) as session:
        entries = await follow(session, institution.tenant.id, 0, 10_000)
    return len([entry for entry in entries if not entry.event.startswith("accounts.sign")])


def refused(answer: dict[str, Any]) -> bool:
    """Whether every root field says no: an error, null, nothing, or refusals."""
    data = answer.get("data")
    if answer.get("errors") or data is None:
        return True
    return all(_nothing(value) for value in data.values())


def _nothing(value: Any) -> bool:
    if isinstance(value, dict):
        if "userErrors" in value:
            return bool(value["userErrors"])
        if "nodes" in value:
            return not value["nodes"] and value.get("totalCount", 0) == 0
        return all(_nothing(each) for key, each in value.items() if key != "__typename")
    return value in (None, [], 0, "0")


def codes(answer: dict[str, Any]) -> set[str]:
    return {error["extensions"]["code"] for error in answer.get("errors", ())}


async def test_nobody_gets_past_any_field_without_signing_in(house: House) -> None:
    institution = await house.found()
    requests = list(Requests(await schema_of(house), await rows_of(institution)))
    assert len(requests) > 160
    before = await written(institution)
    for request in requests:
        answer = await answer_to(house, request)
        if request.place in OPEN:
            continue
        # A visitor's schema is the core's: what only a plugin has is not there at all.
        assert codes(answer) in ({"UNAUTHENTICATED"}, {"BAD_USER_INPUT"}), request
        if codes(answer) == {"BAD_USER_INPUT"}:
            assert request.place.split(".")[1].startswith(PLUGINS), (request, answer)
    assert await written(institution) == before


async def test_another_institution_s_rows_are_like_none_for_every_field(house: House) -> None:
    mine = await house.found("yunling", f"{MARK}市直机关")
    theirs = await house.found("qingshan", f"{OTHER_MARK}市直机关")
    for role in ("committee_secretary", "security_administrator", "system_administrator"):
        await mine.account(role, role, "root")
    requests = [
        request
        for request in Requests(await schema_of(house), await rows_of(theirs))
        if request.names_a_row and request.place not in OPEN
    ]
    assert len(requests) > 60
    before = await written(theirs)
    own = await written(mine)
    for request in requests:
        for login in ("committee_secretary", "security_administrator", "system_administrator"):
            answer = await answer_to(house, request, mine.credentials[login])
            assert OTHER_MARK not in orjson.dumps(answer).decode(), request
            assert "INTERNAL" not in codes(answer), (request, answer)
            assert refused(answer), (request, answer)
    assert await written(theirs) == before
    assert await written(mine) == own


@pytest.mark.parametrize("login", ["nobody"])
async def test_an_account_without_roles_sees_and_does_nothing(house: House, login: str) -> None:
    institution = await house.found("qingshan", f"{OTHER_MARK}市直机关")
    await institution.account(login)
    requests = Requests(await schema_of(house), await rows_of(institution))
    before = await written(institution)
    for request in requests:
        if request.place in OWN:
            continue
        answer = await answer_to(house, request, institution.credentials[login])
        assert OTHER_MARK not in orjson.dumps(answer).decode(), request
        assert "INTERNAL" not in codes(answer), (request, answer)
        assert refused(answer), (request, answer)
    assert await written(institution) == before


async def test_an_auditor_changes_nothing(house: House) -> None:
    institution = await house.found("qingshan", f"{OTHER_MARK}市直机关")
    await institution.account("auditor", "audit_administrator")
    requests = Requests(await schema_of(house), await rows_of(institution))
    before = await written(institution)
    tried = 0
    for request in requests:
        if not request.place.startswith("Mutation") or request.place in (*OWN, *AUDITING):
            continue
        answer = await institution.ask("auditor", request.document, request.variables)
        assert "INTERNAL" not in codes(answer), (request, answer)
        assert refused(answer), (request, answer)
        tried += 1
    assert tried > 100
    assert await written(institution) == before


async def test_the_same_requests_answer_those_who_may(house: House) -> None:
    """Otherwise the walls above would hold because the requests are wrong."""
    institution = await house.found("qingshan", f"{OTHER_MARK}市直机关")
    requests = Requests(await schema_of(house), await rows_of(institution))
    answered = set()
    for request in requests:
        if request.place.startswith("Query"):
            answer = await institution.ask("municipal", request.document, request.variables)
            if not answer.get("errors") and not refused(answer):
                answered.add(request.place)
    assert {"Query.member", "Query.members", "Query.organization", "Query.ledger"} <= answered
    assert {"Query.procedure", "Query.procedures"} <= answered
    assert {"Query.node", "Query.attachment", "Query.organizationFigures"} <= answered
