"""Signing in by two steps as clients meet it, and what a session without a proof is refused."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pyotp
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from zhibu.accounts.tables import SignIn
from zhibu.identifiers import global_id
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Task
from zhibu.jobs.workbooks import EXPORT as EXPORT_WORK
from zhibu.parameters.service import override, withdraw
from zhibu.testing.counting import statements
from zhibu.testing.filled import told
from zhibu.testing.house import PASSWORD, House, Institution
from zhibu.testing.register import identity

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
  token pending viewer { name } userErrors { code } } }"""
CONFIRM = """mutation ($input: SignInConfirmInput!) { signInConfirm(input: $input) {
  token viewer { name secondFactor provenUntil } userErrors { code } } }"""
ENROL = """mutation ($input: SecondFactorEnrolInput!) { secondFactorEnrol(input: $input) {
  setupKey address picture userErrors { code } } }"""
FINISH = """mutation ($input: SecondFactorCodeInput!) { secondFactorConfirm(input: $input) {
  token recoveryCodes provenUntil userErrors { code } } }"""
PROVE = """mutation ($input: SecondFactorCodeInput!) { secondFactorProve(input: $input) {
  token userErrors { code } } }"""
OPEN = """mutation ($input: MemberOpenInput!) { memberOpen(input: $input) {
  value userErrors { code message basis } } }"""
EXPORT = """mutation ($input: ExportStartInput!) { exportStart(input: $input) {
  job { id } userErrors { code } } }"""
CREATE = """mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) {
  userErrors { code } } }"""
REPEAT = """mutation ($input: JobRepeatInput!) { jobRepeat(input: $input) {
  job { id } userErrors { code } } }"""
VIEWER = "{ viewer { secondFactor provenUntil } }"


@pytest.fixture
async def demanding(institution: Institution) -> Institution:
    """An institution as one is founded: a second factor is asked for."""
    async with institution.operator() as act:
        (eased,) = [
            each for each in act.parameters.overrides if each.name == "core.second_factor_for"
        ]
        await withdraw(act, eased.id, "按规定执行")
    return institution


async def in_vain(task: Task) -> Mapping[str, Any]:
    raise ArithmeticError


def code(house: House, key: str) -> str:
    return pyotp.TOTP(key).at(house.now)


async def enrol(institution: Institution, login: str) -> str:
    """The key that codes of this account are made from; its session is a new one."""
    house = institution.house
    begun = await institution.ask(login, ENROL, {"input": {"password": PASSWORD}})
    key: str = begun["data"]["secondFactorEnrol"]["setupKey"]
    done = await institution.ask(login, FINISH, {"input": {"code": code(house, key)}})
    institution.credentials[login] = done["data"]["secondFactorConfirm"]["token"]
    assert len(done["data"]["secondFactorConfirm"]["recoveryCodes"]) == 10
    return key


async def test_opening_and_exporting_take_a_second_factor_and_say_what_to_do(
    demanding: Institution,
) -> None:
    institution, house = demanding, demanding.house
    member = await institution.member("branch")
    open = {"member": global_id("Member", member.id), "field": "PHONE", "reason": "核实"}
    export = {"kind": "members", "purpose": "核对", "organization": institution.id("committee")}

    async def answers(login: str = "officer") -> list[list[str]]:
        opened = await institution.ask(login, OPEN, {"input": open})
        return [told(opened), told(await institution.ask(login, EXPORT, {"input": export}))]

    stranger = await answers("rival")
    assert stranger == [["NOT_FOUND"], ["NOT_FOUND"]], "the policy comes first"
    assert await answers() == [["core.second_factor_missing"]] * 2
    key = await enrol(institution, "officer")
    assert await answers() == [[], []]
    house.now += timedelta(minutes=15)
    assert await answers() == [["core.second_factor_needed"]] * 2
    refused = await institution.ask("officer", OPEN, {"input": open})
    (error,) = refused["data"]["memberOpen"]["userErrors"]
    assert "secondFactorProve" in error["message"]
    assert "7.5.3" in error["basis"]
    proof = await institution.ask("officer", PROVE, {"input": {"code": code(house, key)}})
    institution.credentials["officer"] = proof["data"]["secondFactorProve"]["token"]
    assert await answers() == [[], []]


