"""Changing members over GraphQL: the walls, then every refusal by its name, then what works."""

from typing import Any

import pytest
from sqlalchemy import text

from zhibu.identifiers import global_id
from zhibu.members.public import member_by_identity
from zhibu.testing.filled import Filled, filled, never
from zhibu.testing.house import House, Institution
from zhibu.testing.register import identity

SHOWN = {
    "memberOpen": "value",
    "memberByIdentity": "member { name }",
}
KINDS = {"memberByIdentity": "MemberLookupInput"}
TABLES = ("core_member", "core_affiliation", "core_member_stage", "core_organization", "core_post")
Input = dict[str, Any]


@pytest.fixture
async def full(house: House) -> Filled:
    return await filled(house, "yunling")


def document(mutation: str) -> str:
    kind = KINDS.get(mutation, f"{mutation[0].upper()}{mutation[1:]}Input")
    shown = SHOWN.get(mutation, "member { name stage organization { code } }")
    return f"""mutation ($input: {kind}!) {{ {mutation}(input: $input) {{
      {shown} userErrors {{ code message path basis }} }} }}"""


async def rows(institution: Institution) -> list[Any]:
    """Everything written about members, organizations and posts, whoever may see it."""
    tenant = institution.tenant.id
    async with institution.house.platform.homes.home(tenant).view(tenant) as session:
        return [
            sorted(map(str, await session.execute(text(f"SELECT * FROM {table}"))))
            for table in TABLES
        ]


def entry(at: Filled, **changes: Any) -> Input:
    return {
        "organization": at.ids["branch"],
        "name": "新人",
        "identityNumber": identity(901),
        "kind": "IN_SERVICE",
        "admittedOn": "2026-05-01",
        **changes,
    }


def valid(full: Filled) -> dict[str, Input]:
    """An input of each mutation that a committee's secretary may send."""
    member = {"member": full.ids["member0"]}
    why = {"reason": "测试"}
    return {
        "memberAdmit": entry(full, decision="支部党员大会决议"),
        "memberRegister": entry(full, full=True, admittedOn="2010-07-01", fullOn="2011-07-01"),
        "memberCorrect": {**member, **why, "nation": "回族"},
        "memberTransfer": {
            **member,
            **why,
            "organization": full.ids["other"],
            "on": "2026-06-01",
        },
        "memberChangeStage": {
            **member,
            "change": "STOPPED",
            "on": "2026-06-01",
            "decision": "支部党员大会决议",
            "decidedOn": "2026-06-01",
        },
        "memberUndoLast": {**member, **why, "what": "STAGE"},
        "memberOpen": {**member, **why, "field": "IDENTITY_NUMBER"},
    }


async def sent(full: Filled, login: str, mutation: str, input: Input, **headers: str) -> Any:
    return await full.institution.ask(login, document(mutation), {"input": input}, **headers)


def code_of(answer: Any) -> str:
    [error] = answer["errors"]
    found: str = error["extensions"]["code"]
    return found


async def test_nobody_changes_a_member_from_outside_the_walls(full: Filled, house: House) -> None:
    stranger = await house.found("qinghe", "清河机关")
    before = await rows(full.institution)
    for mutation, input in valid(full).items():
        anonymous = await house.ask(document(mutation), {"input": input})
        assert code_of(anonymous) == "UNAUTHENTICATED", mutation
        for login in ("municipal", "officer"):
            answer = await stranger.ask(login, document(mutation), {"input": input})
            assert code_of(answer) == "NOT_FOUND", (mutation, login)
        assert code_of(await sent(full, "rival", mutation, input)) == "NOT_FOUND", mutation
        # The recorder sees the branch, but not the one that a transfer would lead to.
        refused = "NOT_FOUND" if mutation == "memberTransfer" else "FORBIDDEN"
        assert code_of(await sent(full, "recorder", mutation, input)) == refused, mutation
        for key in ("member", "organization"):
            if key in input:
                answer = await sent(full, "almighty", mutation, {**input, key: never(input[key])})
                assert code_of(answer) == "NOT_FOUND", (mutation, key)
    assert await rows(full.institution) == before


Refusal = tuple[str, Input, list[tuple[str, list[str], bool]]]


