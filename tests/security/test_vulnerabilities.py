"""What could not be looked up is never called clean, and what is known is never hidden."""

import json
from typing import Any

import pytest

from zhibu.testing.vulnerabilities import Ran, Verdict, verdict

FINE = {"name": "casbin", "version": "1.0", "vulns": []}
FLAW = {"id": "CVE-2026-1", "fix_versions": ["1.1"]}
FLAWED = {"name": "orjson", "version": "1.0", "vulns": [FLAW]}
SKIPPED = {"name": "jinja2", "skip_reason": "Dependency not found and could not be audited"}
GAP = Ran(1, "", "ERROR:pip_audit._cli:jinja2: Dependency not found and could not be audited")
OFFLINE = Ran(1, "", "ERROR: Could not connect to the feed\nERROR: your network may be …")


def reported(*dependencies: dict[str, Any], code: int = 0) -> Ran:
    return Ran(code, json.dumps({"dependencies": dependencies, "fixes": []}), "")


def judged(strict: Ran, lenient: Ran | None = None) -> Verdict:
    def run(*options: str) -> Ran:
        answer = strict if options == ("--strict",) else lenient
        assert answer is not None, "asked again for no reason"
        return answer

    return verdict(run)


def test_without_a_connection_nothing_is_checked_and_nothing_fails() -> None:
    found = judged(OFFLINE, OFFLINE)
    assert found.code == 0
    assert found.text.startswith("vulnerabilities: not checked: ERROR: your network")


@pytest.mark.parametrize(
    "said",
    [
        "requests.exceptions.SSLError: HTTPSConnectionPool(…): certificate verify failed",
        "urllib3.exceptions.NameResolutionError: Failed to resolve",
        "timed out after 25 seconds",
    ],
)
def test_however_the_index_is_out_of_reach_nothing_is_called_clean(said: str) -> None:
    away = Ran(1, "", f"Traceback: in requirement.py\n{said}")
    assert judged(away, away) == Verdict(0, f"vulnerabilities: not checked: {said}")


def test_an_index_that_knows_no_vulnerabilities_checks_nothing() -> None:
    found = judged(GAP, reported(FINE, SKIPPED))
    assert found.code == 0
    assert "not checked: 1 of 2 could not be looked up, jinja2 the first" in found.text


def test_a_known_vulnerability_fails() -> None:
    found = judged(reported(FINE, FLAWED, code=1))
    assert found.code == 1
    assert "orjson 1.0: CVE-2026-1, fixed in 1.1" in found.text


def test_a_known_vulnerability_fails_behind_a_gap() -> None:
    found = judged(GAP, reported(SKIPPED, FLAWED, code=1))
    assert found.code == 1
    assert "orjson 1.0: CVE-2026-1" in found.text


def test_a_flaw_without_a_release_that_mends_it_fails_too() -> None:
    flawed = {**FLAWED, "vulns": [{"id": "CVE-2026-2", "fix_versions": []}]}
    assert "CVE-2026-2, fixed in no release yet" in judged(reported(flawed, code=1)).text


def test_only_a_whole_report_is_called_clean() -> None:
    assert judged(reported(FINE, FINE)) == Verdict(
        0, "vulnerabilities: none is known of 2 pinned dependencies"
    )


def test_a_report_about_nothing_is_a_fault() -> None:
    assert judged(reported()).code == 1


def test_a_report_that_ended_badly_without_a_reason_is_a_fault() -> None:
    assert judged(reported(FINE, code=2)).code == 1


def test_a_file_that_cannot_be_read_is_a_fault_and_not_a_gap() -> None:
    found = judged(Ran(1, "", "ERROR: casbin has no hash"))
    assert found == Verdict(
        1,
        "vulnerabilities: pip-audit ended with 1: ERROR: casbin has no hash",
    )
