"""Taking back a slip: who may, how long, and what is left of it. Refusals first."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu.accounts.service import roles
from zhibu.errors import Forbidden, NotFound, Refused, ZhibuError
from zhibu.identifiers import global_id
from zhibu.members import service, store
from zhibu.members.errors import CorrectionNotKept, NothingToUndo, UndoReasonMissing
from zhibu.members.public import member_by_identity, member_of
from zhibu.members.rules import Change, Departure, MemberKind, Person, Stage, Step
from zhibu.members.service import Correction, Entered, Entry
from zhibu.organizations import service as organizations
from zhibu.parameters.service import override
from zhibu.testing.house import Institution, identity

TODAY = date(2026, 6, 15)
NUMBER = identity(700)
UNDO = """mutation ($input: MemberUndoLastInput!) {
  memberUndoLast(input: $input) { member { stage departure } userErrors { code message basis } }
}"""

Doing = Callable[..., Awaitable[Any]]


async def by(institution: Institution, login: str, doing: Doing, *given: Any, **more: Any) -> Any:
    async with institution.by(login) as act:
        return await doing(act, *given, **more)


async def undone(institution: Institution, login: str, id: UUID, what: Entered) -> Person:
    async with institution.by(login) as act:
        return await service.undo_last(act, id, what=what, reason="误录")


async def refused(institution: Institution, login: str, id: UUID, what: Entered) -> list[str]:
    with pytest.raises((ZhibuError, Refused)) as raised:
        await undone(institution, login, id, what)
    error = raised.value
    return [e.code for e in error.errors] if isinstance(error, Refused) else [error.code]


async def registered(institution: Institution, login: str = "secretary") -> Person:
    """Somebody whom the secretary of the branch has just entered."""
    entry = Entry(
        organization_id=institution.units["branch"].id,
        name="错录",
        identity_number=NUMBER,
        kind=MemberKind.IN_SERVICE,
        admitted_on=date(2010, 7, 1),
    )
    full_on = date(2011, 7, 1)
    person: Person = await by(
        institution, login, service.register, entry, full=True, full_on=full_on
    )
    return person


async def mover(institution: Institution) -> None:
    """An account that may transfer today, and only read from tomorrow on."""
    await institution.account("mover", "recorder", "general")
    async with institution.operator() as act:
        await roles.assign(
            act,
            account_id=institution.accounts["mover"],
            role="general_branch_secretary",
            organization_id=institution.units["general"].id,
            since=TODAY,
            until=date(2026, 6, 16),
            reason="代理",
        )


async def moved(institution: Institution, login: str = "mover") -> Person:
    """A member of the branch whom the account has moved to the other branch."""
    person = await institution.member("branch")
    other = institution.units["other"].id
    given = {"organization_id": other, "on": TODAY, "reason": "调动"}
    await by(institution, login, service.transfer, person.id, **given)
    return person


# Who may not


@pytest.mark.parametrize("what", Entered)
async def test_who_did_not_make_the_entry_needs_the_right(
    institution: Institution, what: Entered
) -> None:
    person = await registered(institution)
    with pytest.raises(Forbidden):
        await undone(institution, "recorder", person.id, what)
    with pytest.raises(NotFound):
        await undone(institution, "rival", person.id, what)
    async with institution.operator("district_organization_officer") as act:
        with pytest.raises(Forbidden):
            await service.undo_last(act, person.id, what=what, reason="误录")


async def test_who_made_it_and_sees_the_member_no_longer_finds_nobody(
    institution: Institution,
) -> None:
    await institution.account(
        "gone", "general_branch_secretary", "general", until=date(2026, 6, 16)
    )
    person = await moved(institution, "gone")
    await institution.later(days=1)
    with pytest.raises(NotFound):
        await undone(institution, "gone", person.id, Entered.AFFILIATION)


async def test_a_slip_is_taken_back_with_a_reason_only(institution: Institution) -> None:
    person = await registered(institution)
    with pytest.raises(UndoReasonMissing):
        await by(
            institution, "secretary", service.undo_last, person.id, what=Entered.ENTRY, reason=" "
        )


async def test_after_some_days_even_its_maker_is_told_by_which_rule_not(
    institution: Institution,
) -> None:
    await mover(institution)
    person = await moved(institution)
    await institution.later(days=8)
    input = {"member": global_id("Member", person.id), "what": "AFFILIATION", "reason": "误录"}
    answer = await institution.ask("mover", UNDO, {"input": input}, accept_language="zh-CN")
    payload = answer["data"]["memberUndoLast"]
    assert payload["member"] is None
    [error] = payload["userErrors"]
    assert error["code"] == "core.taken_back_too_late"
    assert error["basis"] == "《平台默认》撤回误录 · 7 天"
    assert "2026年6月15日" in error["message"]


async def test_how_many_days_is_for_the_organization_to_say(institution: Institution) -> None:
    async with institution.operator() as act:
        await override(
            act,
            organization_id=institution.units["branch"].id,
            name="core.days_to_take_back",
            value=0,
            since=TODAY,
            reason="从严",
        )
    person = await registered(institution)
    await institution.later(days=1)
    codes = await refused(institution, "secretary", person.id, Entered.ENTRY)
    assert codes == ["core.taken_back_too_late"]


@pytest.mark.parametrize("later", ["corrected", "merged"])
async def test_what_was_entered_since_stands_in_the_way(
    institution: Institution, later: str
) -> None:
    await mover(institution)
    person = await moved(institution)
    if later == "corrected":
        correction = Correction(nation="回族")
        async with institution.operator() as act:
            await service.correct(act, person.id, correction, reason="更正")
    else:
        units = institution.units
        await institution.later(days=1)
        async with institution.operator() as act:
            into = units["branch"].id
            on = date(2026, 6, 16)
            await organizations.merge(act, units["other"].id, into_id=into, on=on, reason="合并")
    await institution.later(days=1)
    found = await refused(institution, "mover", person.id, Entered.AFFILIATION)
    # After a merger the transfer is not what put the member there, so it is nobody's own slip.
    assert found == (["core.entry_not_last"] if later == "corrected" else ["forbidden"])


async def test_a_departure_is_taken_back_by_its_own_right(institution: Institution) -> None:
    person = await institution.member("branch")
    left = Step(
        change=Change.LEFT,
        on=TODAY,
        decision="决定",
        decided_on=TODAY,
        departure=Departure.WITHDREW,
    )
    await by(institution, "officer", service.change_stage, person.id, left)
    assert await refused(institution, "secretary", person.id, Entered.STAGE) == ["forbidden"]


# Who may


async def test_whoever_made_it_takes_it_back_without_the_right(institution: Institution) -> None:
    await mover(institution)
    person = await moved(institution)
    await institution.later(days=7)
    with pytest.raises(Forbidden):
        await by(
            institution,
            "mover",
            service.transfer,
            person.id,
            organization_id=institution.units["branch"].id,
            on=date(2026, 6, 22),
            reason="调动",
        )
    after = await undone(institution, "mover", person.id, Entered.AFFILIATION)
    assert after.organization_id == institution.units["branch"].id
    assert await refused(institution, "mover", person.id, Entered.AFFILIATION) == ["forbidden"]


async def test_a_secretary_takes_back_somebody_entered_by_mistake(
    institution: Institution,
) -> None:
    person = await registered(institution)
    after = await undone(institution, "secretary", person.id, Entered.ENTRY)
    assert (after.stage, after.departure) == (Stage.LEFT, Departure.ENTERED_BY_MISTAKE)
    listed = '{ members(first: 9, asOf: "%s") { nodes { name } } now: members(first: 9) '
    listed = (listed + "{ nodes { name } } }") % "2015-01-01"
    answer = await institution.ask("secretary", listed)
    assert answer["data"] == {"members": {"nodes": []}, "now": {"nodes": []}}
    last = "{ ledger(first: 1) { nodes { sentence } } }"
    answer = await institution.ask("secretary", last, accept_language="zh-CN")
    [line] = answer["data"]["ledger"]["nodes"]
    assert line["sentence"] == "撤回“错录”最近一条入册记录，理由：误录"


async def test_who_was_entered_by_mistake_does_not_come_back_but_may_be_entered_anew(
    institution: Institution,
) -> None:
    person = await registered(institution)
    await undone(institution, "secretary", person.id, Entered.ENTRY)
    for what in Entered:
        async with institution.operator() as act:
            with pytest.raises((Refused, NothingToUndo)):
                await service.undo_last(act, person.id, what=what, reason="误录")
    back = Step(change=Change.RESTORED, on=TODAY, decision="决定", decided_on=TODAY)
    async with institution.operator() as act:
        with pytest.raises(Refused) as raised:
            await service.change_stage(act, person.id, back)
    assert [error.code for error in raised.value.errors] == ["core.cannot_return"]
    anew = await registered(institution)
    async with institution.operator() as act:
        found = (await member_by_identity(act, [NUMBER]))[NUMBER]
    assert found.id == anew.id != person.id


async def test_whoever_lives_here_long_was_not_entered_by_mistake(institution: Institution) -> None:
    person = await registered(institution)
    await institution.later(days=8)
    for login in ("secretary", "officer"):
        codes = await refused(institution, login, person.id, Entered.ENTRY)
        assert codes == ["core.taken_back_too_late"]


async def test_a_correction_is_taken_back(institution: Institution) -> None:
    person = await institution.member("branch", name="张三", nation="汉族")
    correction = Correction(name="张山", admitted_on=date(2010, 8, 1), clear=frozenset({"nation"}))
    await by(institution, "secretary", service.correct, person.id, correction, reason="更正")
    async with institution.by("secretary") as act:
        await service.undo_last(act, person.id, what=Entered.CORRECTION, reason="误改")
        after = await store.person(act.session, act.tenant_id, person.id)
        stages = await store.stages_of(act.session, act.tenant_id, person.id)
    assert after is not None
    assert (after.name, after.nation, after.admitted_on) == ("张三", "汉族", person.admitted_on)
    assert stages[0].since == person.admitted_on
    with pytest.raises(NothingToUndo):
        await undone(institution, "secretary", person.id, Entered.CORRECTION)


async def test_a_number_that_was_replaced_is_kept_nowhere(institution: Institution) -> None:
    person = await institution.member("branch")
    number = Correction(identity_number=identity(701))
    await by(institution, "secretary", service.correct, person.id, number, reason="更正")
    with pytest.raises(CorrectionNotKept):
        await undone(institution, "secretary", person.id, Entered.CORRECTION)


async def test_education_asks_nothing_of_who_was_entered_by_mistake(
    institution: Institution,
) -> None:
    person = await registered(institution)
    await undone(institution, "secretary", person.id, Entered.ENTRY)
    async with institution.operator() as act:
        assert (await member_of(act, person.id)).left_on == person.admitted_on
    asked = "query ($id: ID!) { member(id: $id) { education(year: 2026) { ground } } }"
    answer = await institution.ask("officer", asked, {"id": global_id("Member", person.id)})
    assert answer["data"]["member"]["education"]["ground"] == "not a member in this year"
