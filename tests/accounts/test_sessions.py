"""Signing in, sessions and tokens: who gets in, how far, and until when."""

from datetime import timedelta
from math import log2
from unicodedata import normalize
from uuid import UUID

import pytest

from zhibu.accounts import errors
from zhibu.accounts.rules.credentials import SESSION, TOKEN, issue
from zhibu.accounts.service import accounts, passwords, sessions, tokens
from zhibu.accounts.service.asking import Asker
from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.core_actions import ACCOUNT_READ, MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Forbidden, NotFound, Refused, Unauthenticated
from zhibu.identifiers import new_id
from zhibu.tenants.errors import TenantSuspended
from zhibu.tenants.founding import suspend
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import NOON, PASSWORD, Stage

READS = (ORGANIZATION_READ.name, ACCOUNT_READ.name)


async def enter(stage: Stage, tenant: str, login: str, password: str) -> str:
    arrival = Arrival(now=stage.now, request_id="test")
    return (await sign_in(stage, arrival, tenant=tenant, login=login, password=password)).text


async def choose(stage: Stage, text: str, present: str, chosen: str) -> None:
    """Whoever presents this credential chooses a password."""
    signed = await stage.credentials.authenticate(text, stage.now)
    arrival = Arrival(now=stage.now, request_id="test")
    asker = Asker(tenant=signed.tenant, caller=signed.caller, arrival=arrival)
    await passwords.change(stage, asker, present=present, chosen=chosen)


async def token_of(
    institution: Institution, *actions: str, at: str = "root", days: int = 30
) -> tokens.IssuedToken:
    """A token issued by the security administrator."""
    async with institution.stage.by(institution.tenant, "security") as act:
        return await tokens.create(
            act,
            name="看板",
            organization_id=institution.places[at],
            actions=actions or READS,
            expires_at=act.now + timedelta(days=days),
        )


async def test_what_is_wrong_with_a_sign_in_is_not_said(yunling: Institution, edge: Stage) -> None:
    yunling_code = yunling.tenant.code
    answers = set()
    for tenant, login, password in (
        ("nowhere", "security", PASSWORD),
        (yunling_code, "nobody", PASSWORD),
        (yunling_code, "security", "wrong"),
    ):
        with pytest.raises(errors.SignInRefused) as caught:
            await enter(edge, tenant, login, password)
        answers.add(str(caught.value))
    assert len(answers) == 1
    assert await enter(edge, yunling_code, " Security ", PASSWORD)


async def test_a_session_ends_when_idle_and_after_eight_hours_at_the_latest(
    yunling: Institution, edge: Stage
) -> None:
    edge.now = NOON - timedelta(hours=10)  # so that no midnight falls within
    idle, _ = await edge.signed(yunling.tenant, "system")
    busy, _ = await edge.signed(yunling.tenant, "system")
    for _ in range(16):
        edge.later(minutes=29)
        await edge.credentials.authenticate(busy, edge.now)
        await edge.credentials.settle()
    edge.later(minutes=15)
    await edge.credentials.authenticate(busy, edge.now)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(idle, edge.now)
    edge.later(minutes=1)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(busy, edge.now)


async def test_an_idle_session_ends_although_it_is_remembered(
    yunling: Institution, edge: Stage
) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    edge.later(minutes=29, seconds=59)
    await edge.credentials.authenticate(text, edge.now)
    edge.later(minutes=30)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)


async def test_signing_out_ends_the_session_at_once(yunling: Institution, edge: Stage) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    other, _ = await edge.signed(yunling.tenant, "system")
    async with edge.using(text) as act:
        await sessions.sign_out(act)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)
    await edge.credentials.authenticate(other, edge.now)
    assert await edge.ledger(yunling.tenant.id, "accounts.signed_out") == [{}]


