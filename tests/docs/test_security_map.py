"""The tables of standards are whole, and what they name is there."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "security"
NUMBERED = re.compile(r"(\d+(?:\.\d+){2})")

# How many requirements of level 1 and 2 each section of ASVS 5.0 has, and which of the section are
# of level 3 instead. Only the numbers: the text is OWASP's.
SECTIONS = {
    "1.1": (2, ()), "1.2": (10, (10,)), "1.3": (12, (12,)), "1.4": (3, ()), "1.5": (3, (3,)),
    "2.1": (3, ()), "2.2": (3, ()), "2.3": (5, (5,)), "2.4": (2, (2,)),
    "3.1": (1, (1,)), "3.2": (3, (3,)), "3.3": (5, (5,)), "3.4": (8, (7, 8)),
    "3.5": (8, (6, 7, 8)), "3.6": (1, (1,)), "3.7": (5, (3, 4, 5)),
    "4.1": (5, (4, 5)), "4.2": (5, (2, 3, 4, 5)), "4.3": (2, ()), "4.4": (4, ()),
    "5.1": (1, ()), "5.2": (6, (4, 5, 6)), "5.3": (3, (3,)), "5.4": (3, ()),
    "6.1": (3, ()), "6.2": (12, ()), "6.3": (8, (5, 6, 7, 8)), "6.4": (6, (5, 6)),
    "6.5": (8, (6, 7, 8)), "6.6": (4, (4,)), "6.7": (2, (1, 2)), "6.8": (4, ()),
    "7.1": (3, ()), "7.2": (4, ()), "7.3": (2, ()), "7.4": (5, ()), "7.5": (3, (3,)),
    "7.6": (2, ()),
    "8.1": (4, (3, 4)), "8.2": (4, (4,)), "8.3": (3, (2, 3)), "8.4": (2, (2,)),
    "9.1": (3, ()), "9.2": (4, ()),
    "10.1": (2, ()), "10.2": (3, (3,)), "10.3": (5, (5,)), "10.4": (16, (12, 13, 14, 15, 16)),
    "10.5": (5, ()), "10.6": (2, ()), "10.7": (3, ()),
    "11.1": (4, (3, 4)), "11.2": (5, (4, 5)), "11.3": (5, (4, 5)), "11.4": (4, ()),
    "11.5": (2, (2,)), "11.6": (2, (2,)), "11.7": (2, (1, 2)),
    "12.1": (5, (4, 5)), "12.2": (2, ()), "12.3": (5, (5,)),
    "13.1": (4, (2, 3, 4)), "13.2": (6, (6,)), "13.3": (4, (3, 4)), "13.4": (7, (6, 7)),
    "14.1": (2, ()), "14.2": (8, (5, 6, 7, 8)), "14.3": (3, ()),
    "15.1": (5, (4, 5)), "15.2": (5, (4, 5)), "15.3": (7, ()), "15.4": (4, (1, 2, 3, 4)),
    "16.1": (1, ()), "16.2": (5, ()), "16.3": (4, ()), "16.4": (3, ()), "16.5": (4, (4,)),
    "17.1": (2, (2,)), "17.2": (8, (5, 6, 7, 8)), "17.3": (2, ()),
}  # fmt: skip
# The sub-items of GB/T 22239-2019, as public checklists letter them.
ITEMS = {1: "abcd", 2: "abcdefg", 3: "abcd", 4: "abcdef", 5: "", 6: "", 7: "ab", 8: "ab",
         9: "abc", 10: "ab", 11: "ab"}  # fmt: skip


def numbers(level_three: bool) -> set[str]:
    """The requirements of level 3, or of the two below it."""
    return {
        f"{section}.{number}"
        for section, (most, third) in SECTIONS.items()
        for number in range(1, most + 1)
        if (number in third) is level_three
    }


@cache
def rows(page: str) -> list[tuple[str, str]]:
    """Of each row of a page's tables the requirement, and what holds it."""
    lines = (PAGES / page).read_text("utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [(each[0], each[-1]) for each in cells if each[0][:1].isdigit()]


def kinds(held: str) -> set[str]:
    """By what a row says that it is held; what says none of it is told as it stands."""
    found = set()
    for part in re.split(
        r"; (?=tests/|`make |page: |installation: |not applicable: |open: )", held
    ):
        for begins in (
            "tests/",
            "`make ",
            "page: ",
            "installation: ",
            "not applicable: ",
            "open: ",
        ):
            if part.startswith(begins):
                found.add(begins.strip("`/: "))
                break
        else:
            found.add(part)
    return found


EVERY = [*rows("asvs.md"), *rows("djbh.md")]
NAMED = sorted(
    {found for _, held in EVERY for found in re.findall(r"(tests/\S+\.py)::(\w+)", held)}
)
KNOWN = {"tests", "make", "page", "installation", "not applicable", "open"}


def test_the_list_is_that_of_the_standard() -> None:
    assert (len(numbers(False)), len(numbers(True))) == (253, 92)


def test_every_requirement_is_judged_once() -> None:
    judged = Counter(number for number, _ in rows("asvs.md"))
    assert {number: count for number, count in judged.items() if count > 1} == {}
    assert numbers(False) - judged.keys() == set()
    assert judged.keys() - numbers(False) - numbers(True) == set()


def test_every_sub_item_is_judged_once() -> None:
    wanted = [f"8.1.4.{n}{f' {part}' if part else ''}" for n, all_ in ITEMS.items() for part in
              all_ or [""]]  # fmt: skip
    assert [item for item, _ in rows("djbh.md")] == wanted


@pytest.mark.parametrize(("number", "held"), EVERY, ids=[number for number, _ in EVERY])
def test_a_judgement_says_by_what(number: str, held: str) -> None:
    assert kinds(held) <= KNOWN
    assert kinds(held)


def test_the_summary_counts_right() -> None:
    judged = [kinds(held) for number, held in rows("asvs.md") if number in numbers(False)]
    count = Counter(
        "open" if "open" in each
        else "not applicable" if "not applicable" in each
        else "installation" if each == {"installation"}
        else "held"
        for each in judged
    )  # fmt: skip
    said = (ROOT / "docs" / "security-map.md").read_text("utf-8")
    assert re.findall(r"\| (\d+) \|", said) == [
        str(count[each]) for each in ("held", "installation", "not applicable", "open")
    ]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file: str, name: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)


def test_every_page_and_every_heading_that_is_named_is_there() -> None:
    for page in ("security-map.md", "security/asvs.md", "security/djbh.md", "security/data.md"):
        at = ROOT / "docs" / page
        for target in re.findall(r"\]\(([^)]+)\)", at.read_text("utf-8")):
            name, _, heading = target.partition("#")
            text = (at.parent / name).read_text("utf-8")
            headings = [line.lstrip("# ").lower() for line in text.splitlines() if line[:1] == "#"]
            anchors = {re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in headings}
            assert not heading or heading in anchors, target


def test_every_check_that_is_named_is_a_command() -> None:
    said = (ROOT / "Makefile").read_text("utf-8")
    for command in set(re.findall(r"`make (\w+)`", str(EVERY))):
        assert f"\n{command}:" in said
