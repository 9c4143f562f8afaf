"""Who must not: every query and mutation of floating members, before anything works."""

from typing import Any

import pytest

from zhibu import core
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id, new_id

QUERIES = {
    "Cases": "(organization: $o, first: 9) { nodes { id } }",
    "Case": "(id: $case) { id }",
    "Arrivals": "(organization: $host, first: 9) { nodes { id } }",
    "Concentrations": "(organization: $o) { place }",
    "Cards": "(organization: $o, first: 9) { nodes { id } }",
    "CardPage": "(card: $card)",
    "CertificatePage": "(case: $short)",
    "SummaryPage": "(summary: $summary)",
    "Notes": "(organization: $o, first: 9) { nodes { id } }",
    "Liaisons": "(organization: $o, first: 9) { nodes { id } }",
    "Summaries": "(organization: $o, first: 9) { nodes { id } }",
    "People": "(summary: $summary, figure: AWAY, first: 9) { nodes { id } }",
    "SpotChecks": "(organization: $district, first: 9) { nodes { id } }",
    "OutgoingPage": "(organization: $o, year: 2026)",
    "IncomingPage": "(organization: $host, year: 2026)",
}
HOSTS = {"Arrivals", "IncomingPage"}
DISTRICT = {"SpotCheckDraw", "SpotCheckFind"}
ARRIVAL = {
    *("ArrivalVerify", "ArrivalWithdraw", "ArrivalFile", "ArrivalUnfile", "ArrivalNote"),
}
HOME = {
    *("CaseRecord", "CaseChange", "CaseTell", "CaseEnd", "CaseResume", "CaseVoid"),
    *("ContactOpen", "CardStamp", "CardIssue", "CardReview", "CardEnd", "CardsPrint"),
    *("CardPhotoAttach", "CardPhotoRemove"),
    *("NoteRecord", "NoteVoid", "ReportWrite", "LiaisonAssign", "LiaisonEnd"),
    *("SummarySubmit", "SummaryAccept", "SummaryReturn"),
    *("CaseOffer", "CaseRecall"),
}
# Of whoever comes from another institution: test_between.py holds them against the walls.
GUESTS = {
    *("Guests", "GuestRegister", "GuestRefuse", "GuestVerify", "GuestFile", "GuestLeave"),
    *("GuestTakeBack", "GuestNoteRecord", "GuestNoteVoid"),
}


@pytest.fixture
async def records(flow: Any) -> dict[str, Any]:
    """A case that the branch and its host, a branch of another committee, both see."""
    await flow.override("concentrated_from", 1)
    case, card = await flow.carded()
    await flow.appointed(flow.peer)
    kept = {"case": case, "member": flow.id(flow.peer), "since": "2026-06-14"}
    assigned = await flow.done("secretary", "LiaisonAssign", kept, "liaison { id }")
    noted = await flow.done("secretary", "NoteRecord", flow.note(case), "note { id }")
    half = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    handed = await flow.done("secretary", "SummarySubmit", half, "summary { id }")
    summary = {"summary": handed["summary"]["id"]}
    report = {"case": case, "channel": "WEB", "on": "2026-06-15", "text": "近况", "reason": "代录"}
    host_note = {key: value for key, value in flow.note(case).items() if key != "case"}
    talk = {"on": "2026-06-12", "requirements": "汇报", "contact": "电话"}
    of_it = {"case": case, "reason": "核对"}
    arrival = {"arrival": flow.arrival(case)}
    check, unit = await drawn(flow)
    return {
        "district": flow.at.id("district"),
        "o": flow.at.id("branch"),
        "host": flow.at.id("far"),
        "case": case,
        "short": await flow.recorded(member=flow.id(await flow.at.member())),
        "card": card,
        **summary,
        "mutations": {
            "SpotCheckDraw": check,
            "SpotCheckFind": {"unit": unit, "on": "2026-06-15", "result": "台账齐全"},
            "SummarySubmit": half,
            "SummaryAccept": summary,
            "SummaryReturn": {**summary, "reason": "核对"},
            "CardStamp": {"case": case},
            "CardIssue": {"card": card, "on": "2026-06-15"},
            "CardReview": {"card": card, "year": 2026, "result": "PASSED"},
            "CardEnd": {"card": card, "on": "2026-06-15", "ending": "VOID", "reason": "误制"},
            "CardPhotoAttach": {"card": card, "file": global_id("Attachment", new_id())},
            "CardPhotoRemove": {"card": card, "reason": "贴错"},
            "CardsPrint": {"organization": flow.at.id("branch")},
            "NoteRecord": flow.note(case),
            "NoteVoid": {"note": noted["note"]["id"], "reason": "误登"},
            "ReportWrite": report,
            "LiaisonAssign": kept,
            "LiaisonEnd": {"liaison": assigned["liaison"]["id"], "on": "2026-06-15"},
            "ArrivalNote": {**arrival, **host_note},
            "CaseRecord": flow.case(member=flow.id(await flow.at.member())),
            "CaseChange": {**of_it, "place": "海州市"},
            "CaseTell": {**of_it, "talk": talk},
            "CaseEnd": {"case": case, "on": "2026-06-15", "ending": "RETURNED"},
            "CaseResume": of_it,
            "CaseVoid": of_it,
            "CaseOffer": {"case": case, "institution": "haibin"},
            "CaseRecall": of_it,
            "ContactOpen": of_it,
            "ArrivalVerify": {**arrival, "arrivedOn": "2026-06-15"},
            "ArrivalWithdraw": {**arrival, "reason": "误登"},
            "ArrivalFile": arrival,
            "ArrivalUnfile": {**arrival, "reason": "误登"},
        },
    }


