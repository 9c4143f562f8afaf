"""The rest of one branch's life: whoever is graded spoke, and was voted on by the others."""

from collections import Counter
from pathlib import Path

import yaml


def test_everybody_who_is_graded_spoke_and_has_the_votes_of_the_others(folder: Path) -> None:
    given = yaml.safe_load((folder / "municipal-organs/life.yaml").read_text("utf-8"))
    [count], [graded], [held] = given["counts"], given["grades"], given["appraisals"]
    voters = set(count["voters"])
    assert {each["member"] for each in given["speeches"]} == voters
    assert {each["member"] for each in count["tallies"]} == voters
    for tally in count["tallies"]:
        assert tally["excellent"] + tally["qualified"] == len(voters) - 1
    grades = Counter(each["grade"] for each in graded["grades"])
    assert grades.total() == len(voters)
    assert 0 < grades["EXCELLENT"] <= len(voters) / 3
    assert str(held["year"]) < held["meeting"][:4], "the year before is appraised"


def test_nobody_talks_or_speaks_of_himself_and_every_kind_of_talk_is_there(folder: Path) -> None:
    given = yaml.safe_load((folder / "municipal-organs/life.yaml").read_text("utf-8"))
    assert all(each["member"] != each["talker"] for each in given["talks"])
    assert all(each["member"] != each["author"] for each in given["remarks"])
    assert {each["kind"] for each in given["talks"]} == {"heart", "reminder", "criticism"}
    assert {each["kind"] for each in given["matters"]} == {
        "analysis",
        "feedback",
        "inspection",
        "opinion",
    }
