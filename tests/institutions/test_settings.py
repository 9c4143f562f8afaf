"""What the samples say besides their workbooks: accounts, switches, rule packs, known faults."""

import csv
from pathlib import Path
from typing import Any

import yaml
from python_calamine import CalamineWorkbook

SEPARATED = {"system_administrator", "security_administrator", "audit_administrator"}
POSTS = {
    "branch_secretary": "书记",
    "general_branch_secretary": "书记",
    "committee_secretary": "书记",
    "recorder": "考核记录员",
    "party_group_leader": "党小组组长",
    "branch_committee_member": "组织委员",
}


def roles(folder: Path) -> set[str]:
    with (folder.parent / "policy" / "roles.csv").open(encoding="utf-8") as lines:
        return {row[1].strip() for row in csv.reader(lines) if row and row[0] == "role"}


def test_every_role_has_an_account_somewhere_and_no_other_role_is_given(
    institutions: Any, folder: Path
) -> None:
    given = {account["role"] for i in institutions for account in i.tenant["accounts"]}
    assert given == roles(folder)


def test_each_has_a_secretary_a_recorder_an_officer_a_member_and_three_administrators(
    institution: Any,
) -> None:
    accounts = institution.tenant["accounts"]
    given = [account["role"] for account in accounts]
    assert {"branch_secretary", "recorder", "committee_officer", "member"} <= set(given)
    assert {role: given.count(role) for role in SEPARATED} == dict.fromkeys(SEPARATED, 1)
    assert len({account["login"] for account in accounts}) == len(accounts)


def test_accounts_stand_for_people_who_hold_that_post_there(institution: Any) -> None:
    posts = {(p["党组织代码"], p["职务"], p["公民身份号码"]) for p in institution.posts}
    for account in institution.tenant["accounts"]:
        assert account["organization"] in institution.units
        if number := account.get("member"):
            person = institution.people[number]
            assert person["姓名"] == account["name"]
            assert person["党小组代码"] == account["organization"] or institution.is_inside(
                person, account["organization"]
            )
        if post := POSTS.get(account["role"]):
            assert (account["organization"], post, number) in posts


def test_administrators_are_nobody_of_the_roster(institution: Any) -> None:
    for account in institution.tenant["accounts"]:
        if account["role"] in SEPARATED:
            assert "member" not in account


def test_no_file_holds_a_password(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        assert "password" not in path.read_text("utf-8").lower(), path


def test_education_is_on_at_the_root_everywhere(institution: Any) -> None:
    (root,) = (u["党组织代码"] for u in institution.organizations if not u["上级党组织代码"])
    assert {"plugin": "education", "organization": root, "enabled": True} in institution.tenant[
        "plugins"
    ]
    for switch in institution.tenant["plugins"]:
        assert switch["organization"] in institution.units
        assert switch["organization"] == root or switch["reason"]


def test_rule_packs_set_parameters_that_exist_and_name_their_source(
    institution: Any, folder: Path
) -> None:
    known: set[str] = set()
    for path in (folder.parent / "plugins").glob("*/*/parameters/*.yaml"):
        known |= set(yaml.safe_load(path.read_text("utf-8")))
    assert institution.rules["name"] == institution.tenant["rule_pack"]
    for override in institution.rules["overrides"]:
        assert override["name"] in known
        assert override.get("organization") is None or override["organization"] in institution.units
        assert all(override[key] for key in ("since", "reason", "document", "article"))
        assert "value" in override


def test_only_the_university_states_a_number_of_hours(institutions: Any) -> None:
    stated = {
        i.code: o["value"]
        for i in institutions
        for o in i.rules["overrides"]
        if o["name"] == "education.hours_required"
    }
    assert stated == {"university": 32}


def test_the_faulty_roster_lists_one_finding_for_each_bad_row(folder: Path) -> None:
    expected = yaml.safe_load((folder / "faulty" / "expected.yaml").read_text("utf-8"))
    book = CalamineWorkbook.from_path(folder / "faulty" / "members.xlsx").get_sheet_by_index(0)
    rows = book.to_python()
    headings = [str(cell).rstrip("*") for cell in rows[2]]
    faults = expected["members.xlsx"]["faults"]
    assert [fault["row"] for fault in faults] == list(range(5, len(rows)))
    assert expected["members.xlsx"]["good_rows"] == [4, len(rows)]
    good = rows[3]
    for fault in faults:
        place = headings.index(fault["column"])
        row = rows[fault["row"] - 1]
        differing = {h for h, a, b in zip(headings, good, row, strict=True) if a != b}
        assert row[place] != good[place] or fault["fault"] in (
            "identity_repeated",
            "probationary_with_full_date",
        )
        assert differing <= {fault["column"], "公民身份号码", "出生日期", "转正日期", "党员类别"}
