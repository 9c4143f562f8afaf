"""An id of another institution, in any argument of any mutation, is like one that never was."""

import json
from typing import Any

from zhibu.identifiers import parse_global_id
from zhibu.testing.filled import Filled, filled, never
from zhibu.testing.house import House

WHY = {"reason": "测试"}
ON = {"on": "2026-06-10", **WHY}
TERM = {"since": "2026-06-10", "until": "2026-12-01", **WHY}
DOOR = {"role": "discipline_inspection_officer", "tenant": "anotherplace", "login": "rival"}
TOKEN = {"name": "机器", "actions": ["core:member:read"], "expiresAt": "2026-07-01T00:00:00Z"}

# login, mutation, the names of ids by argument, and the rest of the input
ACTS: tuple[tuple[str, str, dict[str, str], dict[str, Any]], ...] = (
    (
        "keeper",
        "organizationCreate",
        {"parent": "general"},
        {"code": "N", "name": "新", "kind": "BRANCH"},
    ),
    ("keeper", "organizationRename", {"organization": "branch"}, {"name": "新", **ON}),
    ("keeper", "organizationMove", {"organization": "branch", "parent": "rival"}, ON),
    ("keeper", "organizationMerge", {"organization": "other", "into": "branch"}, ON),
    ("keeper", "organizationDissolve", {"organization": "group"}, ON),
    ("keeper", "organizationReopen", {"organization": "group"}, WHY),
    (
        "keeper",
        "pluginSwitch",
        {"organization": "branch"},
        {"plugin": "education", "enabled": True, **WHY},
    ),
    (
        "almighty",
        "postAppoint",
        {"organization": "branch", "member": "member0"},
        {"kind": "LIAISON", "since": "2026-06-01"},
    ),
    ("almighty", "postEnd", {"post": "post"}, ON),
    ("almighty", "postCorrect", {"post": "post"}, WHY),
    ("almighty", "memberCorrect", {"member": "member0", "group": "group"}, WHY),
    (
        "almighty",
        "memberTransfer",
        {"member": "member0", "organization": "far", "from": "branch", "group": "group"},
        ON,
    ),
    (
        "almighty",
        "memberChangeStage",
        {"member": "member0", "organization": "branch"},
        {"change": "RESTORED", "on": "2026-06-10", "decision": "决定", "decidedOn": "2026-06-10"},
    ),
    ("almighty", "memberUndoLast", {"member": "member0"}, {"what": "STAGE", **WHY}),
    ("almighty", "memberOpen", {"member": "member0"}, {"field": "PHONE", **WHY}),
    ("almighty", "accountCreate", {"member": "member0"}, {"login": "new", "name": "新"}),
    ("almighty", "accountBind", {"account": "account.rival", "member": "member1"}, {}),
    ("almighty", "accountDisable", {"account": "account.rival"}, {}),
    ("almighty", "accountEnable", {"account": "account.rival"}, {}),
    ("almighty", "passwordReset", {"account": "account.rival"}, {}),
    (
        "almighty",
        "roleAssign",
        {"account": "account.rival", "organization": "branch"},
        {"role": "recorder", **TERM},
    ),
    ("almighty", "roleEnd", {"assignment": "assignment"}, {"until": "2026-12-01", **WHY}),
    ("almighty", "tokenCreate", {"organization": "branch", "account": "account.officer"}, TOKEN),
    ("almighty", "tokenRevoke", {"token": "token"}, {}),
    ("almighty", "sessionEnd", {"session": "session"}, {}),
    ("almighty", "oversightGrant", {"organization": "branch"}, {**DOOR, **TERM}),
)


async def told_of(here: Filled, login: str, mutation: str, input: dict[str, Any], id: str) -> str:
    answer = await here.do(mutation, input, login=login)
    for error in answer.get("errors", ()):
        error["extensions"].pop("requestId")
    assert answer.get("errors") or answer["data"][mutation]["userErrors"], (mutation, input)
    return json.dumps(answer, sort_keys=True).replace(id, "ID")


async def test_a_foreign_id_tells_nothing(house: House) -> None:
    here, there = await filled(house, "yunling"), await filled(house, "anotherplace")
    differing = []
    for login, mutation, named, rest in ACTS:
        input = {**rest, **{argument: here.ids[name] for argument, name in named.items()}}
        for argument, name in named.items():
            answers = [
                await told_of(here, login, mutation, {**input, argument: id}, id)
                for id in (there.ids[name], never(there.ids[name]))
            ]
            if answers[0] != answers[1]:
                differing.append((mutation, argument, answers))
    assert differing == []


async def test_what_is_shown_with_another_object_only_is_not_shown_alone(full: Filled) -> None:
    """A session's address, a stage's decision: ids outlive the right to see what they are of."""
    document = "query ($id: ID!) { member(id: $id) { stages { id } affiliations { id } } }"
    member = (await full.ask(document, {"id": full.ids["member0"]}))["data"]["member"]
    ids = [full.ids[name] for name in ("post", "session", "assignment")]
    ids += [member[name][0]["id"] for name in ("stages", "affiliations")]
    for id in ids:
        for login in ("recorder", "rival", "almighty"):
            answer = await full.ask(
                "query ($id: ID!) { node(id: $id) { __typename id } }", {"id": id}, login=login
            )
            assert answer == {"data": {"node": None}}, parse_global_id(id)[0]