async def exported(institution: Institution) -> str:
    """A job that gives out the register below the committee, asked for by the officer."""
    given = {"kind": "members", "purpose": "核对", "organization": institution.id("committee")}
    answer = await institution.ask("officer", EXPORT, {"input": given})
    assert told(answer) == []
    return str(answer["data"]["exportStart"]["job"]["id"])


async def numbers_in(institution: Institution, job: str) -> list[str]:
    """The identity numbers of the workbook that the job gave."""
    asked = "query ($id: ID!) { job(id: $id) { address } }"
    found = await institution.ask("officer", asked, {"id": job})
    headers = {"authorization": f"Bearer {institution.credentials['officer']}"}
    got = await institution.house.client.get(found["data"]["job"]["address"], headers=headers)
    sheet = CalamineWorkbook.from_filelike(BytesIO(got.content)).get_sheet_by_index(0)
    head, *rows = sheet.to_python()[1:]
    place = next(i for i, title in enumerate(head) if str(title).startswith("公民身份号码"))
    return [str(row[place]) for row in rows if str(row[place])]


async def asked_for(institution: Institution, *uses: str) -> None:
    """What takes a proof, from today on."""
    async with institution.operator() as act:
        root = institution.units["root"].id
        for each in act.parameters.overrides:
            if each.name == "core.second_factor_for":
                await withdraw(act, each.id, "另定")
        await override(act, root, "core.second_factor_for", act.today, [*uses], "另定")


async def test_an_export_opens_no_more_than_the_session_had_proven_when_it_asked(
    demanding: Institution,
) -> None:
    institution, house = demanding, demanding.house
    member = await institution.member("branch", identity_number=identity(1))
    await asked_for(institution, "open")
    unproven = await exported(institution)
    key = await enrol(institution, "officer")
    proven = await exported(institution)
    house.now += timedelta(minutes=15)  # it waits in the line longer than the proof lasts
    late = await exported(institution)
    await house.platform.jobs.run_waiting()
    assert await numbers_in(institution, unproven) == [member.identity_masked]
    assert await numbers_in(institution, proven) == [identity(1)]
    assert await numbers_in(institution, late) == [member.identity_masked]
    await asked_for(institution, "export")
    proof = await institution.ask("officer", PROVE, {"input": {"code": code(house, key)}})
    institution.credentials["officer"] = proof["data"]["secondFactorProve"]["token"]
    dead = await exported(institution)
    works = house.platform.jobs.works
    export = works["export"]
    works["export"] = replace(export, run=in_vain, retries=0)
    await house.platform.jobs.run_waiting()
    works["export"] = export
    house.now += timedelta(minutes=15)
    refused = await institution.ask("officer", REPEAT, {"input": {"job": dead}})
    assert told(refused) == ["core.second_factor_needed"]
    proof = await institution.ask("officer", PROVE, {"input": {"code": code(house, key)}})
    institution.credentials["officer"] = proof["data"]["secondFactorProve"]["token"]
    again = await institution.ask("officer", REPEAT, {"input": {"job": dead}})
    await house.platform.jobs.run_waiting()
    assert await numbers_in(institution, again["data"]["jobRepeat"]["job"]["id"])


@pytest.mark.parametrize(
    ("use", "wanted"), [("open", "core:member:open"), ("export", "core:member:read")]
)
async def test_a_token_for_what_takes_a_proof_takes_one_itself(
    demanding: Institution, use: str, wanted: str
) -> None:
    institution, house = demanding, demanding.house
    await asked_for(institution, use)
    given = {
        "name": "接口",
        "organization": institution.id("committee"),
        "actions": [wanted],
        "expiresAt": (house.now + timedelta(days=7)).isoformat(),
    }
    refused = await institution.ask("officer", CREATE, {"input": given})
    assert told(refused) == ["core.second_factor_missing"]
    await enrol(institution, "officer")
    assert told(await institution.ask("officer", CREATE, {"input": given})) == []