async def drawn(flow: Any) -> tuple[dict[str, Any], str]:
    """Input of the district's draw, and the unit that was drawn of those where somebody floats."""
    long = {"certainty": "UNCERTAIN", "until": None, "talk": None, "lateReason": "补录"}
    await flow.recorded(member=flow.id(flow.peer), since="2025-12-01", **long)
    check = {"organization": flow.at.id("district"), "count": 1}
    payload = await flow.done("district", "SpotCheckDraw", check, "check { units { id } }")
    return check, str(payload["check"]["units"][0]["id"])


async def asked(flow: Any, login: str, name: str, records: Any) -> dict[str, Any]:
    body = QUERIES[name]
    key = next(
        (
            key
            for key in ("case", "short", "card", "summary", "district", "host")
            if f"${key}" in body
        ),
        "o",
    )
    document = f"query (${key}: ID!) {{ flowMembers{name}{body} }}"
    found: dict[str, Any] = await flow.at.ask(login, document, {key: records[key]})
    return found


def shows_nothing(answer: dict[str, Any]) -> bool:
    [found] = (answer.get("data") or {"none": None}).values()
    return found is None or found == {"nodes": []}


def test_every_field_of_the_schema_is_held_against_the_walls(installed_plugins: Any) -> None:
    parts = Parts(core.graph(), installed_plugins.graphs())
    schema = parts.compose(frozenset({"flow_members"}))._schema
    assert schema.query_type is not None
    assert schema.mutation_type is not None
    fields = {
        name.removeprefix("flowMembers")
        for root in (schema.query_type, schema.mutation_type)
        for name in root.fields
        if name.startswith("flowMembers")
    }
    assert fields == {*QUERIES, *HOME, *ARRIVAL, *DISTRICT, *GUESTS}


async def test_nobody_who_may_not_gets_through(flow: Any, records: Any) -> None:
    """Anonymous, another tenant, another committee, a member of another branch."""
    assert set(records["mutations"]) == HOME | ARRIVAL | DISTRICT
    other = await flow.at.house.found("qinghe", "清河市直机关")
    flow.at.credentials["stranger"] = other.credentials["officer"]
    await flow.at.account("elsewhere", member_id=(await flow.at.member("other")).id)
    for name, given in records["mutations"].items():
        answer = await flow.answer(None, name, given)
        assert answer.get("data") is None, name
        assert answer["errors"], name
        mine = "secretary" if name in ARRIVAL else "rival"
        for login in ("stranger", "elsewhere", mine):
            assert await flow.refused(login, name, given) == ["NOT_FOUND"], (login, name)
    for name in QUERIES:
        mine = "secretary" if name in HOSTS else "rival"
        for login in ("stranger", "elsewhere", mine):
            assert shows_nothing(await asked(flow, login, name, records)), (login, name)


async def test_a_member_sees_where_he_is_and_changes_nothing(flow: Any, records: Any) -> None:
    for name, given in records["mutations"].items():
        if name not in ("ContactOpen", "ReportWrite"):
            found = await flow.refused("me", name, given)
            assert found in (["FORBIDDEN"], ["NOT_FOUND"]), (name, found)
    assert len(await flow.cases("me", "id")) == 1
    assert shows_nothing(await asked(flow, "me", "Concentrations", records))
    assert shows_nothing(await asked(flow, "me", "OutgoingPage", records))


async def test_the_recorder_reads_and_does_not_record(flow: Any, records: Any) -> None:
    for name in HOME:
        assert await flow.refused("recorder", name, records["mutations"][name]) == ["FORBIDDEN"]
    assert len(await flow.cases("recorder", "id")) == 3


async def test_a_plugin_that_is_off_at_the_unit_says_so(flow: Any, records: Any) -> None:
    await flow.at.switch("flow_members", False, "district")
    for name, given in records["mutations"].items():
        login = "rival" if name in ARRIVAL else "district" if name in DISTRICT else "officer"
        assert await flow.refused(login, name, given) == ["PLUGIN_DISABLED"], name
    for name in QUERIES:
        login = "rival" if name in HOSTS else "district" if name == "SpotChecks" else "officer"
        assert shows_nothing(await asked(flow, login, name, records)), name
    await flow.at.switch("flow_members", True, "district")
    for name in QUERIES:
        login = "rival" if name in HOSTS else "district" if name == "SpotChecks" else "officer"
        answer = await asked(flow, login, name, records)
        assert "errors" not in answer, name
        assert not shows_nothing(answer), name
