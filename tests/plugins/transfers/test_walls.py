"""Who must not: every query and mutation of transfers, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id

QUERIES = {
    "transfersCases": "transfersCases(organization: $o, first: 9) { nodes { id } }",
    "transfersLetters": "transfersLetters(organization: $o, first: 9) { nodes { id } }",
    "transfersMemberships": "transfersMemberships(organization: $o, first: 9) { nodes { id } }",
    "transfersPlacement": """transfersPlacement(organization: $o, input: {situation: GRADUATE}) {
      clause }""",
    "transfersUnreceiptedPage": "transfersUnreceiptedPage(organization: $o)",
    "transfersLettersPage": "transfersLettersPage(organization: $o, only: UNUSED)",
    "transfersMembershipsPage": "transfersMembershipsPage(organization: $o)",
    "transfersLetterPage": "transfersLetterPage(letter: $letter)",
}

# What a member asks for himself, and why this one is refused.
OWN = {
    "transfersRestoreAsk": ["not_stopped"],
    "transfersRetainAsk": ["place_missing", "already_open"],
}


@pytest.fixture
async def records(transfers: Any) -> dict[str, dict[str, Any]]:
    """Inputs about a transfer that is there, and would be accepted or refused for themselves."""
    case = await transfers.opened(transfers.out())
    transfers.letter = (await transfers.issued(case))["id"]
    given = {"case": case}
    stopped = await transfers.at.member()
    stop = transfers.settled(member=transfers.id(stopped))
    await transfers.asked("secretary", "transfersStopPropose", stop)
    [matter] = await transfers.matters()
    membership = {"membership": matter["id"]}
    student = await transfers.at.member()
    await transfers.at.account("student", member_id=student.id)
    retained = await transfers.retained("student", member=transfers.id(student))
    abroad = {"membership": retained["id"]}
    call = {**abroad, "on": "2026-06-15", "channel": "PHONE", "text": "学习正常"}
    made = await transfers.done("secretary", "transfersContactNote", call, "contact { id }")
    letter = {**given, "route": "CITY", "paidTo": "2026-06-01"}
    return {
        "transfersOpen": transfers.within("other"),
        "transfersWithdraw": {**given, "reason": "误办"},
        "transfersLetterIssue": letter,
        "transfersLetterReissue": {
            **letter,
            "cause": "LOST",
            "fault": "MEMBER",
            "explanation": "遗失",
        },
        "transfersLetterPrint": {"letter": transfers.letter},
        "transfersAccept": {**given, "fileCheck": "SEEN"},
        "transfersRefuse": {**given, "reason": "误送"},
        "transfersReceipt": {**given, "means": "POST"},
        "transfersUnitOpen": {
            "kind": "WITHIN",
            "reason": "bankrupt",
            "members": [transfers.id(transfers.me)],
            "organizationCode": "OTHER",
        },
        "transfersUnitAccept": {**given, "fileCheck": "SEEN"},
        "transfersStopPropose": transfers.lost(),
        "transfersRestoreAsk": {
            "member": transfers.id(transfers.me),
            "reason": "已回国",
            "duesSettled": True,
        },
        "transfersCustodyRecord": {
            **membership,
            "custodian": transfers.at.id("district"),
            "note": "档案一卷",
        },
        "transfersCustodyTakeBack": {**membership, "reason": "误登"},
        "transfersRetainAsk": transfers.abroad(place=" "),
        "transfersRetainProlong": {**abroad, "until": "2028-01-01", "reason": "延期"},
        "transfersReturnRecord": abroad,
        "transfersReturnTakeBack": {**abroad, "reason": "误登"},
        "transfersContactNote": call,
        "transfersContactVoid": {"contact": made["contact"]["id"], "reason": "误登"},
        "transfersTrace": {**given, "finding": "NOT_SETTLED", "found": "未报到"},
    }


async def asked(transfers: Any, login: str | None, name: str) -> dict[str, Any]:
    credential = transfers.at.credentials[login] if login else None
    used = {"o": transfers.at.id("branch"), "letter": transfers.letter}
    given = {key: id for key, id in used.items() if f"${key}" in QUERIES[name]}
    declared = ", ".join(f"${key}: ID!" for key in given)
    document = f"query ({declared}) {{ {QUERIES[name]} }}"
    found: dict[str, Any] = await transfers.at.house.ask(document, given, credential=credential)
    return found


def shows_nothing(answer: dict[str, Any], name: str) -> bool:
    shown = (answer.get("data") or {}).get(name)
    return shown is None or (isinstance(shown, dict) and shown.get("nodes") == [])


def fields(installed: Any, of: str) -> set[str]:
    schema = Parts(core.graph(), installed.graphs()).compose(frozenset({"transfers"}))._schema
    kind = getattr(schema, of)
    return {name for name in kind.fields if name.startswith("transfers")}


async def test_nobody_who_may_not_gets_through(
    transfers: Any, records: Any, installed_plugins: Any
) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    assert fields(installed_plugins, "mutation_type") == set(records)
    assert fields(installed_plugins, "query_type") == set(QUERIES)
    other = await transfers.at.house.found("qinghe", "清河市直机关")
    transfers.at.credentials["stranger"] = other.credentials["officer"]
    far = await transfers.at.member("far")
    await transfers.at.account("far", member_id=far.id)
    for name, given in records.items():
        answer = await transfers.answer(None, name, given)
        assert answer.get("data") is None, name
        for login in ("stranger", "rival", "far"):
            found = await transfers.refused(login, name, given)
            assert found == ["NOT_FOUND"], (login, name, found)
    for name in QUERIES:
        assert (await asked(transfers, None, name)).get("data") is None, name
        for login in ("stranger", "rival", "far"):
            answer = await asked(transfers, login, name)
            assert shows_nothing(answer, name), (login, name)


async def test_a_member_reads_his_own_transfer_and_does_nothing_of_the_branch_s(
    transfers: Any, records: Any
) -> None:
    for name, given in records.items():
        if name in OWN:
            assert await transfers.refused("me", name, given) == OWN[name]
            continue
        found = await transfers.refused("me", name, given)
        assert found in (["FORBIDDEN"], ["NOT_FOUND"]), (name, found)
    seen = await transfers.case(records["transfersWithdraw"]["case"], "me")
    assert seen["letters"][0]["serial"] == 1
    peer = await transfers.at.member()
    await transfers.at.account("peer", member_id=peer.id)
    assert await transfers.case(records["transfersWithdraw"]["case"], "peer") is None


async def test_a_recorder_reads_and_changes_nothing(transfers: Any, records: Any) -> None:
    for name, given in records.items():
        assert await transfers.refused("recorder", name, given) == ["FORBIDDEN"], name
    assert (await asked(transfers, "recorder", "transfersCases"))["data"]["transfersCases"]["nodes"]


async def test_a_plugin_that_is_off_at_the_unit_says_so(transfers: Any, records: Any) -> None:
    await transfers.at.switch("transfers", False, "committee")
    for name, given in records.items():
        found = await transfers.refused("officer", name, given)
        assert found == ["PLUGIN_DISABLED"], (name, found)


async def test_somebody_who_was_faster_is_noticed(transfers: Any, records: Any) -> None:
    given = {**records["transfersWithdraw"], "version": 1}
    assert await transfers.refused("secretary", "transfersWithdraw", given) == ["version_stale"]


async def test_an_id_that_one_merely_holds_says_nothing_of_its_branch_and_a_code_addresses_it(
    transfers: Any,
) -> None:
    """A secretary does not see the branch of another committee; his letter may name its code."""
    by_id = {"organizationCode": None, "target": transfers.at.id("far")}
    held = {**transfers.within(), **by_id}
    assert await transfers.refused("secretary", "transfersOpen", held) == ["NOT_FOUND"]
    absent = {**held, "target": global_id("Organization", transfers.me.id)}
    assert await transfers.refused("secretary", "transfersOpen", absent) == ["NOT_FOUND"]
    unknown = {**held, "target": None, "organizationCode": "NOWHERE"}
    assert await transfers.refused("secretary", "transfersOpen", unknown) == ["NOT_FOUND"]
    unit = {key: held[key] for key in ("kind", "reason", "target")}
    unit["members"] = [transfers.id(transfers.me)]
    assert await transfers.refused("secretary", "transfersUnitOpen", unit) == ["NOT_FOUND"]
    case = await transfers.opened({**unknown, "organizationCode": "FAR"})
    assert (await transfers.case(case))["target"] == {"code": "FAR"}