async def test_a_disabled_account_is_out_at_once_and_stays_out(
    yunling: Institution, edge: Stage
) -> None:
    account = await yunling.account("officer", role="committee_officer", at="committee")
    text, _ = await edge.signed(yunling.tenant, "officer")
    async with edge.by(yunling.tenant, "security") as act:
        await accounts.disable(act, account)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)
    with pytest.raises(errors.SignInRefused):
        await enter(edge, "yunling", "officer", PASSWORD)
    async with edge.by(yunling.tenant, "security") as act:
        await accounts.enable(act, account)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)


async def test_another_tenants_credential_opens_nothing_here(
    yunling: Institution, haibin: Institution, edge: Stage
) -> None:
    text, signed = await edge.signed(yunling.tenant, "system")
    assert signed.tenant.code == "yunling"
    forged = text.replace(yunling.tenant.id.hex, haibin.tenant.id.hex)
    assert forged != text
    for wrong in (forged, text[:-1], issue(TOKEN, yunling.tenant.id).text, "", "zs__"):
        with pytest.raises(Unauthenticated):
            await edge.credentials.authenticate(wrong, edge.now)
    unknown = issue("zs", new_id()).text
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(unknown, edge.now)


async def test_an_administrator_ends_others_sessions_and_nobody_else_does(
    yunling: Institution, edge: Stage
) -> None:
    await yunling.account("officer", role="committee_officer", at="committee")
    text, signed = await edge.signed(yunling.tenant, "system")
    session_id = signed.caller.credential_id
    assert isinstance(session_id, UUID)
    with pytest.raises((Forbidden, NotFound)):
        async with edge.by(yunling.tenant, "officer") as act:
            await sessions.end(act, session_id)
    await edge.credentials.authenticate(text, edge.now)
    async with edge.by(yunling.tenant, "security") as act:
        await sessions.end(act, session_id)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(text, edge.now)


async def test_nobody_enters_a_suspended_institution(yunling: Institution, edge: Stage) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    await suspend(edge, "yunling")
    with pytest.raises(TenantSuspended):
        await edge.credentials.authenticate(text, edge.now)
    with pytest.raises(TenantSuspended):
        await enter(edge, "yunling", "system", PASSWORD)
    await suspend(edge, "yunling", suspended=False)
    await edge.credentials.authenticate(text, edge.now)


async def test_a_one_time_password_opens_nothing_but_the_choice_of_an_own_one(
    yunling: Institution, edge: Stage
) -> None:
    await yunling.account("officer", role="committee_officer", at="committee")
    officer = await edge.account(yunling.tenant, "officer")
    async with edge.by(yunling.tenant, "security") as act:
        once = await passwords.reset(act, edge.passwords, officer.id)
    text = await enter(edge, "yunling", "officer", once.password)
    async with edge.using(text) as act:
        assert act.caller.principal.assignments == ()
        assert not act.may(MEMBER_READ, yunling.paths["branch"])
    await choose(edge, text, once.password, PASSWORD)
    async with edge.using(text) as act:
        assert act.may(MEMBER_READ, yunling.paths["branch"])
    with pytest.raises(errors.SignInRefused):
        await enter(edge, "yunling", "officer", once.password)


async def test_a_one_time_password_expires(yunling: Institution, edge: Stage) -> None:
    async with edge.by(yunling.tenant, "security") as act:
        opened = await accounts.create(act, edge.passwords, login="late", name="晚到")
    edge.later(days=14)
    with pytest.raises(errors.SignInRefused):
        await enter(edge, "yunling", "late", opened.password)


async def test_another_password_ends_every_other_session(yunling: Institution, edge: Stage) -> None:
    here, _ = await edge.signed(yunling.tenant, "security")
    there, _ = await edge.signed(yunling.tenant, "security")
    await choose(edge, here, PASSWORD, "松风水月，未足比其清华。")
    await edge.credentials.authenticate(here, edge.now)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(there, edge.now)


