"""What the rules forbid stays forbidden when it is entered late, or as a correction."""

from sqlalchemy import select

from zhibu.events.tables import LedgerEntry
from zhibu.identifiers import global_id
from zhibu.testing.filled import Answer, Filled, told
from zhibu.testing.register import identity

WHY = {"reason": "更正"}
PHONE = "电话 13912345678"


async def admitted(full: Filled) -> str:
    entry = {
        "organization": full.ids["branch"],
        "name": "新党员",
        "identityNumber": identity(901),
        "kind": "IN_SERVICE",
        "admittedOn": "2026-06-01",
        "decision": "支部大会决议",
    }
    answer = await full.do("memberAdmit", entry, "member { id }")
    member: str = answer["data"]["memberAdmit"]["member"]["id"]
    return member


async def appointed(full: Filled, member: str, kind: str) -> str:
    post = {"organization": full.ids["branch"], "member": member, "kind": kind}
    answer = await full.do("postAppoint", {**post, "since": "2026-06-01"}, "post { id }")
    id: str = answer["data"]["postAppoint"]["post"]["id"]
    return id


async def corrected(full: Filled, member: str, **values: str) -> Answer:
    return await full.do(
        "memberCorrect", {"member": member, **WHY, **values}, "member { note fullOn }"
    )


async def test_a_correction_makes_nobody_full(full: Filled) -> None:
    answer = await corrected(full, await admitted(full), fullOn="2026-06-10")
    assert told(answer) == ["core.full_date_of_probationary"]


async def test_a_correction_admits_no_child(full: Filled) -> None:
    for day in ("1985-01-01", "1970-01-01"):
        answer = await corrected(full, full.ids["member0"], admittedOn=day)
        assert told(answer) == ["core.too_young"]


async def test_a_correction_elects_nobody_who_is_on_probation(full: Filled) -> None:
    post = await appointed(full, await admitted(full), "LIAISON")
    answer = await full.do("postCorrect", {"post": post, "kind": "SECRETARY", **WHY})
    assert told(answer) == ["core.holder_not_full"]


async def test_a_post_is_not_resumed_by_who_belongs_elsewhere(full: Filled) -> None:
    member = full.ids["member0"]
    post = await appointed(full, member, "SECRETARY")
    move = {"member": member, "organization": full.ids["far"], "on": "2026-06-10"}
    assert told(await full.do("memberTransfer", {**move, "reason": "调动"})) == []
    answer = await full.do("postCorrect", {"post": post, "resume": True, **WHY})
    assert told(answer) == ["core.holder_outside"]


async def test_dates_of_a_post_that_is_over_are_corrected_after_a_transfer(full: Filled) -> None:
    member = full.ids["member0"]
    post = await appointed(full, member, "SECRETARY")
    move = {"member": member, "organization": full.ids["far"], "on": "2026-06-10"}
    assert told(await full.do("memberTransfer", {**move, "reason": "调动"})) == []
    assert told(await full.do("postCorrect", {"post": post, "until": "2026-06-09", **WHY})) == []


async def test_nobody_is_transferred_into_a_branch_before_it_stood(full: Filled) -> None:
    unit = {"parent": full.ids["general"], "code": "N", "name": "新支部", "kind": "BRANCH"}
    answer = await full.do(
        "organizationCreate", {**unit, "foundedOn": "2026-06-10"}, "organization { id }"
    )
    branch = answer["data"]["organizationCreate"]["organization"]["id"]
    move = {"member": full.ids["member0"], "organization": branch, "reason": "调动"}
    assert told(await full.do("memberTransfer", {**move, "on": "2026-06-09"})) == [
        "core.branch_founded_later"
    ]
    assert told(await full.do("memberTransfer", {**move, "on": "2026-06-10"})) == []


async def test_a_phone_number_in_a_note_can_be_taken_out_again(full: Filled) -> None:
    member = await full.institution.member(note=PHONE)
    id = global_id("Member", member.id)
    assert told(await corrected(full, id, note=f"{PHONE} 转 2")) == ["core.sensitive_in_clear"]
    answer = await corrected(full, id, note="无")
    assert answer["data"]["memberCorrect"]["member"]["note"] == "无"
    async with full.institution.operator("audit_administrator") as act:
        bodies = (await act.session.execute(select(LedgerEntry.body))).scalars().all()
    assert not any("13912345678" in body for body in bodies)
