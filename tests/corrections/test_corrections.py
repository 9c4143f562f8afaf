"""A member asks for a correction of the own record, and others decide it."""

from typing import Any

import pytest
from sqlalchemy import text

from zhibu.identifiers import global_id
from zhibu.testing.branch import Branch, peopled, told
from zhibu.testing.house import Institution
from zhibu.testing.register import identity

NUMBER = identity(77)


@pytest.fixture
async def branch(institution: Institution) -> Branch:
    """One member with an account, and another one."""
    return await peopled(institution, 2, 1)


async def ask(branch: Branch, login: str = "m0", **changes: Any) -> dict[str, Any]:
    given = {"member": branch.ids(0)[0], "reason": "档案记载有误", "nation": "回族", **changes}
    return await branch.do(login, "memberAskCorrection", **given)


async def recorded(branch: Branch, shown: str = "name nation version") -> dict[str, Any]:
    document = f"query ($id: ID!) {{ member(id: $id) {{ {shown} }} }}"
    answer = await branch.institution.ask("officer", document, {"id": branch.ids(0)[0]})
    found: dict[str, Any] = answer["data"]["member"]
    return found


async def test_one_asks_for_one_s_own_record_only(branch: Branch) -> None:
    given = {"reason": "有误", "nation": "回族"}
    for login, member, code in (
        ("m0", 1, "NOT_FOUND"),
        ("rival", 0, "NOT_FOUND"),
        ("district", 0, "FORBIDDEN"),
    ):
        about = {**given, "member": branch.ids(member)[0]}
        assert await branch.refusal(login, "memberAskCorrection", **about) == code, login


async def test_the_branch_decides_and_the_record_is_corrected(branch: Branch) -> None:
    answer = await ask(branch)
    procedure = answer["procedure"]
    assert procedure["name"] == "core.member_correction"
    assert procedure["particulars"]["set"] == {"nation": "回族"}
    assert (await recorded(branch))["nation"] is None
    assert await branch.listed("m0") == [procedure["id"]]  # one sees what is about oneself
    assert await branch.listed("secretary", "waiting: true") == [procedure["id"]]
    assert await branch.refusal(
        "recorder", "StepDecide", step=procedure["step"]["id"], approve=True
    )
    decided = await branch.decide("secretary", procedure)
    assert decided["procedure"]["state"] == "APPROVED"
    assert (await recorded(branch))["nation"] == "回族"


async def test_a_refusal_says_why_and_changes_nothing(branch: Branch) -> None:
    procedure = (await ask(branch))["procedure"]
    await branch.decide("secretary", procedure, approve=False, reason="与档案一致，无误")
    shown = await branch.shown(procedure["id"], "m0")
    assert (shown["state"], shown["steps"][0]["reason"]) == ("REFUSED", "与档案一致，无误")
    assert (await recorded(branch))["nation"] is None


async def test_what_is_sensitive_goes_to_the_committee_with_proof_and_is_masked(
    branch: Branch,
) -> None:
    answer = await ask(branch, identityNumber=NUMBER, phone="15400001234")
    procedure = answer["procedure"]
    assert procedure["name"] == "core.member_correction_sensitive"
    shown = procedure["particulars"]["set"]
    assert shown["identity_number"] == "530*************" + NUMBER[-2:]
    assert shown["phone"] == "154****1234"
    async with branch.institution.operator() as act:
        for table in ("core_procedure", "core_ledger"):
            rows = (await act.session.execute(text(f"SELECT * FROM {table}"))).all()
            assert not any(NUMBER in str(row) or "15400001234" in str(row) for row in rows), table
    assert told(await branch.decide("secretary", procedure)) == ["core.procedure_documents_missing"]
    proof = [{"kind": "proof", "file": await branch.file("secretary")}]
    at_committee = (await branch.decide("secretary", procedure, documents=proof))["procedure"]
    assert at_committee["step"]["organization"]["code"] == "COMMITTEE"
    before = await recorded(branch, "identityNumberMasked phoneMasked")
    decided = await branch.decide("officer", at_committee)
    assert decided["procedure"]["state"] == "APPROVED"
    after = await recorded(branch, "identityNumberMasked phoneMasked")
    assert before != after
    assert after == {"identityNumberMasked": shown["identity_number"], "phoneMasked": "154****1234"}


async def test_asking_does_not_tell_who_else_is_in_the_register(branch: Branch) -> None:
    """The number of somebody else is refused to whoever decides, never to whoever asks."""
    taken = await branch.institution.member("far", identity_number=identity(88))
    assert taken.id
    answer = await ask(branch, identityNumber=identity(88))
    assert told(answer) == []
    proof = [{"kind": "proof", "file": await branch.file("secretary")}]
    at_committee = await branch.decide("secretary", answer["procedure"], documents=proof)
    decided = await branch.decide("officer", at_committee["procedure"])
    assert told(decided) == ["core.identity_taken"]
    assert (await branch.shown(answer["procedure"]["id"]))["step"]["code"] == "committee"


async def test_what_cannot_be_is_refused_at_once(branch: Branch) -> None:
    assert told(await ask(branch, nation=None)) == ["core.nothing_to_correct"]
    wrong = await ask(branch, name=" ", phone="123", reason=" ")
    assert {"core.member_name_missing", "core.phone_invalid"} <= {*told(wrong)}
    first = await ask(branch)
    assert told(first) == []
    assert told(await ask(branch)) == ["core.procedure_under_way"]


async def test_a_secretary_s_own_record_is_decided_by_somebody_else(branch: Branch) -> None:
    member = branch.members[1]
    await branch.institution.account("chief", "branch_secretary", "branch", member_id=member.id)
    about = {"member": global_id("Member", member.id)}
    procedure = (await ask(branch, "chief", **about))["procedure"]
    assert told(await branch.decide("chief", procedure)) == ["core.procedure_own"]
    assert told(await branch.decide("officer", procedure)) == []
