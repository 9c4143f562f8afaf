"""The table of clauses says what is kept, and nothing in it goes unproved."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from zhibu.plugins import discover
from zhibu.testing.clauses import (
    PAGE,
    TABLE,
    Clause,
    Proofs,
    coverage,
    faults,
    page,
    proofs,
    read,
)
from zhibu.testing.proofs import proving

ROOT = Path(__file__).parents[2]
CLAUSES = read(ROOT / TABLE)


def clause(id: str, kept_by: str = "") -> Clause:
    return Clause(id=id, source="《条例》", requirement="Something is done.", kept_by=kept_by)


def test_a_claim_without_any_test_is_a_fault() -> None:
    assert faults([clause("S0-01", "core")], {}) == [
        "S0-01 is claimed by core, and no test that names it has passed"
    ]


@pytest.mark.parametrize("outcome", ["failed", "collected"])
def test_a_claim_whose_test_did_not_pass_is_a_fault(outcome: str) -> None:
    found = faults([clause("S0-01", "core")], {"S0-01": {"test_x": outcome}})
    assert "S0-01 is claimed by core, and no test that names it has passed" in found


def test_one_failing_test_of_a_clause_is_a_fault_though_others_pass() -> None:
    outcomes = {"S0-01": {"test_x": "passed", "test_y": "failed"}}
    assert faults([clause("S0-01", "core")], outcomes) == ["S0-01 is not kept: test_y failed"]


def test_a_claim_with_a_passing_test_is_none() -> None:
    assert faults([clause("S0-01", "core")], {"S0-01": {"test_x": "passed"}}) == []


def test_what_is_claimed_has_no_reason_not_to_be_kept() -> None:
    told = replace(clause("S0-01", "core"), reason="A principle.")
    assert faults([told], {"S0-01": {"test_x": "passed"}}) == [
        "S0-01 is claimed by core, and the table says why nobody keeps it"
    ]


def test_why_a_clause_is_not_kept_stands_on_the_page() -> None:
    assert "| S0-01 | Something is done. | A principle. |" in page(
        [replace(clause("S0-01"), reason="A principle.")], {}
    )


def test_a_test_that_names_an_unknown_clause_is_a_fault() -> None:
    found = faults([clause("S0-01")], {"S9-99": {"test_x": "passed"}})
    assert found == ["S9-99 is named by a test and is in no table"]


def test_what_nobody_claims_is_counted_and_not_kept() -> None:
    rows = coverage([clause("S0-01", "core"), clause("S0-02"), clause("EM-20", "education")])
    assert rows[2:] == [
        "| S0 | 2 | 1 | core 1 |",
        "| EM | 1 | 1 | education 1 |",
        "| all | 3 | 2 | |",
    ]


def test_every_clause_of_every_source_has_a_row() -> None:
    groups = Counter(clause.group for clause in CLAUSES)
    assert (
        sum(groups[source] for source in ("S0", "S1", "S2", "S3A", "S3B", "S3C", "S3D", "S4"))
        == 345
    )
    assert groups["A"] == 30


def test_clauses_are_claimed_by_plugins_that_are_there() -> None:
    known = {"", "core", *discover().names}
    assert {clause.kept_by for clause in CLAUSES} <= known


def test_every_clause_that_a_parameter_or_a_rule_pack_cites_has_a_row() -> None:
    known = {clause.id for clause in CLAUSES}
    files = [*ROOT.glob("*/**/parameters/*.yaml"), *ROOT.glob("institutions/*/rules.yaml")]
    cited = {id for file in files for id in _cited(yaml.safe_load(file.read_text("utf-8")))}
    assert cited, "no file cites anything, so this test looks in the wrong place"
    assert sorted(cited - known) == []


def _cited(found: object) -> list[str]:
    if isinstance(found, dict):
        own = [found["clause"]] if isinstance(found.get("clause"), str) else []
        return own + [id for value in found.values() for id in _cited(value)]
    return [id for value in found for id in _cited(value)] if isinstance(found, list) else []


@pytest.fixture(scope="module")
def collected(request: pytest.FixtureRequest) -> Proofs:
    """Every test of the product that names a clause."""
    items = request.session.items
    if {item.path for item in items} >= {*(ROOT / "tests").rglob("test_*.py")}:
        return {id: dict.fromkeys(tests, "collected") for id, tests in proving(items).items()}
    return proofs([str(ROOT / "tests")], run=False)


def test_every_claim_has_a_test_that_names_it(collected: Proofs) -> None:
    assert faults(CLAUSES, collected, "collected") == []


def test_the_page_is_up_to_date(collected: Proofs) -> None:
    """If not, `make clauses` writes it anew."""
    assert (ROOT / PAGE).read_text("utf-8") == page(CLAUSES, collected)


def test_the_command_runs_the_tests_and_tells_failed_from_passed(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = clause(*ids): what is proved\n")
    (tmp_path / "test_x.py").write_text(
        "import pytest\n"
        "@pytest.mark.clause('S0-01')\n"
        "def test_kept(): pass\n"
        "@pytest.mark.clause('S0-02')\n"
        "@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_half_kept(n): assert n == 1\n"
        "def test_unrelated(): assert False\n"
    )
    table = tmp_path / "clauses.csv"
    table.write_text(
        "id,source,requirement,kept_by\nS0-01,《条例》,Done.,core\nS0-02,《条例》,Done.,core\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "zhibu.testing.clauses", "--table", table, "--page", "page.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "S0-02 is not kept: test_x.py::test_half_kept failed" in done.stdout
    assert "S0-01 is" not in done.stdout
    assert "`test_x.py::test_kept`" in (tmp_path / "page.md").read_text("utf-8")
