"""Roles: who may give which, and that they give nothing before or after their days."""

import asyncio
from datetime import date, timedelta

import pytest

from zhibu.accounts import errors
from zhibu.accounts.service import roles
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import TODAY, Stage

TOMORROW = TODAY + timedelta(days=1)


async def refusals(institution: Institution, **changes: object) -> list[Conflict | Invalid]:
    """Why this assignment was refused; it is sound but for the changes."""
    officer = await institution.stage.account(institution.tenant, "officer")
    wish = {
        "account_id": officer.id,
        "role": "committee_officer",
        "organization_id": institution.places["committee"],
        "since": TODAY,
        "until": None,
        "reason": "任命",
    } | changes
    with pytest.raises(Refused) as caught:
        async with institution.stage.by(institution.tenant, "security") as act:
            await roles.assign(act, **wish)
    return list(caught.value.errors)


@pytest.fixture
async def officer(yunling: Institution) -> Institution:
    await yunling.account("officer")
    return yunling


async def test_only_the_security_administrator_gives_roles(officer: Institution) -> None:
    for login in ("system", "audit", "officer"):
        with pytest.raises((Forbidden, NotFound)):
            async with officer.stage.by(officer.tenant, login) as act:
                await roles.assign(
                    act,
                    account_id=(await officer.stage.account(officer.tenant, "officer")).id,
                    role="committee_officer",
                    organization_id=officer.places["committee"],
                    since=TODAY,
                    until=None,
                    reason="任命",
                )


async def test_a_role_needs_sound_dates_a_known_name_and_a_reason(officer: Institution) -> None:
    faults = await refusals(officer, role="emperor", until=TODAY, reason=" ")
    assert [type(fault) for fault in faults] == [
        errors.RoleUnknown,
        errors.DatesReversed,
        errors.ReasonMissing,
    ]


async def test_being_a_member_is_not_assigned(officer: Institution) -> None:
    (fault,) = await refusals(officer, role="member")
    assert isinstance(fault, errors.RoleByPost)


async def test_nobody_gives_a_role_to_himself(officer: Institution) -> None:
    security = await officer.stage.account(officer.tenant, "security")
    (fault,) = await refusals(officer, account_id=security.id)
    assert isinstance(fault, errors.SelfAssignment)


async def test_the_same_role_is_not_given_twice_for_one_day(officer: Institution) -> None:
    account = await officer.stage.account(officer.tenant, "officer")
    await officer.assign(account.id, "committee_officer", "committee", until=date(2026, 8, 1))
    (fault,) = await refusals(officer, since=date(2026, 7, 31))
    assert isinstance(fault, errors.AssignmentOverlaps)
    await officer.assign(account.id, "committee_officer", "committee", since=date(2026, 8, 1))


async def test_the_administrators_exclude_each_other_even_in_the_future(
    officer: Institution,
) -> None:
    account = await officer.stage.account(officer.tenant, "officer")
    later, until = date(2026, 9, 1), date(2026, 12, 1)
    await officer.assign(account.id, "system_administrator", since=later, until=until)
    (fault,) = await refusals(
        officer,
        role="audit_administrator",
        organization_id=officer.places["committee"],
        since=date(2026, 11, 30),
    )
    assert isinstance(fault, errors.AdministratorsExclude)
    assert fault.facts == {"role": "audit_administrator", "held": "system_administrator"}
    await officer.assign(account.id, "audit_administrator", since=until)


async def test_a_role_gives_nothing_from_the_day_it_ends(officer: Institution) -> None:
    stage = officer.stage
    account = await stage.account(officer.tenant, "officer")
    until = date(2026, 6, 20)
    await officer.assign(
        account.id, "committee_officer", "committee", since=date(2026, 6, 17), until=until
    )
    path = officer.paths["branch"]
    seen = {}
    for day in (15, 16, 17, 19, 20):
        stage.now = stage.now.replace(day=day)
        async with stage.by(officer.tenant, "officer") as act:
            seen[day] = act.may(MEMBER_READ, path)
    assert seen == {15: False, 16: False, 17: True, 19: True, 20: False}


