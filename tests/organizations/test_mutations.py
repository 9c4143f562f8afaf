"""Changing the tree over GraphQL: the walls, then every refusal by its name, then what works."""

from typing import Any

import pytest
from sqlalchemy import text

from zhibu.accounts.principals import system_caller
from zhibu.forms.writing import write
from zhibu.importing import import_workbook, sheet_of
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.testing.filled import Filled, filled, never
from zhibu.testing.house import House

TABLES = ("core_organization", "core_organization_period", "core_post", "core_member")
Input = dict[str, Any]
Expected = list[tuple[str, list[str], bool]]


@pytest.fixture
async def full(house: House) -> Filled:
    return await filled(house, "yunling")


async def rows(full: Filled) -> list[Any]:
    """Everything written about the tree, whoever may see it."""
    tenant = full.institution.tenant.id
    async with full.institution.house.platform.homes.home(tenant).view(tenant) as session:
        return [
            sorted(map(str, await session.execute(text(f"SELECT * FROM {table}"))))
            for table in TABLES
        ]


def document(mutation: str) -> str:
    shown = "post { kind }" if mutation.startswith("post") else "organization { code name }"
    return f"""mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{
      {mutation}(input: $input) {{ {shown} userErrors {{ code message path basis }} }} }}"""


async def sent(full: Filled, login: str, mutation: str, input: Input, **headers: str) -> Any:
    return await full.institution.ask(login, document(mutation), {"input": input}, **headers)


def code_of(answer: Any) -> str:
    [error] = answer["errors"]
    found: str = error["extensions"]["code"]
    return found


def valid(full: Filled) -> dict[str, Input]:
    """An input of each mutation, in an order in which all of them can be done."""
    ids = full.ids
    change = {"on": "2026-06-01", "reason": "调整"}
    return {
        "postAppoint": {
            "organization": ids["branch"],
            "member": ids["member0"],
            "kind": "SECRETARY",
            "since": "2026-01-01",
        },
        "postCorrect": {"post": ids["post"], "since": "2020-02-01", "reason": "更正"},
        "postEnd": {"post": ids["post"], **change},
        "organizationCreate": {
            "parent": ids["branch"],
            "code": "NEW",
            "name": "新小组",
            "kind": "PARTY_GROUP",
        },
        "organizationRename": {"organization": ids["branch"], "name": "新名", **change},
        "organizationSplit": {
            "organization": ids["branch"],
            "parts": [{"code": "PART", "name": "分出支部", "members": [ids["member0"]]}],
            **change,
        },
        "organizationDissolve": {"organization": ids["group"], **change},
        "organizationReopen": {"organization": ids["group"], "reason": "误录"},
        "organizationMerge": {"organization": ids["branch"], "into": ids["other"], **change},
        "organizationMove": {"organization": ids["general"], "parent": ids["rival"], **change},
    }


async def test_nobody_changes_the_tree_from_outside_the_walls(full: Filled, house: House) -> None:
    stranger = await house.found("qinghe", "清河机关")
    before = await rows(full)
    for mutation, input in valid(full).items():
        anonymous = await house.ask(document(mutation), {"input": input})
        assert code_of(anonymous) == "UNAUTHENTICATED", mutation
        answer = await stranger.ask("officer", document(mutation), {"input": input})
        assert code_of(answer) == "NOT_FOUND", mutation
        # The recorder sees the branch and its group, and nothing beside or above them.
        seen = mutation not in {"organizationMove", "organizationMerge"}
        refused = code_of(await sent(full, "recorder", mutation, input))
        assert refused in ({"FORBIDDEN"} if seen else {"FORBIDDEN", "NOT_FOUND"}), mutation
        rival = code_of(await sent(full, "rival", mutation, input))
        assert rival == "NOT_FOUND", mutation
        for key in ("organization", "post", "parent", "into", "member"):
            if key in input:
                answer = await sent(full, "almighty", mutation, {**input, key: never(input[key])})
                assert code_of(answer) == "NOT_FOUND", (mutation, key)
    assert await rows(full) == before


