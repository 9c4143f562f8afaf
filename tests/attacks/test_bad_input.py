"""Bad input of each kind gets its named error, and not one row of the institution is different.

Each case is one refusal: who asks, what, and every code it is answered with. Before and after,
every table of the institution is read whole, the ledger included.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.forms.writing import write as write_form
from zhibu.identifiers import global_id
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.storage.tables import Base
from zhibu.testing.filled import Filled, filled, never, told
from zhibu.testing.house import House
from zhibu.testing.register import identity

FAULTY = Path(__file__).parents[2] / "institutions" / "faulty" / "members.xlsx"
ON = {"on": "2026-06-10", "reason": "测试"}
HOURS = {
    "earnedOn": "2026-06-14",
    "hours": "4",
    "form": "ONLINE",
    "topic": "purpose",
    "title": "网络课程",
    "evidence": "结业证明",
}
MEMBER = {
    "name": "新党员",
    "identityNumber": identity(901),
    "kind": "IN_SERVICE",
    "admittedOn": "2026-06-01",
    "decision": "支部大会决议",
}
POST = {"kind": "LIAISON", "since": "2026-06-01"}
TEACHER = {"name": "周老师", "fullTime": True, "since": "2026-06-01"}
SESSION = {
    "title": "党课",
    "heldOn": "2026-06-14",
    "hours": "2",
    "form": "PARTY_LECTURE",
    "topic": "purpose",
}

# What is wrong, login, mutation, input (`$name` is an id that the institution has), codes
CASES: tuple[tuple[str, str, str, Mapping[str, Any], list[str]], ...] = (
    # Wrong ids
    (
        "no id at all",
        "almighty",
        "memberTransfer",
        {"member": "?", "organization": "$far", **ON},
        ["core.global_id_invalid"],
    ),
    (
        "an id of another kind",
        "almighty",
        "memberTransfer",
        {"member": "$branch", "organization": "$far", **ON},
        ["core.global_id_invalid"],
    ),
    (
        "an id that nobody has",
        "almighty",
        "memberTransfer",
        {"member": "$nobody", "organization": "$far", **ON},
        ["NOT_FOUND"],
    ),
    (
        "an id of another institution",
        "almighty",
        "memberTransfer",
        {"member": "$stranger", "organization": "$far", **ON},
        ["NOT_FOUND"],
    ),
    (
        "an id of another branch's member in a claim",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$member2"},
        ["NOT_FOUND"],
    ),
    # The tree
    (
        "a unit moved under itself",
        "keeper",
        "organizationMove",
        {"organization": "$general", "parent": "$general", **ON},
        ["core.move_under_itself"],
    ),
    (
        "a unit moved under what lies below it: a cycle",
        "keeper",
        "organizationMove",
        {"organization": "$committee", "parent": "$general", **ON},
        ["core.move_under_itself"],
    ),
    (
        "a branch under a branch",
        "keeper",
        "organizationMove",
        {"organization": "$other", "parent": "$branch", **ON},
        ["core.kind_not_allowed"],
    ),
    # A second formal branch
    (
        "a transfer from a branch that the member is not of",
        "almighty",
        "memberTransfer",
        {"member": "$member0", "organization": "$far", "from": "$other", **ON},
        ["core.second_formal_branch"],
    ),
    (
        "somebody admitted who is a member already",
        "almighty",
        "memberAdmit",
        {**MEMBER, "organization": "$far", "identityNumber": "$identity"},
        ["core.identity_taken"],
    ),
    # Dates
    (
        "a role that ends before it begins",
        "almighty",
        "roleAssign",
        {
            "account": "$account.rival",
            "role": "recorder",
            "organization": "$branch",
            "since": "2026-06-10",
            "until": "2026-06-01",
            "reason": "任命",
        },
        ["core.term_reversed"],
    ),
    (
        "a post that ends before it began",
        "almighty",
        "postEnd",
        {"post": "$post", "on": "2019-01-01", "reason": "测试"},
        ["core.dates_reversed"],
    ),
    (
        "a teacher who leaves before coming",
        "officer",
        "educationTeacherAdd",
        {**TEACHER, "organization": "$branch", "until": "2026-05-01"},
        ["education.dates_reversed"],
    ),
    (
        "an admission to come",
        "almighty",
        "memberAdmit",
        {**MEMBER, "organization": "$branch", "admittedOn": "2026-06-16"},
        ["core.not_yet_happened"],
    ),
    # Hours
    (
        "hours below nothing",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "hours": "-4"},
        ["education.hours_not_positive"],
    ),
    (
        "no hours",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "hours": "0"},
        ["education.hours_not_positive"],
    ),
    (
        "more hours than a day may hold",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "hours": "8.01"},
        ["education.day_overfull"],
    ),
    (
        "more hours than are left of the day",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "earnedOn": "2026-06-01", "title": "另一门"},
        ["education.day_overfull"],
    ),
    (
        "a session longer than a day may be",
        "secretary",
        "educationSessionHold",
        {**SESSION, "organization": "$branch", "hours": "9"},
        ["education.day_overfull"],
    ),
    (
        "hours for a day to come",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "earnedOn": "2026-06-16"},
        ["education.credit_in_the_future"],
    ),
    (
        "a session that is said to have been held on a day to come",
        "secretary",
        "educationSessionHold",
        {**SESSION, "organization": "$branch", "heldOn": "2026-06-16"},
        ["education.session_held_in_future"],
    ),
    (
        "everything wrong with a claim at once",
        "mine",
        "educationCreditClaim",
        {**HOURS, "member": "$mine", "hours": "-1", "earnedOn": "2026-06-16", "evidence": None},
        [
            "education.credit_in_the_future",
            "education.evidence_missing",
            "education.hours_not_positive",
        ],
    ),
    # Verification
    (
        "one's own claim verified",
        "mine",
        "educationCreditVerify",
        {"credits": ["$claim"]},
        ["education.own_claim"],
    ),
    (
        "one's own claim verified among others",
        "mine",
        "educationCreditVerify",
        {"credits": ["$theirs", "$claim"]},
        ["education.own_claim"],
    ),
    (
        "one's own claim returned",
        "mine",
        "educationCreditReturn",
        {"credits": ["$claim"], "reason": "x"},
        ["education.own_claim"],
    ),
)


@pytest.fixture
async def ready(house: House) -> Filled:
    """The institution with a secretary `mine` who claimed hours, and a stranger elsewhere."""
    full, elsewhere = await filled(house, "yunling"), await house.found("qingshan")
    stranger = await elsewhere.member()
    mine = await full.institution.member("branch", name="学甲", identity_number=identity(950))
    await full.institution.account("mine", "branch_secretary", "branch", member_id=mine.id)
    full.ids |= {
        "mine": global_id("Member", mine.id),
        "stranger": global_id("Member", stranger.id),
        "nobody": never(full.ids["member0"]),
        "identity": identity(1),
    }
    for name, login, mutation, whose in (
        ("claim", "mine", "educationCreditClaim", "mine"),
        ("theirs", "recorder", "educationCreditRecord", "member0"),
    ):
        given = {**HOURS, "member": full.ids[whose], "hours": "5", "earnedOn": "2026-06-01"}
        answer = await full.do(mutation, given, "credit { id }", login=login)
        full.ids[name] = answer["data"][mutation]["credit"]["id"]
    return full


async def everything(full: Filled) -> dict[str, list[str]]:
    """Every row of the institution, by table; of sessions only that there are."""
    institution, found = full.institution, {}
    home = institution.house.platform.homes.home(institution.tenant.id)
    async with home.view(institution.tenant.id) as session:
        for table in Base.metadata.sorted_tables:
            if "tenant_id" not in table.c:
                continue
            columns = [column for column in table.c if column.name != "seen_at"]
            rows = await session.execute(
                select(*columns).where(table.c.tenant_id == institution.tenant.id)
            )
            found[table.name] = sorted(repr(tuple(row)) for row in rows)
    return found


def named(full: Filled, given: Any) -> Any:
    if isinstance(given, Mapping):
        return {key: named(full, value) for key, value in given.items()}
    if isinstance(given, list):
        return [named(full, each) for each in given]
    known = isinstance(given, str) and given.startswith("$")
    return full.ids[given[1:]] if known else given


async def test_bad_input_gets_its_named_error_and_nothing_is_written(ready: Filled) -> None:
    """One institution for all cases: a refusal leaves it as it was for the next one."""
    before = await everything(ready)
    assert len(before["education_credit"]) == 2
    for wrong, login, mutation, given, codes in CASES:
        answer = await ready.do(mutation, named(ready, given), login=login)
        assert sorted(told(answer)) == codes, (wrong, answer)
        messages = [
            *(error["message"] for error in answer.get("errors", ())),
            *(
                error["message"]
                for payload in (answer.get("data") or {}).values()
                if payload
                for error in payload["userErrors"]
            ),
        ]
        assert all(message and "{" not in message for message in messages), wrong
        after = await everything(ready)
        assert after == before, wrong


async def imported(full: Filled, kind: str, content: Any) -> ImportReport:
    platform, house = full.institution.house.platform, full.institution.house
    signed = await platform.credentials.authenticate(
        full.institution.credentials["almighty"], house.now
    )
    return await import_workbook(
        platform, signed.tenant, signed.caller, sheet_of(platform, kind), content, now=house.now
    )


def workbook(full: Filled, kind: str, *rows: Mapping[str, Any]) -> bytes:
    """A workbook with these rows; what a row leaves out is empty."""
    sheet = sheet_of(full.institution.house.platform, kind)
    empty = dict.fromkeys(column.key for column in sheet.columns)
    return write_form([{**empty, **row} for row in rows], sheet.columns, sheet.title)


TRAINING = {
    "code": "S1",
    "title": "党课",
    "organization": "BRANCH",
    "held_on": date(2026, 6, 10),
    "hours": Decimal(2),
    "form": "party_lecture",
    "topic": "党的宗旨教育",
}
CREDIT = {
    "identity_number": identity(950),
    "name": "学甲",
    "earned_on": date(2026, 6, 10),
    "title": "网络课程",
    "hours": Decimal(3),
    "form": "online",
    "topic": "党的宗旨教育",
}


async def test_a_faulty_workbook_is_refused_whole_with_every_fault_by_name(ready: Filled) -> None:
    before = await everything(ready)
    roster = await imported(ready, "members", FAULTY)
    assert roster.refused
    assert {fault.code for fault in roster.faults} >= {
        "core.identity_digits_lost",
        "core.identity_format",
    }
    assert all(fault.row for fault in roster.faults)
    units = {"code": "NEW", "name": "新支部", "kind": "branch", "parent": "NOWHERE"}
    sessions = (TRAINING, {**TRAINING, "code": "S2", "organization": "NOWHERE"})
    credits = (CREDIT, {**CREDIT, "title": "另一门", "hours": Decimal(9)})
    places = ({"code": "NOWHERE", "identity_number": identity(950), "name": "学甲"},)
    for kind, rows, codes in (
        ("organizations", (units,), {"core.parent_unknown"}),
        ("education_training", sessions, {"education.unit_unknown"}),
        ("education_credits", credits, {"education.day_overfull"}),
        (
            "education_attendance",
            tuple({**row, "presence": "present"} for row in places),
            {"education.session_unknown"},
        ),
    ):
        report = await imported(ready, kind, workbook(ready, kind, *rows))
        assert report.refused, kind
        assert {fault.code for fault in report.faults} == codes, kind
        assert report.written is None
    assert await everything(ready) == before
