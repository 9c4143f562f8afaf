"""Mail says what became of it: handed over, refused for good, or to be tried again."""

from datetime import UTC, datetime

import pytest

from zhibu.errors import ZhibuError
from zhibu.mail import MailNotSet, MailRefused, MailUnreachable, SmtpMail, written
from zhibu.settings import Settings
from zhibu.testing.mail import mail_server

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
TO = ("audit@example.cn", "second@example.cn")


def mail(port: int) -> SmtpMail:
    sender = "支部 <zhibu@example.cn>"
    return SmtpMail(
        Settings(mail_host="127.0.0.1", mail_port=port, mail_encryption="none", mail_from=sender)
    )


async def test_a_message_arrives_as_it_was_written() -> None:
    async with mail_server() as server:
        await mail(server.port).send(TO, "台账检查点", "云岭市\n序号 12", key="note:12", at=NOON)
    (found,) = server.received
    assert (found["To"], found["Subject"]) == (", ".join(TO), "台账检查点")
    assert found.get_content().split() == ["云岭市", "序号", "12"]
    assert found["From"].addresses[0].addr_spec == "zhibu@example.cn"


def test_what_was_sent_twice_is_one_message() -> None:
    first, again, other = (
        written("a@example.cn", TO, "s", "t", key=key, at=NOON)["Message-ID"]
        for key in ("one", "one", "two")
    )
    assert first == again != other
    assert first.endswith("@example.cn>")


async def test_without_a_server_nothing_is_sent() -> None:
    assert not SmtpMail(Settings()).ready
    with pytest.raises(MailNotSet):
        await SmtpMail(Settings()).send(TO, "s", "t", key="k", at=NOON)


@pytest.mark.parametrize(
    ("refusals", "error"),
    [
        ({"RCPT": "550 unknown"}, MailRefused),
        ({"RCPT": "450 later"}, MailUnreachable),
        ({"DATA": "554 not from you"}, MailRefused),
        ({"DATA": "451 later"}, MailUnreachable),
        ({"MAIL": "550 5.7.1 no such sender here"}, MailUnreachable),
        ({"MAIL": "421 closing"}, MailUnreachable),
        ({"EHLO": "421 closing", "HELO": "421 closing"}, MailUnreachable),
    ],
)
async def test_a_refusal_is_final_or_not(refusals: dict[str, str], error: type[ZhibuError]) -> None:
    async with mail_server(**refusals) as server:
        with pytest.raises(error):
            await mail(server.port).send(TO, "s", "t", key="k", at=NOON)


@pytest.mark.parametrize(
    ("refusals", "unknown"),
    [
        ({"RCPT": "550 5.1.1 unknown"}, True),
        ({"RCPT": "554 5.7.1 relay access denied"}, False),
        ({"DATA": "554 looks like spam"}, False),
    ],
)
async def test_only_who_is_unknown_is_said_to_be(refusals: dict[str, str], unknown: bool) -> None:
    async with mail_server(**refusals) as server:
        with pytest.raises(MailRefused) as refused:
            await mail(server.port).send(TO, "s", "t", key="k", at=NOON)
    assert refused.value.facts["unknown"] is unknown


async def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    async with mail_server() as server:
        port = server.port
    with pytest.raises(MailUnreachable):
        await mail(port).send(TO, "s", "t", key="k", at=NOON)


async def test_nobody_smuggles_a_header_in() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        written("a@example.cn", TO, "s\nBcc: other@example.cn", "t", key="k", at=NOON)
