"""Workbooks in and out, by the command line and by the use cases behind it."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from zhibu.members.sheets import MEMBERS
from zhibu.testing.register import identity
from zhibu.testing.shell import Shell, person

MEMBERS_OF = ("import", "members")
BY_OPERATOR = ("--tenant", "small", "--operator")


def sheet(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def count(shell: Shell, organization: str = "DW") -> int:
    out = shell.tmp / "count.xlsx"
    answer = shell.json("export", "members", *BY_OPERATOR, "--organization", organization,
                        "--out", out)  # fmt: skip
    rows: int = answer["rows"]
    return rows


def test_whoever_acts_must_be_said(small: Shell) -> None:
    roster = small.roster(person(9))
    nobody = small(*MEMBERS_OF, roster, "--tenant", "small")
    both = small(*MEMBERS_OF, roster, *BY_OPERATOR, "--as", "system")
    assert (nobody.exit_code, both.exit_code) == (2, 2)
    assert nobody.stderr.startswith("Say who acts")
    assert count(small) == 4


def test_an_account_imports_no_more_than_it_may(small: Shell) -> None:
    roster = small.roster(person(9))
    refused = small(*MEMBERS_OF, roster, "--tenant", "small", "--as", "audit")
    unknown = small(*MEMBERS_OF, roster, "--tenant", "small", "--as", "stranger")
    assert (refused.exit_code, unknown.exit_code) == (2, 2)
    assert "stranger" in unknown.stderr
    assert count(small) == 4


def test_unknown_kinds_tenants_and_files_are_named(small: Shell) -> None:
    roster = small.roster(person(9))
    for arguments, word in (
        (("import", "teapots", roster, *BY_OPERATOR), "teapots"),
        ((*MEMBERS_OF, roster, "--tenant", "nowhere", "--operator"), "nowhere"),
        ((*MEMBERS_OF, small.tmp / "absent.xlsx", *BY_OPERATOR), "absent.xlsx"),
    ):
        result = small(*arguments)
        assert result.exit_code == 2
        assert word in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_one_faulty_row_keeps_everything_out(anywhere: Shell) -> None:
    roster = anywhere.roster(person(8), person(9, "NOWHERE"))
    report = anywhere.tmp / "report.xlsx"
    result = anywhere(*MEMBERS_OF, roster, *BY_OPERATOR, "--report", report)
    assert result.exit_code == 1
    assert count(anywhere) == 4
    assert anywhere.ledger("core.imported")[0]["facts"]["rows"] == 4  # that of the set-up
    rows = sheet(report)
    heading = next(row for row in rows if "错误说明" in row)
    faulty = rows[-1][heading.index("错误说明")]
    assert "NOWHERE" in str(faulty)
    assert rows[-2][heading.index("错误说明")] == ""


def test_good_rows_are_written_when_asked_for_and_the_faults_still_fail(small: Shell) -> None:
    roster = small.roster(person(8), person(9, "NOWHERE"))
    answer = small(*MEMBERS_OF, roster, *BY_OPERATOR, "--good-rows")
    assert answer.exit_code == 1
    assert count(small) == 5


def test_a_dry_run_writes_nothing(small: Shell) -> None:
    answer = small.json(*MEMBERS_OF, small.roster(person(9)), *BY_OPERATOR, "--dry-run")
    assert (answer["rows"], answer["good"], answer["written"]) == (1, 1, False)
    assert count(small) == 4
    assert len(small.ledger("core.imported")) == 2


def test_the_same_file_again_changes_nothing(anywhere: Shell) -> None:
    answer = anywhere.json(*MEMBERS_OF, anywhere.tmp / "first.xlsx", *BY_OPERATOR)
    assert (answer["created"], answer["updated"], answer["unchanged"]) == (0, 0, 4)


def test_an_import_stands_in_the_ledger_by_counts_and_digest_only(anywhere: Shell) -> None:
    answer = anywhere.json(*MEMBERS_OF, anywhere.roster(person(9)), *BY_OPERATOR)
    entry = anywhere.ledger("core.imported")[0]
    assert entry["via"] == "operator"
    assert entry["facts"] == {
        "sheet": "members",
        "title": MEMBERS.title,
        "rows": 1,
        "written": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "sha256": answer["sha256"],
    }
    assert identity(9) not in anywhere.ok("ledger", "show", "--tenant", "small", "--json").stdout


def test_an_export_is_of_the_subtree_and_says_what_for(anywhere: Shell) -> None:
    out = anywhere.tmp / "out.xlsx"
    arguments = ("--organization", "DW02", "--out", out, "--purpose", "年报")
    answer = anywhere.json("export", "members", *BY_OPERATOR, *arguments)
    assert answer["rows"] == 1
    facts = anywhere.ledger("core.exported")[0]["facts"]
    assert facts == {"sheet": "members", "title": MEMBERS.title, "rows": 1, "purpose": "年报"}


def test_an_account_without_the_right_takes_nothing_out(small: Shell) -> None:
    out = small.tmp / "out.xlsx"
    answer = small.json("export", "members", "--tenant", "small", "--as", "audit", "--out", out)
    assert answer["rows"] == 0


def test_what_was_exported_can_be_imported_again(small: Shell) -> None:
    out = small.tmp / "out.xlsx"
    small.ok("export", "members", *BY_OPERATOR, "--out", out)
    answer = small.json(*MEMBERS_OF, out, *BY_OPERATOR)
    assert (answer["rows"], answer["unchanged"]) == (4, 4)


def test_every_kind_has_a_template_with_its_headings(small: Shell) -> None:
    out = small.tmp / "template.xlsx"
    small.ok("template", "members", "--out", out)
    headings = {str(cell).rstrip("*") for row in sheet(out)[:3] for cell in row}
    assert {column.title for column in MEMBERS.columns} <= headings