async def test_a_session_loses_a_role_at_midnight_of_the_tenant(officer: Institution) -> None:
    stage = officer.stage
    account = await stage.account(officer.tenant, "officer")
    await officer.assign(account.id, "committee_officer", "committee", until=TOMORROW)
    stage.now = stage.now.replace(hour=15, minute=59, second=59)  # 23:59:59 in Shanghai
    text, signed = await stage.signed(officer.tenant, "officer")
    assert signed.expires_at <= stage.now + timedelta(seconds=1)
    async with stage.using(text) as act:
        assert act.may(MEMBER_READ, officer.paths["branch"])
    stage.later(seconds=1)
    async with stage.using(text) as act:
        assert not act.may(MEMBER_READ, officer.paths["branch"])


async def test_an_ended_role_is_gone_at_once_and_may_be_given_again(officer: Institution) -> None:
    stage = officer.stage
    account = await stage.account(officer.tenant, "officer")
    held = await officer.assign(account.id, "committee_officer", "committee")
    text, _ = await stage.signed(officer.tenant, "officer")
    async with stage.by(officer.tenant, "security") as act:
        await roles.end(act, held, until=TODAY, reason="调离")
    async with stage.using(text) as act:
        assert not act.may(MEMBER_READ, officer.paths["branch"])
    await officer.assign(account.id, "committee_officer", "committee")
    async with stage.using(text) as act:
        assert act.may(MEMBER_READ, officer.paths["branch"])


async def test_ending_never_prolongs_and_never_rewrites_days_that_passed(
    officer: Institution,
) -> None:
    account = await officer.stage.account(officer.tenant, "officer")
    held = await officer.assign(
        account.id, "committee_officer", "committee", since=date(2026, 6, 1), until=TOMORROW
    )
    with pytest.raises(errors.AssignmentEnded):
        async with officer.stage.by(officer.tenant, "security") as act:
            await roles.end(act, held, until=date(2026, 7, 1), reason="延长")
    async with officer.stage.by(officer.tenant, "security") as act:
        ended = await roles.end(act, held, until=date(2026, 6, 2), reason="调离")
    assert ended.until == TODAY


async def test_posts_give_roles_while_they_last(yunling: Institution, edge: Stage) -> None:
    person = await yunling.member("branch")
    await yunling.account("zhang", member_id=person)
    since, until = date(2026, 6, 10), date(2026, 6, 17)
    await yunling.post(person, "secretary", "branch", since=since, until=until)
    await yunling.post(person, "deputy_secretary", "general", since=date(2026, 6, 16))
    await yunling.post(person, "party_group_leader", "group", since=date(2025, 1, 1))
    found = {}
    for day in (15, 16, 17):
        edge.now = edge.now.replace(day=day)
        _, signed = await edge.signed(yunling.tenant, "zhang")
        held = signed.caller.principal.assignments
        found[day] = {(a.role, a.path) for a in held}
    always = {
        ("member", yunling.paths["branch"]),
        ("party_group_leader", yunling.paths["group"]),
    }
    secretary = ("branch_secretary", yunling.paths["branch"])
    deputy = ("general_branch_secretary", yunling.paths["general"])
    assert found == {
        15: always | {secretary},
        16: always | {secretary, deputy},
        17: always | {deputy},
    }


async def test_who_has_left_is_no_member_any_more(yunling: Institution, edge: Stage) -> None:
    person = await yunling.member("branch", left_on=TODAY)
    await yunling.account("gone", member_id=person)
    _, signed = await edge.signed(yunling.tenant, "gone")
    assert signed.caller.principal.assignments == ()


async def test_giving_and_ending_are_in_the_ledger(officer: Institution) -> None:
    account = await officer.stage.account(officer.tenant, "officer")
    held = await officer.assign(account.id, "committee_officer", "committee")
    async with officer.stage.by(officer.tenant, "security") as act:
        await roles.end(act, held, until=TODAY, reason="调离")
    given = await officer.stage.ledger(officer.tenant.id, "accounts.role_assigned")
    ended = await officer.stage.ledger(officer.tenant.id, "accounts.role_ended")
    assert given[-1]["role"] == "committee_officer"
    assert ended[-1]["reason"] == "调离"


async def test_two_at_once_do_not_make_one_account_two_administrators(
    officer: Institution,
) -> None:
    account = await officer.stage.account(officer.tenant, "officer")
    outcomes = await asyncio.gather(
        officer.assign(account.id, "system_administrator"),
        officer.assign(account.id, "audit_administrator"),
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(refused) == 1, outcomes
    assert isinstance(refused[0].errors[0], errors.AdministratorsExclude)
