"""Handing a message over: only where the operator allows, signed as documented, answers judged."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from zhibu.due import addresses
from zhibu.due.rules.reminders import ChannelKind
from zhibu.due.sending import Letter, Post, Undelivered, signature
from zhibu.errors import Invalid
from zhibu.mail import Mail, SmtpMail
from zhibu.settings import Settings
from zhibu.testing.mail import mail_server
from zhibu.testing.robots import robot

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=abc123"
EMAIL = ChannelKind.EMAIL


class House:
    def __init__(self, settings: Settings) -> None:
        self.mail: Mail = SmtpMail(settings)


def post(**changes: Any) -> Post:
    settings = Settings(mail_encryption="none", **changes)
    return Post(settings, House(settings))


def letter(kind: ChannelKind, address: str, secret: str | None = None) -> Letter:
    return Letter(
        kind=kind,
        address=address,
        secret=secret,
        subject="党务提醒",
        text="您有 3 条党务提醒，请登录查看。",
        key="one",
        at=NOW,
    )


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (ChannelKind.WECOM, DINGTALK),
        (ChannelKind.DINGTALK, WECOM),
        *(
            (ChannelKind.WECOM, address)
            for address in (
                WECOM.replace("https", "http"),
                WECOM.replace("qyapi.weixin.qq.com", "169.254.169.254"),
                WECOM.replace("qyapi.weixin.qq.com", "localhost"),
                WECOM.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com.evil.example"),
                WECOM.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com@evil.example"),
                WECOM.replace("qyapi.weixin.qq.com", "evil.example#@qyapi.weixin.qq.com"),
                WECOM.replace("qyapi.weixin.qq.com", "evil.example\\@qyapi.weixin.qq.com"),
                WECOM.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com:8443"),
                WECOM.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com:x"),
                WECOM.replace("/cgi-bin/webhook/send", "/cgi-bin/webhook/upload_media"),
                WECOM.replace("/cgi-bin", "/../cgi-bin"),
                WECOM + "&debug=1",
                WECOM + "\r\nHost: evil.example",
                "file:///etc/passwd",
                "",
            )
        ),
        *(
            (EMAIL, address)
            for address in (
                "nobody",
                "a@b",
                "a@b.cn, c@d.cn",
                "a@b.cn\r\nBcc: c@d.cn",
                "甲@b.cn",
                "a b@b.cn",
            )
        ),
    ],
)
def test_a_message_goes_nowhere_else(kind: ChannelKind, address: str) -> None:
    with pytest.raises(Invalid):
        addresses.checked(kind, address, Settings())


def test_what_the_operator_allows_is_taken_and_shown_half_hidden() -> None:
    settings = Settings(reminder_domains=("Example.CN",))
    for kind, address, shown in (
        (ChannelKind.WECOM, WECOM, "qyapi.weixin.qq.com …7xxx"),
        (ChannelKind.DINGTALK, DINGTALK, "oapi.dingtalk.com …c123"),
        (EMAIL, "wang@example.cn", "w***@example.cn"),
    ):
        assert addresses.checked(kind, f" {address} ", settings) == address
        assert addresses.masked(kind, address) == shown
    with pytest.raises(Invalid) as refused:
        addresses.checked(EMAIL, "wang@elsewhere.cn", settings)
    assert refused.value.code == "core.mail_domain_refused"


async def test_mail_is_handed_to_the_server_of_the_settings() -> None:
    async with mail_server() as server:
        out = post(mail_host="127.0.0.1", mail_port=server.port)
        assert await out.send(letter(EMAIL, "wang@example.cn")) == "250"
    [found] = server.received
    assert (found["subject"], found["to"]) == ("党务提醒", "wang@example.cn")
    assert found.get_content().strip() == "您有 3 条党务提醒，请登录查看。"


async def test_mail_that_is_refused_is_not_tried_again_and_a_server_that_is_away_is() -> None:
    async with mail_server(RCPT="550 unknown") as server:
        out = post(mail_host="127.0.0.1", mail_port=server.port)
        with pytest.raises(Undelivered) as refused:
            await out.send(letter(EMAIL, "wang@example.cn"))
    with pytest.raises(Undelivered) as away:
        await out.send(letter(EMAIL, "wang@example.cn"))
    with pytest.raises(Undelivered) as unset:
        await post().send(letter(EMAIL, "wang@example.cn"))
    found = [(each.value.final, each.value.away) for each in (refused, away, unset)]
    assert found == [(True, False), (False, True), (False, True)]


@pytest.mark.parametrize(
    ("refusals", "final", "ends"),
    [
        ({"RCPT": "550 5.1.1 unknown"}, True, True),
        ({"RCPT": "554 5.7.1 relay access denied"}, True, False),
        ({"DATA": "554 looks like spam"}, True, False),
        ({"MAIL": "550 5.7.1 no such sender here"}, False, False),
    ],
)
async def test_an_address_ends_by_what_is_said_of_it_alone(
    refusals: dict[str, str], final: bool, ends: bool
) -> None:
    async with mail_server(**refusals) as server:
        with pytest.raises(Undelivered) as refused:
            await post(mail_host="127.0.0.1", mail_port=server.port).send(
                letter(EMAIL, "wang@example.cn")
            )
    assert (refused.value.final, refused.value.ends) == (final, ends)


async def test_a_robot_of_dingtalk_is_signed_as_its_maker_says() -> None:
    async with robot() as taken:
        out = post(webhook_origins=(taken.origin,))
        address = f"{taken.origin}/robot/send?access_token=abc123"
        assert await out.send(letter(ChannelKind.DINGTALK, address, "SECsecret")) == "errcode 0"
        await out.close()
    [(target, body)] = taken.taken
    query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
    stamp = str(int(NOW.timestamp() * 1000))
    sealed = hmac.new(b"SECsecret", f"{stamp}\nSECsecret".encode(), hashlib.sha256).digest()
    assert query == {
        "access_token": "abc123",
        "timestamp": stamp,
        "sign": base64.b64encode(sealed).decode(),
    }
    assert body == {"msgtype": "text", "text": {"content": "您有 3 条党务提醒，请登录查看。"}}
    assert signature("this is secret", datetime.fromtimestamp(1600000000, UTC)) == (
        "&timestamp=1600000000000&sign=MYEtKC4%2FNfMR1l4prX%2B%2Bai6oOf70X1xOf6UlnyUhJH4%3D"
    )


async def test_a_robot_of_wecom_is_sent_a_text_by_its_key_alone() -> None:
    async with robot() as taken:
        out = post(webhook_origins=(taken.origin,))
        address = f"{taken.origin}/cgi-bin/webhook/send?key=693a91f6"
        await out.send(letter(ChannelKind.WECOM, address))
        await out.close()
    assert [target for target, _ in taken.taken] == ["/cgi-bin/webhook/send?key=693a91f6"]
    assert taken.texts == ["您有 3 条党务提醒，请登录查看。"]


@pytest.mark.parametrize(
    ("status", "content", "final"),
    [
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', True),
        (200, b'{"errcode":310000,"errmsg":"sign not match"}', True),
        (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', False),
        (200, b'{"errcode":130101,"errmsg":"send too fast"}', False),
        (200, b"<html>login</html>", False),
        (200, b"[]", False),
        (500, b"", False),
        (429, b"", False),
        (404, b"", True),
        (302, b"", True),
    ],
)
async def test_a_robot_s_answer_says_whether_to_try_again(
    status: int, content: bytes, final: bool
) -> None:
    async with robot((status, content)) as taken:
        out = post(webhook_origins=(taken.origin,))
        with pytest.raises(Undelivered) as refused:
            await out.send(letter(ChannelKind.WECOM, f"{taken.origin}/cgi-bin/webhook/send?key=a"))
        await out.close()
    assert (refused.value.final, refused.value.away) == (final, False)
    assert len(taken.taken) == 1  # no redirection was followed


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async with robot((200, b" " * 5_000_000)) as taken:
        out = post(webhook_origins=(taken.origin,))
        with pytest.raises(Undelivered):
            await out.send(letter(ChannelKind.WECOM, f"{taken.origin}/cgi-bin/webhook/send?key=a"))
        await out.close()


async def test_no_redirection_is_followed() -> None:
    async with robot((307, b"")) as taken:
        out = post(webhook_origins=(taken.origin,))
        with pytest.raises(Undelivered):
            await out.send(letter(ChannelKind.WECOM, f"{taken.origin}/cgi-bin/webhook/send?key=a"))
        await out.close()
        assert [path for path, _ in taken.taken] == ["/cgi-bin/webhook/send?key=a"]


async def test_what_the_operator_allows_no_more_is_not_sent_to() -> None:
    with pytest.raises(Undelivered) as refused:
        await post(webhook_origins=()).send(letter(ChannelKind.WECOM, WECOM))
    assert refused.value.final
    assert refused.value.answer == "core.webhook_refused"