def refusals(full: Filled, left: str, fresh: str) -> list[Refusal]:
    """Mutation, what it says otherwise than the valid one, and code, path and whether there is a
    basis of each refusal. `left` has left, `fresh` is on probation since 2026-05-04."""
    ids = full.ids
    fixed = {"on": "2026-05-20", "decidedOn": "2026-05-20"}
    return [
        ("memberAdmit", {"name": " "}, [("core.member_name_missing", ["name"], False)]),
        ("memberAdmit", {"decision": " "}, [("core.decision_missing", ["decision"], False)]),
        (
            "memberAdmit",
            {"admittedOn": "2026-07-01"},
            [("core.not_yet_happened", ["admittedOn"], False)],
        ),
        (
            "memberAdmit",
            {"admittedOn": "1990-01-01"},
            [
                ("core.branch_founded_later", ["admittedOn"], False),
                ("core.too_young", ["admittedOn"], True),
            ],
        ),
        (
            "memberAdmit",
            {"identityNumber": "530102198003070015", "phone": "12"},
            [
                ("core.identity_invalid", ["identityNumber"], False),
                ("core.phone_invalid", ["phone"], False),
            ],
        ),
        (
            "memberAdmit",
            {"gender": "FEMALE", "birthDate": "1980-03-08"},
            [
                ("core.identity_contradicts", ["birthDate"], False),
                ("core.identity_contradicts", ["gender"], False),
            ],
        ),
        (
            "memberAdmit",
            {"identityNumber": identity(1)},
            [("core.identity_taken", ["identityNumber"], False)],
        ),
        (
            "memberAdmit",
            {"organization": ids["general"]},
            [("core.not_a_formal_home", ["organization"], False)],
        ),
        (
            "memberAdmit",
            {"organization": ids["other"], "group": ids["group"]},
            [("core.group_elsewhere", ["group"], False)],
        ),
        (
            "memberRegister",
            {"full": False},
            [("core.full_date_of_probationary", ["fullOn"], False)],
        ),
        (
            "memberRegister",
            {"fullOn": "2009-01-01", "joinedOn": "2009-01-01"},
            [
                ("core.dates_out_of_order", ["fullOn"], False),
                ("core.dates_out_of_order", ["joinedOn"], False),
            ],
        ),
        ("memberCorrect", {"reason": " "}, [("core.change_reason_missing", ["reason"], False)]),
        (
            "memberCorrect",
            {"identityNumber": identity(2)},
            [("core.identity_taken", ["identityNumber"], False)],
        ),
        ("memberCorrect", {"version": 7}, [("core.changed_meanwhile", ["version"], False)]),
        (
            "memberTransfer",
            {"organization": ids["branch"]},
            [("core.already_there", ["organization"], False)],
        ),
        (
            "memberTransfer",
            {"from": ids["far"]},
            [("core.second_formal_branch", ["member"], False)],
        ),
        ("memberTransfer", {"on": "2026-07-01"}, [("core.not_yet_happened", ["on"], False)]),
        ("memberTransfer", {"on": "2009-07-01"}, [("core.dates_out_of_order", ["on"], False)]),
        ("memberTransfer", {"on": "2010-07-01"}, [("core.day_taken", ["on"], False)]),
        ("memberTransfer", {"member": left}, [("core.member_left", ["member"], False)]),
        (
            "memberChangeStage",
            {"decision": "", "on": "2026-07-01"},
            [
                ("core.decision_missing", ["decision"], False),
                ("core.not_yet_happened", ["on"], False),
            ],
        ),
        (
            "memberChangeStage",
            {"change": "MADE_FULL"},
            [("core.stage_not_possible", ["change"], False)],
        ),
        (
            "memberChangeStage",
            {"change": "LEFT"},
            [("core.departure_missing", ["departure"], False)],
        ),
        (
            "memberChangeStage",
            {"change": "LEFT", "departure": "PROBATIONARY_CANCELLED"},
            [("core.departure_not_for_stage", ["departure"], False)],
        ),
        (
            "memberChangeStage",
            {"member": fresh, "change": "MADE_FULL", **fixed},
            [("core.probation_not_over", ["on"], True)],
        ),
        (
            "memberChangeStage",
            {"member": fresh, "change": "EXTENDED", **fixed},
            [("core.extension_missing", ["months"], False)],
        ),
        (
            "memberChangeStage",
            {"member": fresh, "change": "EXTENDED", "months": 13, **fixed},
            [("core.extension_out_of_range", ["months"], True)],
        ),
        (
            "memberChangeStage",
            {"member": left, "change": "RESTORED", "on": "2026-06-10"},
            [("core.cannot_return", ["change"], False)],
        ),
        ("memberUndoLast", {"reason": " "}, [("core.undo_reason_missing", ["reason"], False)]),
        (
            "memberUndoLast",
            {"member": fresh},
            [("core.nothing_to_undo", ["what"], False)],
        ),
        (
            "memberUndoLast",
            {"what": "AFFILIATION"},
            [("core.nothing_to_undo", ["what"], False)],
        ),
        ("memberOpen", {"reason": " "}, [("core.opening_reason_missing", ["reason"], False)]),
        (
            "memberByIdentity",
            {"identityNumber": "1", "reason": "查"},
            [("core.identity_invalid", ["identityNumber"], False)],
        ),
    ]