async def test_where_everybody_must_have_a_factor_nobody_without_one_does_anything_but_enrol(
    institution: Institution,
) -> None:
    house = institution.house
    await institution.member("branch")
    await institution.account("guard", "security_administrator")

    async def due(login: str) -> tuple[bool, bool, bool]:
        """Whether a factor is due; whether he holds any role; whether he sees any member."""
        asked = await institution.ask(login, "{ viewer { secondFactorDue roles { role } } }")
        viewer = asked["data"]["viewer"]
        answer = await institution.ask(login, "{ members(first: 1) { nodes { id } } }")
        shown = "errors" not in answer and bool(answer["data"]["members"]["nodes"])
        return viewer["secondFactorDue"], bool(viewer["roles"]), shown

    assert await due("officer") == (False, True, True)
    await demand(institution, ["administrators"])
    assert await due("officer") == (False, True, True)
    assert await due("guard") == (True, False, False)
    await demand(institution, ["everybody"])
    assert await due("officer") == (True, False, False)
    branch = institution.id("branch")
    renamed = {"organization": branch, "name": "新名", "on": "2026-06-01", "reason": "测试"}
    answer = await institution.ask(
        "officer",
        "mutation ($input: OrganizationRenameInput!) { organizationRename(input: $input) {"
        " userErrors { code } } }",
        {"input": renamed},
    )
    assert told(answer) != []
    key = await enrol(institution, "officer")
    assert await due("officer") == (False, True, True)
    house.now += timedelta(minutes=1)
    wish = {"tenant": "yunling", "login": "officer", "password": PASSWORD}
    first = await house.ask(SIGN_IN, {"input": wish})
    pending = first["data"]["signIn"]["pending"]
    done = await house.ask(CONFIRM, {"input": {"pending": pending, "code": code(house, key)}})
    institution.credentials["officer"] = done["data"]["signInConfirm"]["token"]
    assert await due("officer") == (False, True, True)


async def demand(institution: Institution, of: list[str]) -> None:
    """Who must have a second factor, from today on."""
    async with institution.operator() as act:
        root = institution.units["root"].id
        for each in act.parameters.overrides:
            if each.name == "core.second_factor_required":
                await withdraw(act, each.id, "另定")
        await override(act, root, "core.second_factor_required", act.today, of, "等级保护测评")


async def test_signing_in_answers_what_the_second_step_takes(demanding: Institution) -> None:
    institution, house = demanding, demanding.house
    key = await enrol(institution, "officer")
    house.now += timedelta(minutes=1)
    given = {"tenant": institution.tenant.code, "login": "officer", "password": PASSWORD}
    first = (await house.ask(SIGN_IN, {"input": given}))["data"]["signIn"]
    assert first["token"] is None
    assert first["viewer"] is None
    pending = first["pending"]
    for document in (VIEWER, "mutation { signOut(input: {}) { done } }"):
        assert told(await house.ask(document, credential=pending)) == ["UNAUTHENTICATED"]
    asked = {"pending": pending, "code": code(house, key)}
    second = (await house.ask(CONFIRM, {"input": asked}, user_agent="Firefox"))["data"][
        "signInConfirm"
    ]
    assert second["viewer"]["secondFactor"]
    assert second["viewer"]["provenUntil"] == "2026-06-15T04:16:00Z"
    document = "query ($id: ID!) { account(id: $id) { secondFactor sessions { agent provenAt } } }"
    id = global_id("Account", institution.accounts["officer"])
    await institution.account("guard", "security_administrator")
    account = (await institution.ask("guard", document, {"id": id}))["data"]["account"]
    assert account["secondFactor"]
    agents = sorted(each["agent"] or "" for each in account["sessions"])
    assert agents[0] == ""  # the one that enrolled
    assert agents[1] == "Firefox"
    assert len(agents) == 2


