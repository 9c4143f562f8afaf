"""Second factors: enrolling, signing in by two steps, and what takes a fresh proof."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from math import log2
from typing import Any

import pyotp
import pytest

from zhibu.accounts import errors, store
from zhibu.accounts.factors import _SIGNS
from zhibu.accounts.proving import Use, proven, require_proof
from zhibu.accounts.rules.credentials import PENDING, SESSION, issue
from zhibu.accounts.rules.factors import plain
from zhibu.accounts.service import accounts, factors, passwords, roles, sessions, tokens
from zhibu.accounts.service.asking import Asker
from zhibu.accounts.service.factors.using import opened
from zhibu.accounts.signing_in import Arrival, SignedIn, confirm, sign_in
from zhibu.errors import Forbidden, NotFound, Unauthenticated
from zhibu.parameters.service import override
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import SealBroken
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import PASSWORD, Stage

LOGIN = "security"


def arrival(stage: Stage) -> Arrival:
    return Arrival(now=stage.now, request_id="test")


async def asker(stage: Stage, text: str) -> Asker:
    signed = await stage.credentials.authenticate(text, stage.now)
    return Asker(tenant=signed.tenant, caller=signed.caller, arrival=arrival(stage))


def code(stage: Stage, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(stage.now + timedelta(seconds=30 * steps))


async def enrolled(
    institution: Institution, login: str = LOGIN
) -> tuple[str, str, tuple[str, ...]]:
    """The secret, the session and the recovery codes of an account with a second factor."""
    stage = institution.stage
    text, _ = await stage.signed(institution.tenant, login)
    begun = await factors.enrol(stage, await asker(stage, text), password=PASSWORD)
    given = code(stage, begun.secret)
    found = await factors.confirm(stage, await asker(stage, text), code=given)
    return begun.secret, found.session.text, found.codes


async def first_step(stage: Stage, login: str = LOGIN) -> SignedIn:
    return await sign_in(stage, arrival(stage), tenant="yunling", login=login, password=PASSWORD)


async def second_step(stage: Stage, pending: str, given: str) -> SignedIn:
    return await confirm(stage, arrival(stage), pending=pending, code=given)


async def test_whoever_has_a_second_factor_signs_in_by_two_steps(
    yunling: Institution, edge: Stage
) -> None:
    secret, _, _ = await enrolled(yunling)
    edge.later(minutes=1)
    first = await first_step(edge)
    assert first.pending
    for text in (first.text, first.text.replace(f"{PENDING}_", f"{SESSION}_", 1)):
        with pytest.raises(errors.CredentialEnded):
            await edge.credentials.authenticate(text, edge.now)
    second = await second_step(edge, first.text, code(edge, secret))
    assert not second.pending
    signed = await edge.credentials.authenticate(second.text, edge.now)
    assert signed.caller.proven_at == edge.now
    with pytest.raises(errors.CredentialEnded):
        await second_step(edge, first.text, code(edge, secret, 1))


async def test_a_pending_sign_in_is_of_one_institution_and_lasts_ten_minutes(
    yunling: Institution, haibin: Institution, edge: Stage
) -> None:
    secret, text, _ = await enrolled(yunling)
    first = await first_step(edge)
    foreign = first.text.replace(yunling.tenant.id.hex, haibin.tenant.id.hex)
    for wrong in (foreign, text, issue(PENDING, yunling.tenant.id).text, "", "zp__"):
        with pytest.raises(errors.CredentialEnded):
            await second_step(edge, wrong, code(edge, secret, 1))
    edge.later(minutes=10)
    with pytest.raises(errors.CredentialEnded):
        await second_step(edge, first.text, code(edge, secret))


async def test_a_code_serves_once_and_only_about_its_time(
    yunling: Institution, edge: Stage
) -> None:
    secret, _, _ = await enrolled(yunling)
    first = (await first_step(edge)).text
    for steps in (0, -2, 2):  # the one that enrolled; too old; too early
        with pytest.raises(errors.CodeWrong):
            await second_step(edge, first, code(edge, secret, steps))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code(edge, secret, 1))
    assert await second_step(edge, first, f" {wide[:3]} {wide[3:]}")
    again = (await first_step(edge)).text
    for steps in (1, 0, -1):
        with pytest.raises(errors.CodeWrong):
            await second_step(edge, again, code(edge, secret, steps))


async def test_two_who_come_with_one_code_are_not_both_let_in(
    yunling: Institution, edge: Stage
) -> None:
    secret, _, codes = await enrolled(yunling)
    for given in (code(edge, secret, 1), codes[0]):
        pending = [(await first_step(edge)).text for _ in range(4)]
        found = await asyncio.gather(
            *(second_step(edge, each, given) for each in pending), return_exceptions=True
        )
        kinds = sorted(type(each).__name__ for each in found)
        assert kinds == ["CodeWrong"] * 3 + ["SignedIn"], given
        edge.later(minutes=15)  # nothing is locked by the first round


async def test_guessing_codes_is_locked_for_the_account_however_often_one_begins(
    yunling: Institution, edge: Stage
) -> None:
    secret, _, _ = await enrolled(yunling)
    for _ in range(5):
        first = await first_step(edge)
        with pytest.raises(errors.CodeWrong):
            await second_step(edge, first.text, "000000")
    first = await first_step(edge)
    for _ in range(100):
        with pytest.raises(errors.SignInLocked):
            await second_step(edge, first.text, code(edge, secret, 1))
    tenant = yunling.tenant.id
    assert len(await edge.ledger(tenant, "accounts.code_failed")) == 5
    assert len(await edge.ledger(tenant, "accounts.sign_in_locked")) == 1
    edge.later(minutes=15)
    first = await first_step(edge)
    assert await second_step(edge, first.text, code(edge, secret))


async def test_a_recovery_code_serves_once(yunling: Institution, edge: Stage) -> None:
    _, text, codes = await enrolled(yunling)
    assert len(set(codes)) == 10
    first = (await first_step(edge)).text
    assert await second_step(edge, first, codes[3].upper().replace("-", " "))
    first = (await first_step(edge)).text
    with pytest.raises(errors.CodeWrong):
        await second_step(edge, first, codes[3])
    renewed = await factors.renew_codes(edge, await asker(edge, text), code=codes[4])
    with pytest.raises(errors.CodeWrong):
        await second_step(edge, first, codes[5])
    assert await second_step(edge, first, renewed[0])


async def test_enrolling_takes_the_password_and_a_code_of_the_device(
    yunling: Institution, edge: Stage
) -> None:
    text, _ = await edge.signed(yunling.tenant, LOGIN)
    other, _ = await edge.signed(yunling.tenant, LOGIN)
    with pytest.raises(errors.FactorAbsent):
        await factors.confirm(edge, await asker(edge, text), code="123456")
    with pytest.raises(errors.PasswordWrong):
        await factors.enrol(edge, await asker(edge, text), password="wrong")
    begun = await factors.enrol(edge, await asker(edge, text), password=PASSWORD)
    assert begun.picture.startswith("<svg ")
    assert begun.address.startswith("otpauth://totp/")
    assert begun.secret in begun.address
    with pytest.raises(errors.CodeWrong):
        await factors.confirm(edge, await asker(edge, text), code="000000")
    assert not (await first_step(edge)).pending, "nothing is asked before it is confirmed"
    given = code(edge, begun.secret)
    found = await factors.confirm(edge, await asker(edge, text), code=given)
    for ended in (text, other):
        with pytest.raises(errors.CredentialEnded):
            await edge.credentials.authenticate(ended, edge.now)
    session = await asker(edge, found.session.text)
    with pytest.raises(errors.FactorEnrolled):
        await factors.enrol(edge, session, password=PASSWORD)
    with pytest.raises(errors.FactorEnrolled):
        await factors.confirm(edge, session, code=code(edge, begun.secret, 1))


async def test_the_secret_is_sealed_to_its_account_and_the_codes_are_digests(
    yunling: Institution, edge: Stage
) -> None:
    secret, _, codes = await enrolled(yunling)
    other = (await edge.account(yunling.tenant, "system")).id
    account = (await edge.account(yunling.tenant, LOGIN)).id
    async with edge.by_system(yunling.tenant) as act:
        kept = await store.factors.factor(act.session, act.tenant_id, account)
        assert kept is not None
        assert secret.encode() not in kept.sealed
        assert opened(act, account, kept) == secret
        with pytest.raises(SealBroken):
            opened(act, other, kept)
    assert len(plain(codes[0])) * log2(len(_SIGNS)) > 112


async def test_removing_it_takes_password_and_code_and_ends_the_other_sessions(
    yunling: Institution, edge: Stage
) -> None:
    secret, text, _ = await enrolled(yunling)
    first = (await first_step(edge)).text
    other = (await second_step(edge, first, code(edge, secret, 1))).text
    edge.later(minutes=2)
    me = await asker(edge, text)
    with pytest.raises(errors.PasswordWrong):
        await factors.remove(edge, me, password="wrong", code=code(edge, secret))
    with pytest.raises(errors.CodeWrong):
        await factors.remove(edge, me, password=PASSWORD, code="000000")
    await factors.remove(edge, me, password=PASSWORD, code=code(edge, secret))
    await edge.credentials.authenticate(text, edge.now)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(other, edge.now)
    assert not (await first_step(edge)).pending
    with pytest.raises(errors.FactorAbsent):
        await factors.prove(edge, await asker(edge, text), code=code(edge, secret, 1))
    assert len(await edge.ledger(yunling.tenant.id, "accounts.factor_removed")) == 1


async def test_a_lost_factor_is_reset_by_the_security_administrator_alone(
    yunling: Institution, haibin: Institution, edge: Stage
) -> None:
    await yunling.account("officer", role="committee_officer", at="committee")
    _, text, _ = await enrolled(yunling, "officer")
    account = (await edge.account(yunling.tenant, "officer")).id
    for tenant, login in (
        (yunling.tenant, "system"),
        (yunling.tenant, "audit"),
        (haibin.tenant, "security"),
    ):
        with pytest.raises((Forbidden, NotFound)):
            async with edge.by(tenant, login) as act:
                await factors.reset(act, account, reason="遗失")
    with pytest.raises(errors.ReasonMissing):
        async with edge.by(yunling.tenant, "security") as act:
            await factors.reset(act, account, reason=" ")
    own = (await edge.account(yunling.tenant, "security")).id
    async with edge.by(yunling.tenant, "security") as act:
        await factors.reset(act, account, reason="手机遗失，当面核对")
        with pytest.raises(errors.FactorAbsent):
            await factors.reset(act, account, reason="再次")
        with pytest.raises(errors.OwnAccount):
            await factors.reset(act, own, reason="自己")
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)
    assert not (await first_step(edge, "officer")).pending
    assert await edge.ledger(yunling.tenant.id, "accounts.factor_reset") == [
        {"login": "officer", "reason": "手机遗失，当面核对"}
    ]


async def test_a_new_password_leaves_the_second_factor(yunling: Institution, edge: Stage) -> None:
    await enrolled(yunling)
    async with edge.by_system(yunling.tenant) as act:
        await passwords.set_by_operator(act, edge.passwords, LOGIN, "松风水月，未足比其清华。")
    chosen = "松风水月，未足比其清华。"
    first = await sign_in(edge, arrival(edge), tenant="yunling", login=LOGIN, password=chosen)
    assert first.pending


async def test_proving_renews_the_session_and_makes_it_no_longer(
    yunling: Institution, edge: Stage
) -> None:
    secret, text, _ = await enrolled(yunling)
    before = await edge.credentials.authenticate(text, edge.now)
    edge.later(minutes=20)
    me = await asker(edge, text)
    found = await factors.prove(edge, me, code=code(edge, secret))
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)
    after = await edge.credentials.authenticate(found.text, edge.now)
    assert after.caller.credential_id != before.caller.credential_id
    assert after.caller.proven_at == edge.now
    assert found.proven_until == edge.now + timedelta(minutes=15)
    assert found.expires_at < edge.now + timedelta(hours=8)
    with pytest.raises(errors.CredentialEnded):
        await factors.prove(edge, me, code=code(edge, secret, 1))


Doing = Callable[[Institution, Any], Awaitable[Any]]


async def _assign(institution: Institution, act: Any) -> None:
    account = (await institution.stage.account(institution.tenant, "audit")).id
    await roles.assign(
        act,
        account_id=account,
        role="discipline_inspection_officer",
        organization_id=institution.places["root"],
        since=act.today,
        until=None,
        reason="任命",
    )


async def _token(institution: Institution, act: Any) -> None:
    await tokens.create(
        act,
        name="看板",
        organization_id=institution.places["root"],
        actions=["core:organization:read"],
        expires_at=act.now + timedelta(days=1),
    )


async def _create(institution: Institution, act: Any) -> None:
    await accounts.create(act, institution.stage.passwords, login="new", name="新")


async def _reset(institution: Institution, act: Any) -> None:
    account = (await institution.stage.account(institution.tenant, "audit")).id
    await passwords.reset(act, institution.stage.passwords, account)


async def _reset_factor(institution: Institution, act: Any) -> None:
    account = (await institution.stage.account(institution.tenant, "audit")).id
    with pytest.raises(errors.FactorAbsent):
        await factors.reset(act, account, reason="遗失")


async def _loosen(institution: Institution, act: Any) -> None:
    root = institution.places["root"]
    await override(act, root, "core.sign_in_failures", act.today, 50, "宽松些")


async def test_giving_rights_and_resetting_take_a_fresh_proof(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.second_factor_for", ["grant", "reset"])
    doings: list[Doing] = [_assign, _token, _create, _reset, _reset_factor, _loosen]
    for doing in doings:
        with pytest.raises(errors.SecondFactorMissing) as missing:
            async with edge.by(yunling.tenant, LOGIN) as act:
                await doing(yunling, act)
        assert missing.value.basis is not None
    secret, text, _ = await enrolled(yunling)
    edge.later(minutes=15)
    for doing in doings:
        with pytest.raises(errors.SecondFactorNeeded):
            async with edge.using(text) as act:
                await doing(yunling, act)
    text = (await factors.prove(edge, await asker(edge, text), code=code(edge, secret))).text
    edge.later(minutes=14, seconds=59)
    for doing in doings:
        async with edge.using(text) as act:
            await doing(yunling, act)


async def test_the_policy_is_asked_before_the_second_factor(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.second_factor_for", ["grant", "reset"])
    for doing in (_assign, _token, _create, _reset, _loosen):
        with pytest.raises((Forbidden, NotFound, errors.OrganizationUnknown)):
            async with edge.by(yunling.tenant, "audit") as act:
                await doing(yunling, act)


async def test_what_takes_a_proof_is_the_institutions_and_machines_are_not_asked(
    yunling: Institution, edge: Stage
) -> None:
    edge.override("core.second_factor_for", None)
    async with edge.by(yunling.tenant, LOGIN) as act:
        await _token(yunling, act)
        issued = await tokens.create(
            act,
            name="机器",
            organization_id=yunling.places["root"],
            actions=["core:account:create"],
            expires_at=act.now + timedelta(days=1),
        )
    edge.override("core.second_factor_for", ["grant", "open"])
    async with edge.using(issued.text) as act:
        await _create(yunling, act)
        assert proven(act, Use.OPEN, ROOT)
    async with edge.by(yunling.tenant, LOGIN) as act:
        require_proof(act, Use.EXPORT, ROOT)
        assert not proven(act, Use.OPEN, ROOT)


async def test_machines_have_no_second_factor_of_their_own(
    yunling: Institution, edge: Stage
) -> None:
    async with edge.by(yunling.tenant, LOGIN) as act:
        issued = await tokens.create(
            act,
            name="机器",
            organization_id=yunling.places["root"],
            actions=["core:organization:read"],
            expires_at=act.now + timedelta(days=1),
        )
    machine = await asker(edge, issued.text)
    for attempt in (
        factors.enrol(edge, machine, password=PASSWORD),
        factors.confirm(edge, machine, code="000000"),
        factors.prove(edge, machine, code="000000"),
        factors.remove(edge, machine, password=PASSWORD, code="000000"),
    ):
        with pytest.raises(errors.MachineRefused):
            await attempt


async def test_a_pending_sign_in_is_no_session_to_be_seen_and_ends_with_the_others(
    yunling: Institution, edge: Stage
) -> None:
    secret, text, _ = await enrolled(yunling)
    first = (await first_step(edge)).text
    me = await asker(edge, text)
    await passwords.change(edge, me, present=PASSWORD, chosen="松风水月，未足比其清华。")
    with pytest.raises(Unauthenticated):
        await second_step(edge, first, code(edge, secret, 1))
    async with edge.using(text) as act:
        await sessions.sign_out(act)