async def test_every_refusal_has_its_name_its_place_its_words_and_its_basis(full: Filled) -> None:
    institution = full.institution
    gone = await institution.member("branch")
    left = global_id("Member", gone.id)
    died = {
        "member": left,
        "change": "LEFT",
        "on": "2026-05-10",
        "departure": "DECEASED",
        "decision": "讣告",
        "decidedOn": "2026-05-10",
    }
    assert not (await sent(full, "almighty", "memberChangeStage", died)).get("errors")
    new = entry(full, decision="决议", identityNumber=identity(903), admittedOn="2026-05-04")
    await sent(full, "almighty", "memberAdmit", new)
    async with institution.operator() as act:
        fresh = (await member_by_identity(act, [identity(903)]))[identity(903)]
    before = await rows(institution)
    inputs = {**valid(full), "memberByIdentity": {}}
    for mutation, changes, expected in refusals(full, left, global_id("Member", fresh.id)):
        input = {**inputs[mutation], **changes}
        told = {}
        for language in ("en", "zh-CN"):
            answer = await sent(full, "almighty", mutation, input, accept_language=language)
            assert "errors" not in answer, (mutation, changes, answer)
            told[language] = answer["data"][mutation]["userErrors"]
        found = sorted((e["code"], e["path"], e["basis"] is not None) for e in told["en"])
        assert found == expected, (mutation, changes)
        for english, chinese in zip(told["en"], told["zh-CN"], strict=True):
            assert english["message"] != chinese["message"]
            assert any("一" <= letter <= "鿿" for letter in chinese["message"])
            assert "{" not in english["message"] + chinese["message"]
            assert english["path"][0] in {*input, *_optional(mutation)}, (mutation, english)
    assert await rows(institution) == before


def _optional(mutation: str) -> set[str]:
    """Arguments that a refusal may name although they were left out."""
    return {"departure", "months", "gender"} if mutation == "memberChangeStage" else set()


async def test_every_mutation_of_members_works_and_says_what_became_of_them(full: Filled) -> None:
    inputs = valid(full)
    answered: dict[str, Any] = {}
    for mutation, input in inputs.items():
        if mutation == "memberRegister":
            input = {**input, "identityNumber": identity(902)}
        answer = await sent(full, "almighty", mutation, input)
        assert answer["data"][mutation]["userErrors"] == [], (mutation, answer)
        answered[mutation] = answer["data"][mutation]
    assert answered["memberAdmit"]["member"]["stage"] == "PROBATIONARY"
    assert answered["memberRegister"]["member"]["stage"] == "FULL"
    assert answered["memberTransfer"]["member"]["organization"] == {"code": "OTHER"}
    assert answered["memberChangeStage"]["member"]["stage"] == "STOPPED"
    assert answered["memberUndoLast"]["member"]["stage"] == "FULL"
    assert answered["memberOpen"]["value"] == identity(1)
    looked_up = {"identityNumber": identity(1), "reason": "核对"}
    answer = await sent(full, "almighty", "memberByIdentity", looked_up)
    assert answer["data"]["memberByIdentity"]["member"] == {
        "name": answered["memberCorrect"]["member"]["name"]
    }


async def test_who_may_not_open_is_told_of_nobody_by_an_identity_number(full: Filled) -> None:
    looked_up = {"identityNumber": identity(1), "reason": "核对"}
    for login in ("rival", "recorder"):
        answer = await sent(full, login, "memberByIdentity", looked_up)
        nobody = {**looked_up, "identityNumber": identity(999)}
        assert answer["errors"][0]["extensions"]["code"] == code_of(
            await sent(full, login, "memberByIdentity", nobody)
        )