@pytest.mark.parametrize("sign_ins", [1, 2])
@pytest.mark.parametrize("recovery", [False, True])
async def test_of_two_who_come_with_one_code_at_once_one_comes_in(
    demanding: Institution, recovery: bool, sign_ins: int
) -> None:
    institution, house = demanding, demanding.house
    begun = await institution.ask("officer", ENROL, {"input": {"password": PASSWORD}})
    key = begun["data"]["secondFactorEnrol"]["setupKey"]
    done = await institution.ask("officer", FINISH, {"input": {"code": code(house, key)}})
    house.now += timedelta(minutes=1)
    codes = done["data"]["secondFactorConfirm"]["recoveryCodes"]
    given = {"tenant": institution.tenant.code, "login": "officer", "password": PASSWORD}
    firsts = [await house.ask(SIGN_IN, {"input": given}) for _ in range(sign_ins)]
    pending = [each["data"]["signIn"]["pending"] for each in firsts]
    asked = {"code": codes[0] if recovery else code(house, key)}
    inputs = [{**asked, "pending": each} for each in (pending * 2)[:2]]
    answers = await asyncio.gather(*(house.ask(CONFIRM, {"input": each}) for each in inputs))
    tokens = [((each["data"] or {}).get("signInConfirm") or {}).get("token") for each in answers]
    (token,) = filter(None, tokens)
    refused = answers[0 if tokens[1] else 1]
    assert set(told(refused)) <= {"core.code_wrong", "core.credential_ended", "UNAUTHENTICATED"}
    assert told(refused)
    found = await house.ask("{ viewer { sessions { current } } }", credential=token)
    sessions = found["data"]["viewer"]["sessions"]
    assert len([each for each in sessions if each["current"]]) == 1
    async with institution.operator() as act:
        rows = await act.session.execute(
            select(SignIn.id).where(
                SignIn.account_id == institution.accounts["officer"],
                SignIn.created_at == house.now,
                SignIn.proven_at.is_not(None),
                SignIn.ended_at.is_(None),
            )
        )
        assert len(rows.all()) == 1
    for each in inputs:
        again = await house.ask(CONFIRM, {"input": each})
        assert told(again), "no code serves twice"


def many(count: int, code: str, pending: str) -> tuple[str, dict[str, Any]]:
    fields = " ".join(
        f"a{n}: signInConfirm(input: $input) {{ token userErrors {{ code }} }}"
        for n in range(count)
    )
    document = f"mutation ($input: SignInConfirmInput!) {{ {fields} }}"
    return document, {"input": {"pending": pending, "code": code}}


async def test_many_tries_in_one_document_are_as_many_attempts(demanding: Institution) -> None:
    institution, house = demanding, demanding.house
    key = await enrol(institution, "officer")
    house.now += timedelta(minutes=1)
    given = {"tenant": institution.tenant.code, "login": "officer", "password": PASSWORD}
    pending = (await house.ask(SIGN_IN, {"input": given}))["data"]["signIn"]["pending"]
    refused = await house.ask(*many(30, "000000", pending))
    assert told(refused) == ["QUERY_TOO_EXPENSIVE"]
    assert told(await house.ask(*many(4, "000000", pending))) == ["core.code_wrong"] * 4
    assert told(await house.ask(*many(4, "000000", pending))) == ["RATE_LIMITED"]
    right = await house.ask(*many(1, code(house, key), pending))
    assert told(right) == ["RATE_LIMITED"]


async def test_a_proof_is_asked_without_a_statement(demanding: Institution) -> None:
    member = await demanding.member("branch")
    open = {"member": global_id("Member", member.id), "field": "PHONE", "reason": "核实"}
    counts = []
    for _ in range(2):
        with statements() as found:
            await demanding.ask("officer", OPEN, {"input": open})
        counts.append(len(found))
    assert counts[1] <= 3, found


OWN = "{ viewer { sessions { id current address agent createdAt seenAt expiresAt provenAt } } }"
END = "mutation ($input: SessionsEndInput!) { sessionsEnd(input: $input) { count } }"
TICKS = "subscription ($id: ID!) { jobProgress(id: $id) { state } }"