async def test_a_password_counts_exactly_as_it_was_chosen(
    yunling: Institution, edge: Stage
) -> None:
    chosen = " " + "Ｎine stéps to the Fountain " * 9 + "x"
    assert 240 < len(chosen) < 256
    text, _ = await edge.signed(yunling.tenant, "security")
    await choose(edge, text, PASSWORD, chosen)
    others = (
        chosen.strip(),
        chosen[:-1],
        chosen[:72],
        chosen.casefold(),
        normalize("NFD", chosen),
        normalize("NFKC", chosen),
    )
    for other in others:
        assert other != chosen
        assert not await edge.passwords.verify(await edge.passwords.hash(chosen), other)
    for other in others[:2]:
        with pytest.raises(errors.SignInRefused):
            await enter(edge, "yunling", "security", other)
    assert await enter(edge, "yunling", "security", chosen)


def test_no_two_credentials_are_alike_and_none_is_short() -> None:
    tenant = UUID(int=7)
    begins = f"{SESSION}_{tenant.hex}_"
    made = {issue(SESSION, tenant).text.removeprefix(begins) for _ in range(1000)}
    assert len(made) == 1000
    assert min(len(each) for each in made) * log2(64) >= 128


async def test_a_password_is_refused_for_what_the_institution_demands(
    yunling: Institution, edge: Stage
) -> None:
    text, _ = await edge.signed(yunling.tenant, "security")
    with pytest.raises(errors.PasswordWrong):
        await choose(edge, text, "no", "松风水月，未足比其清华。")
    edge.override("core.password_minimum", 13)
    for chosen, fault in (
        ("松风水月，未足比其清华。", errors.PasswordTooShort),
        ("yunling-202620262026", errors.PasswordGuessable),
        (PASSWORD, errors.PasswordUnchanged),
    ):
        with pytest.raises((Refused, errors.PasswordUnchanged)) as caught:
            await choose(edge, text, PASSWORD, chosen)
        found = caught.value.errors if isinstance(caught.value, Refused) else [caught.value]
        assert [type(error) for error in found] == [fault]


async def test_a_token_does_what_it_names_where_it_may_and_nothing_else(
    yunling: Institution, edge: Stage
) -> None:
    issued = await token_of(yunling, ORGANIZATION_READ.name, at="committee")
    async with edge.using(issued.text) as act:
        assert act.may(ORGANIZATION_READ, yunling.paths["branch"])
        assert not act.may(ORGANIZATION_READ, yunling.paths["far"])
        assert not act.may(ORGANIZATION_READ, yunling.paths["root"])
        assert not act.may(ACCOUNT_READ, yunling.paths["branch"])
    with pytest.raises(errors.MachineRefused):
        await choose(edge, issued.text, PASSWORD, PASSWORD)


async def test_a_token_cannot_be_given_what_its_creator_may_not_do(yunling: Institution) -> None:
    with pytest.raises(Refused) as caught:
        await token_of(yunling, MEMBER_READ.name, "core:no:such")
    assert [error.facts["action"] for error in caught.value.errors] == [
        "core:member:read",
        "core:no:such",
    ]


@pytest.mark.parametrize("days", [0, 367])
async def test_a_token_ends_within_a_year(yunling: Institution, days: int) -> None:
    with pytest.raises(Refused) as caught:
        await token_of(yunling, days=days)
    assert [type(error) for error in caught.value.errors] == [errors.TokenLifeInvalid]


async def test_an_expired_or_revoked_token_opens_nothing(yunling: Institution, edge: Stage) -> None:
    short, long = await token_of(yunling, days=1), await token_of(yunling)
    for issued in (short, long):
        await edge.credentials.authenticate(issued.text, edge.now)
    with pytest.raises(NotFound):
        async with edge.by(yunling.tenant, "audit") as act:
            await tokens.revoke(act, long.token.id)
    async with edge.by(yunling.tenant, "security") as act:
        await tokens.revoke(act, long.token.id)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(long.text, edge.now)
    edge.later(days=1)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(short.text, edge.now)


