"""Doors between institutions: exactly the grant, until it ends, and both ledgers show it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhibu.accounts import errors
from zhibu.accounts.proving import as_proven
from zhibu.accounts.rules.oversight import ROLES, Door
from zhibu.accounts.service import oversight, passwords
from zhibu.accounts.service.oversight import Entered, Wanted
from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.core_actions import ACTIONS, LEDGER_READ, MEMBER_READ
from zhibu.errors import Forbidden, NotFound, Refused, Unauthenticated
from zhibu.tenants.founding import suspend
from zhibu.testing.institutions import Institution
from zhibu.testing.institutions import institution as make
from zhibu.testing.stages import TODAY, Crash, Stage

UNTIL = date(2026, 7, 1)
WORDS = "海滨 / inspector"


def wanted(yunling: Institution, **changes: object) -> Wanted:
    sound = Wanted(
        tenant_code="haibin",
        login="inspector",
        role="discipline_inspection_officer",
        organization_id=yunling.places["committee"],
        since=TODAY,
        until=UNTIL,
        reason="专项督导",
    )
    return replace(sound, **changes)


async def grant(yunling: Institution, by: str = "security", **changes: object) -> Door:
    stage = yunling.stage
    _, signed = await stage.signed(yunling.tenant, by)
    return await oversight.grant(
        stage,
        signed.tenant,
        signed.caller,
        wanted(yunling, **changes),
        now=stage.now,
        request="test",
    )


async def enter(haibin: Institution, door: Door, login: str = "inspector") -> Entered:
    stage = haibin.stage
    _, signed = await stage.signed(haibin.tenant, login)
    return await oversight.enter(
        stage, signed.tenant, signed.caller, door.id, now=stage.now, request="test"
    )


async def revoke(institution: Institution, door: Door, login: str = "security") -> None:
    stage = institution.stage
    _, signed = await stage.signed(institution.tenant, login)
    await oversight.revoke(
        stage,
        signed.tenant,
        signed.caller,
        door.id,
        reason="工作结束",
        now=stage.now,
        request="test",
    )


@pytest.fixture
async def both(yunling: Institution, haibin: Institution) -> tuple[Institution, Institution]:
    await haibin.account("inspector")
    return yunling, haibin


Both = tuple[Institution, Institution]


async def test_only_the_security_administrator_opens_a_door(both: Both) -> None:
    for login in ("system", "audit"):
        with pytest.raises(Forbidden):
            await grant(both[0], login)
    assert await both[0].stage.ledger(both[1].tenant.id, "accounts.oversight_received") == []


async def test_a_grant_is_refused_with_every_reason_at_once(both: Both) -> None:
    with pytest.raises(Refused) as caught:
        await grant(both[0], role="committee_secretary", until=date(2027, 6, 16), reason="")
    assert [type(error) for error in caught.value.errors] == [
        errors.OversightRoleInvalid,
        errors.OversightTermInvalid,
        errors.ReasonMissing,
    ]
    for changes in ({"tenant_code": "nowhere"}, {"login": "nobody"}):
        with pytest.raises(errors.OverseerUnknown):
            await grant(both[0], **changes)
    with pytest.raises(Refused) as caught:
        await grant(both[0], tenant_code="yunling", login="system")
    assert [type(error) for error in caught.value.errors] == [errors.OversightOfOneself]


@pytest.mark.parametrize("role", ROLES)
async def test_an_overseer_reads_exactly_what_was_granted_and_changes_nothing(
    both: Both, edge: Stage, role: str
) -> None:
    yunling, haibin = both
    entered = await enter(haibin, await grant(yunling, role=role))
    async with edge.using(entered.text) as act:
        assert act.tenant.code == "yunling"
        caller = act.caller
        assert (caller.account_id, caller.via, caller.overseer) == (None, "oversight", WORDS)
        assert act.may(MEMBER_READ, yunling.paths["branch"])
        for path in ("root", "rival", "far"):
            assert not any(act.may(action, yunling.paths[path]) for action in ACTIONS), path
        done = {a.verb for a in ACTIONS if act.may(a, yunling.paths["branch"])}
        assert "read" in done
        assert done <= {"read", "read_contact", "read_restricted"}
        assert act.may(LEDGER_READ, yunling.paths["committee"])


async def test_both_ledgers_show_grant_and_entry(both: Both, edge: Stage) -> None:
    yunling, haibin = both
    await enter(haibin, await grant(yunling))
    for institution, events in (
        (yunling, ("oversight_granted", "oversight_entered")),
        (haibin, ("oversight_received", "oversight_entered")),
    ):
        for event in events:
            (facts,) = await edge.ledger(institution.tenant.id, f"accounts.{event}")
            assert facts["overseer"] == WORDS
            assert facts["reason"] == "专项督导"


async def test_the_door_is_closed_before_its_first_day_and_from_its_last(
    both: Both, edge: Stage
) -> None:
    yunling, haibin = both
    door = await grant(yunling, since=TODAY + timedelta(days=1))
    with pytest.raises(errors.OversightEnded):
        await enter(haibin, door)
    edge.now = edge.now.replace(month=6, day=30, hour=15, minute=50)  # 23:50 in Shanghai
    entered = await enter(haibin, door)
    await edge.credentials.authenticate(entered.text, edge.now)
    edge.later(minutes=10)
    with pytest.raises(Unauthenticated):
        await edge.credentials.authenticate(entered.text, edge.now)
    with pytest.raises(errors.OversightEnded):
        await enter(haibin, door)


async def test_only_the_named_account_enters(both: Both) -> None:
    yunling, haibin = both
    await haibin.account("curious", role="district_organization_officer")
    door = await grant(yunling)
    for institution, login in ((haibin, "curious"), (haibin, "security"), (yunling, "security")):
        with pytest.raises(NotFound):
            await enter(institution, door, login)


@pytest.mark.parametrize("by", ["seen", "overseer", "overseers security"])
async def test_revoking_from_either_side_ends_it_at_once_in_both(
    both: Both, edge: Stage, by: str
) -> None:
    yunling, haibin = both
    door = await grant(yunling)
    entered = await enter(haibin, door)
    if by == "seen":
        await revoke(yunling, door)
    else:
        await revoke(haibin, door, "inspector" if by == "overseer" else "security")
    with pytest.raises(Unauthenticated):
        await edge.credentials.authenticate(entered.text, edge.now)
    with pytest.raises(errors.OversightEnded):
        await enter(haibin, door)
    for institution in both:
        (facts,) = await edge.ledger(institution.tenant.id, "accounts.oversight_revoked")
        assert facts["overseer"] == WORDS


async def test_strangers_do_not_revoke(both: Both) -> None:
    yunling, haibin = both
    await haibin.account("curious")
    door = await grant(yunling)
    for institution, login in ((haibin, "curious"), (yunling, "audit")):
        with pytest.raises(NotFound):
            await revoke(institution, door, login)


async def test_a_crash_between_the_two_transactions_is_resumed(both: Both, edge: Stage) -> None:
    yunling, haibin = both
    edge.crash_before = edge.acts + 3  # sign-in, the given side, then the received one
    with pytest.raises(Crash):
        await grant(yunling)
    edge.crash_before = None
    assert len(await edge.ledger(yunling.tenant.id, "accounts.oversight_granted")) == 1
    assert await edge.ledger(haibin.tenant.id, "accounts.oversight_received") == []

    told = await oversight.deliver(edge, yunling.tenant, now=edge.now, request="resumed")
    assert told == 1
    door = await grant(yunling)  # the same again is the same door
    assert len(await edge.ledger(yunling.tenant.id, "accounts.oversight_granted")) == 1
    assert len(await edge.ledger(haibin.tenant.id, "accounts.oversight_received")) == 1
    assert (await enter(haibin, door)).text
    assert await oversight.deliver(edge, yunling.tenant, now=edge.now, request="again") == 0


async def test_a_suspended_counterpart_keeps_no_other_from_being_told(
    both: Both, edge: Stage
) -> None:
    yunling, haibin = both
    third = await make(edge, "third", "第三")
    await third.account("inspector")
    door = await grant(yunling)
    await suspend(edge, "haibin")
    await revoke(yunling, door)
    await grant(yunling, tenant_code="third")
    assert len(await edge.ledger(third.tenant.id, "accounts.oversight_received")) == 1
    await suspend(edge, "haibin", suspended=False)
    assert await oversight.deliver(edge, yunling.tenant, now=edge.now, request="later") == 1
    assert len(await edge.ledger(haibin.tenant.id, "accounts.oversight_revoked")) == 1


async def test_a_grant_is_completed_by_giving_it_again(both: Both, edge: Stage) -> None:
    yunling, haibin = both
    edge.crash_before = edge.acts + 4  # both sides are written, but nobody noted so
    with pytest.raises(Crash):
        await grant(yunling)
    edge.crash_before = None
    door = await grant(yunling)
    assert (await enter(haibin, door)).text
    assert len(await edge.ledger(haibin.tenant.id, "accounts.oversight_received")) == 1


async def test_a_crash_while_revoking_leaves_nobody_inside(both: Both, edge: Stage) -> None:
    yunling, haibin = both
    door = await grant(yunling)
    entered = await enter(haibin, door)
    edge.crash_before = edge.acts + 3
    with pytest.raises(Crash):
        await revoke(yunling, door)
    edge.crash_before = None
    with pytest.raises(Unauthenticated):
        await edge.credentials.authenticate(entered.text, edge.now)
    with pytest.raises(errors.OversightEnded):
        await enter(haibin, door)
    assert await edge.ledger(haibin.tenant.id, "accounts.oversight_revoked") == []
    await oversight.deliver(edge, yunling.tenant, now=edge.now, request="resumed")
    assert len(await edge.ledger(haibin.tenant.id, "accounts.oversight_revoked")) == 1


async def test_a_one_time_password_opens_no_other_institution(both: Both, edge: Stage) -> None:
    yunling, haibin = both
    door = await grant(yunling)
    inspector = await edge.account(haibin.tenant, "inspector")
    async with edge.by(haibin.tenant, "security") as act:
        opened = await passwords.reset(act, edge.passwords, inspector.id)
    arrival = Arrival(now=edge.now, request_id="test")
    found = await sign_in(
        edge, arrival, tenant="haibin", login="inspector", password=opened.password
    )
    signed = await edge.credentials.authenticate(found.text, edge.now)
    with pytest.raises(errors.PasswordChangeDue):
        await oversight.enter(
            edge, signed.tenant, signed.caller, door.id, now=edge.now, request="test"
        )


async def test_an_old_password_that_is_due_opens_no_other_institution(
    both: Both, edge: Stage
) -> None:
    yunling, haibin = both
    door = await grant(yunling)
    assert await enter(haibin, door)
    edge.override("core.password_days", 1)
    edge.now += timedelta(days=2)
    with pytest.raises(errors.PasswordChangeDue):
        await enter(haibin, door)


async def test_whoever_lacks_a_demanded_factor_enters_no_other_institution(
    both: Both, edge: Stage
) -> None:
    yunling, haibin = both
    door = await grant(yunling)
    _, signed = await edge.signed(haibin.tenant, "inspector")
    edge.override("core.second_factor_required", ["everybody"])
    caller = as_proven(signed.caller, edge.parameters, TODAY)
    assert caller.factor_due  # though the account holds no role at home
    with pytest.raises(errors.SecondFactorMissing):
        await oversight.enter(edge, signed.tenant, caller, door.id, now=edge.now, request="test")