async def test_one_sees_one_s_own_sessions_and_ends_all_others_at_once(
    institution: Institution,
) -> None:
    house = institution.house
    here = institution.credentials["officer"]
    there = await house.sign_in(institution.tenant.code, "officer")
    found = (await house.ask(OWN, credential=here))["data"]["viewer"]["sessions"]
    assert [each["current"] for each in found] == [False, True]
    assert found[0]["createdAt"] == "2026-06-15T04:00:00Z"
    async with institution.by("officer") as act:
        id = await enqueue(act, EXPORT_WORK, {}, institution.units["committee"].path)
    watching = house.watch(TICKS, {"id": global_id("Job", id)}, credential=there)
    async with watching as answers:
        await anext(answers)
        ended = await house.ask(END, {"input": {}}, credential=here)
        assert ended == {"data": {"sessionsEnd": {"count": 1}}}
        (last,) = [answer async for answer in answers]
    assert told(last) == ["UNAUTHENTICATED"]
    assert told(await house.ask(OWN, credential=there)) == ["UNAUTHENTICATED"]
    assert told(await house.ask(OWN, credential=here)) == []


async def test_one_ends_one_s_other_sessions_only_soon_after_showing_who_one_is(
    institution: Institution,
) -> None:
    house = institution.house
    here = institution.credentials["officer"]
    other = await house.sign_in(institution.tenant.code, "officer")
    sessions = (await house.ask(OWN, credential=here))["data"]["viewer"]["sessions"]
    theirs, mine = (each["id"] for each in sessions)
    house.now += timedelta(minutes=10)
    document = """mutation ($input: SessionEndInput!) {
      sessionEnd(input: $input) { done userErrors { code } } }"""
    refused = {"done": False, "userErrors": [{"code": "core.shown_too_long_ago"}]}
    end_theirs = {"input": {"session": theirs}}
    assert (await house.ask(document, end_theirs, credential=here))["data"]["sessionEnd"] == refused
    assert told(await house.ask(OWN, credential=other)) == []
    assert (await house.ask(END, {"input": {}}, credential=here))["data"]["sessionsEnd"] == {
        "count": 0
    }
    anew = await house.sign_in(institution.tenant.code, "officer")
    assert (await house.ask(document, end_theirs, credential=anew))["data"]["sessionEnd"]["done"]
    assert told(await house.ask(OWN, credential=other)) == ["UNAUTHENTICATED"]
    own = {"input": {"session": mine}}
    assert (await house.ask(document, own, credential=here))["data"]["sessionEnd"]["done"]


async def test_a_token_ends_none_of_its_owner_s_sessions(institution: Institution) -> None:
    house = institution.house
    here = institution.credentials["officer"]
    [mine] = (await house.ask(OWN, credential=here))["data"]["viewer"]["sessions"]
    given = {
        "name": "汇总程序",
        "organization": institution.id("committee"),
        "actions": ["core:member:read"],
        "expiresAt": (house.now + timedelta(days=7)).isoformat(),
    }
    made = await house.ask(
        "mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { text } }",
        {"input": given},
        credential=here,
    )
    token = made["data"]["tokenCreate"]["text"]
    document = "mutation ($input: SessionEndInput!) { sessionEnd(input: $input) { done } }"
    answer = await house.ask(document, {"input": {"session": mine["id"]}}, credential=token)
    assert (answer.get("data") or {}).get("sessionEnd", {"done": False})["done"] is not True
    assert told(await house.ask(OWN, credential=here)) == []


async def test_another_s_sessions_are_ended_by_the_security_administrator_alone(
    institution: Institution,
) -> None:
    house = institution.house
    await institution.account("guard", "security_administrator")
    input = {"input": {"account": global_id("Account", institution.accounts["officer"])}}
    assert told(await institution.ask("rival", END, input)) == ["NOT_FOUND"]
    assert told(await institution.ask("municipal", END, input)) == ["NOT_FOUND"]
    ended = await institution.ask("guard", END, input)
    assert ended == {"data": {"sessionsEnd": {"count": 1}}}
    assert told(await institution.ask("officer", OWN)) == ["UNAUTHENTICATED"]
    assert await house.sign_in(institution.tenant.code, "officer")