def refusals(ids: dict[str, str]) -> list[tuple[str, Input, Expected]]:
    """Mutation, what it says otherwise than the valid one, and what it is refused with."""
    general, branch, other = (ids[n] for n in ("general", "branch", "other"))
    part = {"code": "PART", "name": "分出支部", "members": [ids["member0"]]}

    def one(code: str, *path: str, basis: bool = False) -> Expected:
        return [(f"core.{code}", list(path), basis)]

    return [
        ("organizationCreate", {"code": " "}, one("name_missing", "code")),
        ("organizationCreate", {"code": "BRANCH"}, one("code_taken", "code")),
        (
            "organizationCreate",
            {"parent": general, "kind": "BRANCH", "name": "云岭市直机关other"},
            one("name_taken", "name"),
        ),
        ("organizationCreate", {"kind": "PARTY_COMMITTEE"}, one("kind_not_allowed", "kind")),
        (
            "organizationCreate",
            {"approvesProbationary": True},
            one("may_not_approve", "approvesProbationary"),
        ),
        ("organizationCreate", {"foundedOn": "2026-07-01"}, one("future_date", "foundedOn")),
        ("organizationRename", {"reason": " "}, one("reason_missing", "reason")),
        ("organizationRename", {"name": " "}, one("name_missing", "name")),
        ("organizationRename", {"on": "2026-07-01"}, one("future_date", "on")),
        ("organizationRename", {"version": 9}, one("version_stale", "version")),
        ("organizationMove", {"parent": branch}, one("move_under_itself", "parent")),
        ("organizationMove", {"parent": general}, one("move_under_itself", "parent")),
        (
            "organizationMove",
            {"organization": branch, "parent": other},
            one("kind_not_allowed", "parent"),
        ),
        ("organizationMove", {"on": "1999-01-01"}, one("before_founding", "on") * 2),
        (
            "organizationMerge",
            {"into": general},
            [*one("kind_not_allowed", "into"), *one("merge_differs", "into")],
        ),
        ("organizationMerge", {"on": "2009-01-01"}, one("members_came_later", "on")),
        ("organizationSplit", {"parts": []}, one("nothing_to_split", "parts")),
        (
            "organizationSplit",
            {"parts": [{**part, "members": []}]},
            one("nothing_to_split", "parts", "0"),
        ),
        (
            "organizationSplit",
            {"parts": [{**part, "code": "OTHER", "members": [ids["member1"]]}]},
            [
                ("core.code_taken", ["parts", "0", "code"], False),
                ("core.not_of_unit", ["parts", "0"], False),
            ],
        ),
        (
            "organizationDissolve",
            {"organization": branch},
            one("units_remain", "organization"),
        ),
        (
            "organizationReopen",
            {"organization": other},
            one("unit_lives", "organization"),
        ),
        ("postAppoint", {"organization": other}, one("holder_outside", "member")),
        ("postAppoint", {"termEndsOn": "2025-01-01"}, one("dates_reversed", "termEndsOn")),
        ("postAppoint", {"kind": "RECORDER"}, one("post_held", "member")),
        (
            "postAppoint",
            {"kind": "ORGANIZATION_MEMBER"},
            one("too_few_for_committee", "kind", basis=True),
        ),
        ("postEnd", {"on": "2019-01-01"}, one("dates_reversed", "on")),
        ("postEnd", {"reason": " "}, one("reason_missing", "reason")),
        ("postCorrect", {"reason": " "}, one("reason_missing", "reason")),
    ]


async def test_every_refusal_has_its_name_its_place_its_words_and_its_basis(full: Filled) -> None:
    before = await rows(full)
    inputs = valid(full)
    wrong = []
    for mutation, changes, expected in refusals(full.ids):
        input = {**inputs[mutation], **changes}
        told = {}
        for language in ("en", "zh-CN"):
            answer = await sent(full, "almighty", mutation, input, accept_language=language)
            assert "errors" not in answer, (mutation, changes, answer)
            told[language] = answer["data"][mutation]["userErrors"]
        found = sorted((e["code"], e["path"], e["basis"] is not None) for e in told["en"])
        if found != expected:
            wrong.append((mutation, changes, found))
        assert len(told["en"]) == len(told["zh-CN"]), (mutation, changes, told)
        for english, chinese in zip(told["en"], told["zh-CN"], strict=True):
            assert english["message"] != chinese["message"]
            assert any("一" <= letter <= "鿿" for letter in chinese["message"])
            assert "{" not in english["message"] + chinese["message"]
    assert wrong == [], wrong
    assert await rows(full) == before


async def test_every_mutation_of_the_tree_works(full: Filled) -> None:
    for mutation, input in valid(full).items():
        answer = await sent(full, "almighty", mutation, input)
        assert answer["data"][mutation]["userErrors"] == [], (mutation, answer)
        [written] = [
            value for key, value in answer["data"][mutation].items() if key != "userErrors"
        ]
        assert written is not None, mutation


async def test_a_workbook_moves_no_organization(full: Filled) -> None:
    institution, house = full.institution, full.institution.house
    row = dict.fromkeys(column.key for column in ORGANIZATIONS.columns)
    row |= {"code": "OTHER", "name": "云岭市直机关other", "parent": "RIVAL", "kind": "branch"}
    before = await rows(full)
    report = await import_workbook(
        house.platform,
        institution.tenant,
        system_caller(house.now.date(), "test", "committee_officer"),
        sheet_of(house.platform, "organizations"),
        write([row], ORGANIZATIONS.columns, ORGANIZATIONS.title),
        now=house.now,
    )
    assert [(fault.code, fault.column) for fault in report.faults] == [
        ("core.parent_differs", "上级党组织代码")
    ]
    assert report.written is None
    assert await rows(full) == before
