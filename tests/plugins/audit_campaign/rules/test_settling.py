"""What becomes of a member: the table of each time and plan proposes, and says by which line."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import zhibu_audit_campaign
from zhibu import documents
from zhibu_audit_campaign.rules.settled import told_refusals
from zhibu_audit_campaign.rules.settling import (
    TOLD,
    Condition,
    Course,
    Facts,
    Table,
    proposals,
    table,
)

FILE = Path(zhibu_audit_campaign.__file__).parent / "parameters" / "settlements.yaml"
VALUES: Mapping[date, Any] = documents.loads(FILE.read_text("utf-8"))["audit_campaign.settlements"][
    "values"
]
OLD, NEW = (table(VALUES[since]["value"]) for since in sorted(VALUES))
GOOD = "explains sincere stays clean"


def first(
    known: Table,
    held: str,
    plan: str = "city",
    *,
    lost: date | None = None,
    stopped: date | None = None,
    on: date = date(2016, 4, 10),
) -> tuple[str, str] | None:
    """What the table proposes, and by which clause."""
    facts = Facts(
        plan=plan,
        held=frozenset(map(Condition, held.split())),
        lost_since=lost,
        stopped_since=stopped,
    )
    found = proposals(known, facts, today=on)
    return (found[0].course.value, found[0].clause) if found else None


CASES = {
    "found, explains, sincere, stays and clean: back under management": (
        *("city", f"lost found {GOOD}", "managed", "S3C-14"),
    ),
    "the same by the town's plan: confirmed": ("town", f"found {GOOD}", "managed", "S3D-12"),
    "a poor attitude is not confirmed but corrected": (
        *("town", "found explains insincere stays clean", "correction", "S3D-13"),
    ),
    "a bad record is not confirmed but corrected": (
        *("city", "found explains sincere stays tarnished", "correction", "S3D-13"),
    ),
    "unqualified but resolved to correct": ("city", "stays resolved", "correction", "S3C-21"),
    "who refuses to correct is persuaded": ("city", "found refuses", "persuasion", "S3C-22"),
    "who does not want to stay goes into a disposition": (
        *("city", "found leaves", "persuasion", "S3D-14"),
    ),
    "in a town who clearly does not want to stay has given up": (
        *("town", "found leaves", "given_up", "S3D-25"),
    ),
    "an application of his own makes it a withdrawal in a city": (
        *("city", "found leaves applies", "withdrawal", "S3C-20"),
    ),
    "and in a town as well": ("town", "found leaves applies", "withdrawal", "S3C-20"),
    "only a letter: not recognized": ("city", "unproved", "non_recognition", "S3C-18"),
    "admitted against the rules: not recognized": (
        *("city", "irregular", "non_recognition", "S3C-19"),
    ),
    "a lost probationary member who is found is cancelled": (
        *("city", f"found probationary {GOOD}", "cancellation", "S3C-24"),
    ),
    "and may be extended for a proper reason": (
        *("city", f"found probationary excused {GOOD}", "extension", "S3C-24"),
    ),
    "what breaks discipline is handed over first": ("town", "breached", "referral", "S3D-24"),
    "abroad for a time: the relationship is kept": ("city", "abroad", "retention", "S3C-17"),
    "in a town by a written application": ("town", "abroad", "retention", "S3D-20"),
    "settled abroad: stopped": ("city", "settled_abroad", "stop", "S3C-17"),
    "settled abroad by the town's plan: stopped": ("town", "settled_abroad", "stop", "S3D-21"),
    "a transfer that failed: issued anew": ("city", "unreceipted failed", "reissue", "S3C-17"),
    "in a town too": ("town", "failed", "reissue", "S3D-19"),
    "no receipt and settled there: proof": ("city", "unreceipted arrived", "proof", "S3C-09"),
    "no receipt and not settled: this branch stays responsible": (
        *("city", "unreceipted not_arrived", "responsible", "S3C-09"),
    ),
    "lives elsewhere: transfers": ("city", "elsewhere", "transfer", "S3C-17"),
    "one of a town's four cases: transfers": ("town", "elsewhere", "transfer", "S3D-17"),
    "away and moving often: a card": ("town", "moving", "card", "S3D-18"),
    "hanging: transfers": ("education", "hanging", "transfer", "S3A-28"),
    "in whose pocket a letter is: transfers": ("education", "pocket", "transfer", "S3A-24"),
    "floating: a card": ("education", "floating", "card", "S3A-27"),
}


@pytest.mark.clause(
    *("S3C-14", "S3C-17", "S3C-18", "S3C-19", "S3C-20", "S3C-21", "S3C-22", "S3C-24", "S3C-09"),
    *("S3D-12", "S3D-13", "S3D-14", "S3D-17", "S3D-18", "S3D-19", "S3D-20", "S3D-21", "S3D-24"),
    *("S3D-25", "S3B-08", "A-15", "S3A-26", "S3A-27", "S3A-28"),
)
@pytest.mark.parametrize("name", CASES)
def test_the_table_proposes_by_the_clause(name: str) -> None:
    plan, held, course, clause = CASES[name]
    assert first(OLD, held, plan) == (course, clause)
    assert first(NEW, held, plan) == (course, clause)


@pytest.mark.clause("A-01", "S3C-23", "S3D-25")
def test_the_same_lost_member_was_removed_in_2016_and_is_stopped_since_2019() -> None:
    held, lost = "lost not_found", date(2015, 9, 1)
    assert first(OLD, held, lost=lost) == ("given_up", "S3C-23")
    assert first(OLD, held, "town", lost=lost) == ("given_up", "S3D-25")
    assert first(NEW, held, lost=lost) == ("stop", "EM-24")
    assert first(NEW, held, "town", lost=lost) == ("stop", "EM-24")


@pytest.mark.clause("A-01")
def test_exactly_six_months_are_enough_since_2019_and_were_not_before() -> None:
    held, lost, on = "not_found", date(2015, 8, 31), date(2016, 2, 29)
    assert first(OLD, held, lost=lost, on=on) == ("search_on", "S3D-15")
    assert first(NEW, held, lost=lost, on=on) == ("stop", "EM-24")
    assert first(NEW, held, lost=lost, on=date(2016, 2, 28)) == ("search_on", "S3D-15")


@pytest.mark.clause("A-01")
def test_who_is_still_lost_two_years_after_the_stop_has_given_up() -> None:
    held, stopped = "not_found stopped", date(2020, 6, 15)
    lost = date(2019, 10, 1)
    at = {"lost": lost, "stopped": stopped}
    assert first(NEW, held, **at, on=date(2022, 6, 14)) == ("search_on", "EM-24")
    assert first(NEW, held, **at, on=date(2022, 6, 15)) == ("given_up", "EM-24")


@pytest.mark.clause("S3D-15")
def test_who_cannot_be_reached_and_of_whom_no_day_is_known_is_searched_on() -> None:
    assert first(NEW, "not_found") == ("search_on", "S3D-15")


def test_nothing_is_proposed_of_whom_nothing_is_found() -> None:
    assert first(NEW, "") is None
    assert first(NEW, "found explains") is None


def test_the_other_lines_that_hold_were_weighed() -> None:
    facts = Facts(plan="city", held=frozenset({Condition.ELSEWHERE, Condition.FLOATING}))
    found = proposals(NEW, facts, today=date(2026, 6, 15))
    assert [line.course for line in found] == [Course.TRANSFER, Course.CARD]


def test_what_records_say_is_not_told_and_nothing_against_itself() -> None:
    told = {Condition.FOUND, Condition.STAYS, Condition.LEAVES}
    assert [error.code.removeprefix("audit_campaign.") for error in told_refusals(told)] == [
        "conditions_unfit",
        "conditions_contradict",
    ]
    assert [*told_refusals({Condition.EXPLAINS, Condition.CLEAN})] == []


def test_every_line_asks_for_something_and_is_reached() -> None:
    for known, since in ((OLD, "2016"), (NEW, "2019")):
        rows = VALUES[date(2016, 1, 1) if since == "2016" else date(2019, 5, 6)]["value"]
        assert len(known.lines) == len(rows)
        assert {each for line in known.lines for each in line.when} & TOLD
