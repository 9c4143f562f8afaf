"""Workbooks of an institution of any size: its units, and members whose numbers check."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zhibu.forms.identity import check_digit
from zhibu.forms.writing import write
from zhibu.members.rules import Gender, MemberKind, Stage
from zhibu.members.sheets import MEMBERS
from zhibu.organizations.rules import Kind
from zhibu.organizations.sheets import ORGANIZATIONS

BRANCH = 40  # members of a branch, unless another size is asked for
BOOK = 150_000  # members of a workbook; an import takes 200,000
GENERAL = 20  # branches of a general branch
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾"
GIVEN = "云松柏岩峰川海江涛林森磊石岭远航舟帆朗晨旭阳东辰星野原山岳泽润沐霖雷雨霞虹雪梅兰"


def people(numbers: Iterable[int], branch: int = BRANCH) -> Iterator[dict[str, Any]]:
    """Members whose identity numbers check, and whose county was never given out."""
    for n in numbers:
        birth = date(1950, 1, 1) + timedelta(days=n % 18_000)
        gender = (Gender.FEMALE, Gender.MALE)[n % 2]
        digits = f"149901{birth:%Y%m%d}{10 + 2 * (n // 18_000) + n % 2:03d}"
        admitted = date(birth.year + 20 + n % 6, 7, 1)
        probationary = n % 25 == 24 and birth.year >= 1998
        yield {
            "name": SURNAMES[n % 37] + GIVEN[n // 37 % 31] + GIVEN[n // 1_147 % 31],
            "gender": gender,
            "nation": "汉族",
            "identity_number": digits + check_digit(digits),
            "birth_date": birth,
            "education": ("大学本科", "大专", "硕士研究生")[n % 3],
            "phone": f"154{n:08d}",
            "branch": f"ZB{n // branch:05d}",
            "kind": (MemberKind.IN_SERVICE, MemberKind.RETIRED)[birth.year < 1966],
            "stage": Stage.PROBATIONARY if probationary else Stage.FULL,
            "admitted_on": date(2026, 3, 1) if probationary else admitted,
            "full_on": None if probationary else date(admitted.year + 1, 7, 1),
            "joined_on": None,
            "group": None,
            "note": None,
        }


def units(count: int, branch: int = BRANCH) -> Iterator[dict[str, Any]]:
    """General branches of the committee, and the branches that so many members need."""
    branches = -(-count // branch)
    for n in range(-(-branches // GENERAL)):
        yield _unit(f"ZZ{n:04d}", f"第{n}党总支", "COMMITTEE", Kind.GENERAL_BRANCH)
    for n in range(branches):
        yield _unit(f"ZB{n:05d}", f"第{n}党支部", f"ZZ{n // GENERAL:04d}", Kind.BRANCH)


def _unit(code: str, name: str, parent: str, kind: Kind) -> dict[str, Any]:
    founded = date(2000, 1, 1)
    told = {"code": code, "name": name, "parent": parent, "kind": kind, "founded_on": founded}
    return {**told, "short_name": None, "approves": False}


def workbooks(folder: Path, rows: int, branch: int = BRANCH) -> None:
    """The tree's workbook, and as many of members as so many rows take."""
    (folder / f"{ORGANIZATIONS.name}.xlsx").write_bytes(
        write(units(rows, branch), ORGANIZATIONS.columns, ORGANIZATIONS.title)
    )
    for number, start in enumerate(range(0, rows, BOOK)):
        here = range(start, min(start + BOOK, rows))
        book = folder / f"{MEMBERS.name}.{number}.xlsx"
        book.write_bytes(write(people(here, branch), MEMBERS.columns, MEMBERS.title))


def members_books(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{MEMBERS.name}.*.xlsx"))