async def test_a_token_loses_what_its_account_loses(yunling: Institution, edge: Stage) -> None:
    issued = await token_of(yunling)
    security = await edge.account(yunling.tenant, "security")
    async with edge.by_system(yunling.tenant, "security_administrator") as act:
        await accounts.disable(act, security.id)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(issued.text, edge.now)


async def test_no_secret_is_kept_and_failures_are_in_the_ledger(
    yunling: Institution, edge: Stage
) -> None:
    with pytest.raises(errors.SignInRefused):
        await enter(edge, "yunling", "system", "wrong")
    assert await edge.ledger(yunling.tenant.id, "accounts.sign_in_failed") == [
        {"login": "system", "address": None}
    ]


async def test_signing_in_with_a_phone_number_works_and_the_ledger_masks_it(
    yunling: Institution, edge: Stage
) -> None:
    await yunling.account("13912345678")
    await edge.signed(yunling.tenant, "13912345678")
    facts = await edge.ledger(yunling.tenant.id, "accounts.signed_in")
    assert facts[-1]["login"] == "139****78"


async def test_limits_of_sessions_are_the_institutions_and_administrators_are_held_shorter(
    yunling: Institution, edge: Stage
) -> None:
    edge.now = NOON - timedelta(hours=10)
    await yunling.account("officer")
    for name, value in (("session_idle", 120), ("session_length", 5)):
        edge.override(f"core.{name}", value)
    officer, _ = await edge.signed(yunling.tenant, "officer")
    system, _ = await edge.signed(yunling.tenant, "system")
    edge.later(minutes=31)
    await edge.credentials.authenticate(officer, edge.now)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(system, edge.now)
    for _ in range(2):
        edge.later(minutes=119)
        await edge.credentials.authenticate(officer, edge.now)
    edge.later(minutes=31)
    with pytest.raises(errors.CredentialEnded):
        await edge.credentials.authenticate(officer, edge.now)


async def test_an_old_password_opens_nothing_but_the_choice_of_another_where_that_is_asked(
    yunling: Institution, edge: Stage
) -> None:
    edge.later(days=400)
    async with edge.by(yunling.tenant, "security") as act:
        assert act.may(ACCOUNT_READ, yunling.paths["root"])
    machine = (await token_of(yunling)).text
    edge.override("core.password_days", 90)
    arrival = Arrival(now=edge.now, request_id="test")
    found = await sign_in(edge, arrival, tenant="yunling", login="security", password=PASSWORD)
    assert found.password_change_due
    async with edge.using(found.text) as act:
        assert act.caller.principal.assignments == ()
    async with edge.using(machine) as act:
        assert act.may(ACCOUNT_READ, yunling.paths["root"]), "machines have no passwords"
    await choose(edge, found.text, PASSWORD, "松风水月，未足比其清华。")
    async with edge.using(found.text) as act:
        assert act.may(ACCOUNT_READ, yunling.paths["root"])


@pytest.mark.parametrize("outdated", [False, True])
async def test_a_reset_ends_a_sign_in_that_is_under_way(
    yunling: Institution, edge: Stage, monkeypatch: pytest.MonkeyPatch, outdated: bool
) -> None:
    await yunling.account("zhang")
    account = await edge.account(yunling.tenant, "zhang")
    _, security = await edge.signed(yunling.tenant, "security")
    real, given = edge.passwords.verify, []

    async def reset_after(known: str | None, password: str) -> bool:
        right = await real(known, password)
        if not given:
            async with edge.act(
                yunling.tenant, security.caller, now=edge.now, request_id="test"
            ) as act:
                given.append((await passwords.reset(act, edge.passwords, account.id)).password)
        return right

    monkeypatch.setattr(edge.passwords, "verify", reset_after)
    monkeypatch.setattr(edge.passwords, "outdated", lambda known: outdated)
    for _ in range(2):  # under way while it is reset, and afterwards
        with pytest.raises(errors.SignInRefused):
            await enter(edge, "yunling", "zhang", PASSWORD)
    assert await enter(edge, "yunling", "zhang", given[0])
