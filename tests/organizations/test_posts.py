"""Posts: given with a term, ended, corrected, and gone with the affiliation."""

from datetime import date, timedelta

import pytest

from zhibu.errors import Forbidden, NotFound, Refused
from zhibu.members import service as members
from zhibu.members.rules import Change, Departure, Person, Step
from zhibu.organizations import public, service
from zhibu.organizations.rules import Post, PostKind
from zhibu.testing.register import TODAY, Register, counted

SINCE = date(2024, 1, 1)


async def appointed(
    register: Register, who: Person, at: str = "branch", kind: PostKind = PostKind.SECRETARY
) -> Post:
    async with register.act() as act:
        return await service.appoint(
            act, organization_id=register.units[at].id, member_id=who.id, kind=kind, since=SINCE
        )


async def held(register: Register, who: Person, on: date) -> list[tuple[str, str]]:
    async with register.act() as act:
        posts = await public.posts_of(act.session, act.tenant_id, who.id, on)
        return [(kind, path) for kind, path, _ in posts]


async def test_who_may_not_appoint_is_refused_or_told_nothing(register: Register) -> None:
    who = await register.member("branch")
    for role, at, error in (
        ("", "root", NotFound),
        ("branch_secretary", "other", NotFound),
        ("discipline_inspection_officer", "root", Forbidden),
        ("branch_secretary", "branch", None),
    ):
        async with register.act(role, at) as act:
            appointing = service.appoint(
                act,
                organization_id=register.units["branch"].id,
                member_id=who.id,
                kind=PostKind.SECRETARY,
                since=SINCE,
            )
            if error:
                with pytest.raises(error):
                    await appointing
                assert not act.events
            else:
                await appointing


async def test_a_post_gives_something_from_its_first_day_until_before_its_last(
    register: Register,
) -> None:
    who = await register.member("branch")
    post = await appointed(register, who)
    assert post.term_ends_on == date(2027, 1, 1)
    async with register.act() as act:
        await service.end_post(act, post.id, on=date(2026, 6, 1), reason="改选")
    here = [("secretary", register.units["branch"].path)]
    assert await held(register, who, SINCE - timedelta(1)) == []
    assert await held(register, who, SINCE) == here
    assert await held(register, who, date(2026, 5, 31)) == here
    assert await held(register, who, date(2026, 6, 1)) == []


async def test_a_term_that_is_over_does_not_end_the_post(register: Register) -> None:
    who = await register.member("branch")
    post = await appointed(register, who)
    assert post.term_ends_on
    assert await held(register, who, post.term_ends_on + timedelta(400))


@pytest.mark.clause("BR-6")
async def test_one_secretary_at_a_time_and_no_committee_in_a_small_branch(
    register: Register,
) -> None:
    first, second = await register.member("branch"), await register.member("branch")
    await appointed(register, first)
    with pytest.raises(Refused) as refused:
        await appointed(register, second)
    [error] = refused.value.errors
    assert (error.code, error.facts["holder"]) == ("core.secretary_in_office", first.name)
    with pytest.raises(Refused) as refused:
        await appointed(register, second, kind=PostKind.PUBLICITY_MEMBER)
    [error] = refused.value.errors
    assert error.code == "core.too_few_for_committee"
    assert error.basis
    assert error.facts == {"full": 2, "needed": 7}
    await appointed(register, second, kind=PostKind.DEPUTY_SECRETARY)


async def test_the_holder_belongs_to_the_organization(register: Register) -> None:
    far = await register.member("far")
    with pytest.raises(Refused) as refused:
        await appointed(register, far)
    assert [error.code for error in refused.value.errors] == ["core.holder_outside"]
    await appointed(register, far, at="district")


async def test_an_ended_post_is_not_ended_again_but_may_be_resumed(register: Register) -> None:
    who = await register.member("branch")
    post = await appointed(register, who)
    async with register.act() as act:
        await service.end_post(act, post.id, on=TODAY, reason="误录")
        with pytest.raises(Refused) as refused:
            await service.end_post(act, post.id, on=TODAY, reason="误录")
        assert [error.code for error in refused.value.errors] == ["core.post_over"]
        after = await service.correct_post(act, post.id, reason="误录", resume=True)
        assert after.until is None
        assert act.events[-1].facts["before"] == {"until": TODAY.isoformat()}
        with pytest.raises(Refused) as refused:
            await service.correct_post(act, post.id, reason="更正", until=SINCE - timedelta(1))
        assert [error.code for error in refused.value.errors] == ["core.dates_reversed"]


@pytest.mark.parametrize("at", ["branch", "general"])
async def test_a_transfer_ends_the_posts_that_lie_outside_the_new_branch(
    register: Register, at: str
) -> None:
    who = await register.member("branch")
    await appointed(register, who, at=at)
    async with register.act() as act:
        await members.transfer(
            act, who.id, organization_id=register.units["other"].id, on=TODAY, reason="调动"
        )
    kept = [("secretary", register.units["general"].path)] if at == "general" else []
    assert await held(register, who, TODAY) == kept


async def test_who_leaves_holds_nothing_from_that_day(register: Register) -> None:
    who = await register.member("branch")
    await appointed(register, who, at="district")
    step = Step(
        change=Change.LEFT,
        on=TODAY,
        decision="讣告",
        decided_on=TODAY,
        departure=Departure.DECEASED,
    )
    async with register.act() as act:
        await members.change_stage(act, who.id, step)
    assert await held(register, who, TODAY - timedelta(1))
    assert await held(register, who, TODAY) == []


async def test_a_merger_ends_the_posts_of_the_unit_that_ends(register: Register) -> None:
    who = await register.member("branch")
    await appointed(register, who)
    async with register.act() as act:
        await service.merge(
            act,
            register.units["branch"].id,
            into_id=register.units["other"].id,
            on=TODAY,
            reason="合并",
        )
        assert act.events[-1].facts["posts_ended"] == 1
    assert await held(register, who, TODAY) == []


async def test_an_appointment_takes_few_statements(register: Register) -> None:
    who = await register.member("branch")
    async with register.act() as act, counted(act) as sent:
        await service.appoint(
            act,
            organization_id=register.units["branch"].id,
            member_id=who.id,
            kind=PostKind.SECRETARY,
            since=SINCE,
        )
    assert len(sent) <= 6


async def test_a_post_that_ended_on_the_day_it_began_is_resumed_and_not_given_again(
    register: Register,
) -> None:
    who = await register.member("branch")
    at, kind = register.units["branch"].id, PostKind.RECORDER
    for given in (True, False):
        async with register.act() as act:
            appointing = service.appoint(
                act, organization_id=at, member_id=who.id, kind=kind, since=SINCE, until=SINCE
            )
            if given:
                await appointing
            else:
                with pytest.raises(Refused) as caught:
                    await appointing
    assert [error.code for error in caught.value.errors] == ["core.post_held"]
