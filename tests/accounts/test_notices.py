"""Whoever's password or factor changes is told by mail, and nobody else is."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from zhibu.accounts.service import tokens
from zhibu.due.rules.reminders import ChannelKind
from zhibu.due.sending import Letter, Undelivered
from zhibu.identifiers import global_id
from zhibu.jobs.tables import Job
from zhibu.testing.house import PASSWORD, Institution

CHOSEN = "松风水月，未足比其清华。"
MAIL = {"kind": "EMAIL", "address": "wang@example.cn"}
WECOM = {
    "kind": "WECOM",
    "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6",
}


class Kept:
    """A way out of the house that keeps what it is given; `faults` are raised first."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.faults: list[Undelivered] = []

    async def send(self, letter: Letter) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)
        return "taken"

    async def close(self) -> None: ...


@pytest.fixture
def kept(institution: Institution) -> Kept:
    found: Any = Kept()
    institution.house.platform.post = found
    mine: Kept = found
    return mine


async def do(institution: Institution, login: str, mutation: str, shown: str, **given: Any) -> Any:
    kind = mutation[0].upper() + mutation[1:]
    kind = {"SecondFactorConfirm": "SecondFactorCode", "PasswordReset": "Account"}.get(kind, kind)
    document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ {shown} }} }}"
    answer = await institution.ask(login, document, {"input": given})
    assert "errors" not in answer, answer
    return answer["data"][mutation]


async def reachable(institution: Institution, login: str, **channel: str) -> None:
    await do(institution, login, "reminderChannelSet", "userErrors { code }", **channel)


async def told(institution: Institution, kept: Kept) -> list[str]:
    await institution.house.platform.jobs.run_waiting()
    assert {letter.address for letter in kept.letters} <= {"wang@example.cn"}
    return [letter.text for letter in kept.letters]


async def test_nobody_is_told_who_has_set_up_no_mail(institution: Institution, kept: Kept) -> None:
    await reachable(institution, "officer", **WECOM)
    await reachable(institution, "secretary", **MAIL)
    await do(institution, "officer", "passwordChange", "userErrors { code }",
             present=PASSWORD, password=CHOSEN)  # fmt: skip
    assert await told(institution, kept) == []


async def test_another_password_is_told_to_its_owner_without_any_name(
    institution: Institution, kept: Kept
) -> None:
    await reachable(institution, "officer", **MAIL)
    await do(institution, "officer", "passwordChange", "userErrors { code }",
             present=PASSWORD, password=CHOSEN)  # fmt: skip
    (text,) = await told(institution, kept)
    assert text.startswith("您的账号密码已于 ")
    assert "更改" in text
    for word in ("officer", institution.tenant.name, CHOSEN, "{at}", "…"):
        assert word not in text
    assert kept.letters[0].kind is ChannelKind.EMAIL
    await institution.account("guard", "security_administrator")
    account = global_id("Account", institution.accounts["officer"])
    await do(institution, "guard", "passwordReset", "userErrors { code }", account=account)
    assert "重置" in (await told(institution, kept))[1]


async def test_a_new_factor_is_told_once_the_mail_server_is_back(
    institution: Institution, kept: Kept
) -> None:
    await reachable(institution, "officer", **MAIL)
    begun = await do(institution, "officer", "secondFactorEnrol", "setupKey", password=PASSWORD)
    assert await told(institution, kept) == [], "nothing counts yet"
    kept.faults = [Undelivered("away", away=True)]
    code = pyotp.TOTP(begun["setupKey"]).at(institution.house.now)
    await do(institution, "officer", "secondFactorConfirm", "userErrors { code }", code=code)
    assert await told(institution, kept) == []
    institution.house.now += timedelta(minutes=5)
    (text,) = await told(institution, kept)
    assert "第二因素" in text


async def test_a_token_is_told_to_the_account_that_it_acts_for(
    institution: Institution, kept: Kept
) -> None:
    await reachable(institution, "officer", **MAIL)
    async with institution.by("officer") as act:
        await tokens.create(
            act,
            name="看板",
            organization_id=institution.units["committee"].id,
            actions=["core:organization:read"],
            expires_at=act.now + timedelta(days=30),
        )
    (text,) = await told(institution, kept)
    assert "令牌" in text
    for word in ("看板", "officer", "zb_", institution.tenant.name):
        assert word not in text


OTHER = {"kind": "EMAIL", "address": "thief@example.cn"}


async def test_whoever_takes_the_mail_channel_silences_nothing_that_happened_before(
    institution: Institution, kept: Kept
) -> None:
    await reachable(institution, "officer", **MAIL)
    await reachable(institution, "officer", **MAIL)
    await do(institution, "officer", "passwordChange", "userErrors { code }",
             present=PASSWORD, password=CHOSEN)  # fmt: skip
    await reachable(institution, "officer", **OTHER)
    changed, replaced = await told(institution, kept)
    assert "密码" in changed
    assert "改用其他邮箱" in replaced
    for word in ("thief", "wang", "officer", "…"):
        assert word not in replaced
    async with institution.operator() as act:
        given = await act.session.scalars(select(Job.arguments))
    assert "example.cn" not in str(list(given)), "the address is sealed in the job as well"


async def test_the_address_that_is_removed_is_told_so(institution: Institution, kept: Kept) -> None:
    await reachable(institution, "officer", **MAIL)
    await reachable(institution, "officer", **WECOM)
    for kind in ("WECOM", "EMAIL"):
        await do(institution, "officer", "reminderChannelRemove", "userErrors { code }", kind=kind)
    (text,) = await told(institution, kept)
    assert "取消此邮箱" in text
