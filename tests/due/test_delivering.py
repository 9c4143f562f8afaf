"""Reminders leave the house by the outbox: when wanted, until they are taken, and without names."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.accounts.service import accounts
from zhibu.due.rules.reminders import ChannelKind
from zhibu.due.schedules import DELIVER, SWEEP
from zhibu.due.sending import Letter, Post, Undelivered
from zhibu.due.service.delivering import deliver
from zhibu.due.service.reminding import remind
from zhibu.due.tables import Delivery, Reminder, ReminderChannel
from zhibu.jobs.running import Runner
from zhibu.mail import SmtpMail
from zhibu.parameters import service as parameters
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import House, Institution
from zhibu.testing.mail import mail_server
from zhibu.testing.robots import robot

ADMITTED, ENDS = date(2025, 9, 1), date(2026, 9, 1)
FIRST = ENDS - timedelta(days=60)  # Friday, 3 July 2026, at noon
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"
NAME = "欧阳预备"

SETTINGS = """settings { rhythm quietFrom quietUntil workdaysOnly feedSince
  channels { kind address endedAt answer } }"""
MUTATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "reminderSettingsChange": ("ReminderSettingsChangeInput", {"rhythm": "IMMEDIATE"}),
    "reminderChannelSet": (
        "ReminderChannelSetInput",
        {"kind": "EMAIL", "address": "wang@example.cn"},
    ),
    "reminderChannelRemove": ("ReminderChannelRemoveInput", {"kind": "EMAIL"}),
    "reminderFeedRenew": ("ReminderFeedInput", {}),
    "reminderFeedRevoke": ("ReminderFeedInput", {}),
}


class Kept:
    """A way out of the house that keeps what it is given; `faults` are raised first."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.faults: dict[ChannelKind, list[Undelivered]] = {}

    async def send(self, letter: Letter) -> str:
        if faults := self.faults.get(letter.kind):
            raise faults.pop(0)
        self.letters.append(letter)
        return "taken"

    async def close(self) -> None: ...


class Reminders(Deadlines):
    """Shortcuts for what leaves the house."""

    async def change(self, login: str, mutation: str, **given: Any) -> dict[str, Any]:
        kind, usual = MUTATIONS[mutation]
        shown = "address" if mutation == "reminderFeedRenew" else SETTINGS
        document = f"""mutation ($input: {kind}!) {{ {mutation}(input: $input) {{
          userErrors {{ code path }} {shown} }} }}"""
        return await self.ask(login, document, {"input": {**usual, **given}})

    async def told(self, login: str, mutation: str, **given: Any) -> list[str]:
        answer = await self.change(login, mutation, **given)
        if "errors" in answer:
            return [each["extensions"]["code"] for each in answer["errors"]]
        return [each["code"] for each in answer["data"][mutation]["userErrors"]]

    def keep(self) -> Kept:
        """Keep what leaves the house."""
        kept: Any = Kept()
        self.at.house.platform.post = kept
        found: Kept = kept
        return found

    async def remind(self, day: date | None = None) -> int:
        """Sweep, and write what is new into the outbox."""
        await self.sweep(day)
        platform, tenant = self.at.house.platform, self.at.tenant
        caller = platform.system(tenant, "due")
        return await remind(lambda: platform.act(tenant, caller), platform.workdays)

    async def deliver(self, after: timedelta = timedelta()) -> dict[str, int]:
        """Send what may be sent, some time later."""
        self.at.house.now += after
        return dict(await deliver(self.at.house.platform, self.at.tenant))

    async def rows(self, table: Any) -> list[dict[str, Any]]:
        async with self.at.operator() as act:
            found = await act.session.execute(select(table.__table__).order_by(table.id))
            return [dict(row._mapping) for row in found]


@pytest.fixture
def reminders(institution: Institution) -> Reminders:
    return Reminders(at=institution)


@pytest.fixture
def kept(reminders: Reminders) -> Kept:
    return reminders.keep()


async def test_only_people_say_how_they_are_reminded(house: House, reminders: Reminders) -> None:
    for mutation, (kind, usual) in MUTATIONS.items():
        document = f"mutation ($i: {kind}!) {{ {mutation}(input: $i) {{ userErrors {{ code }} }} }}"
        answer = await house.ask(document, {"i": usual})
        assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    token = """mutation ($i: TokenCreateInput!) { tokenCreate(input: $i) { text
      userErrors { code } } }"""
    given = {
        "name": "机器",
        "organization": reminders.at.id("committee"),
        "actions": ["core:member:read"],
        "expiresAt": "2026-06-20T00:00:00Z",
    }
    answer = await reminders.at.ask("officer", token, {"i": given})
    reminders.at.credentials["machine"] = answer["data"]["tokenCreate"]["text"]
    for mutation, (kind, usual) in MUTATIONS.items():
        document = f"mutation ($i: {kind}!) {{ {mutation}(input: $i) {{ userErrors {{ code }} }} }}"
        answer = await reminders.at.ask("machine", document, {"i": usual})
        said = answer.get("errors") or answer["data"][mutation]["userErrors"]
        assert said, answer
    assert await reminders.rows(ReminderChannel) == []


async def test_channels_are_sealed_shown_half_hidden_and_only_one_s_own(
    reminders: Reminders,
) -> None:
    answer = await reminders.change("secretary", "reminderChannelSet")
    [channel] = answer["data"]["reminderChannelSet"]["settings"]["channels"]
    assert (channel["kind"], channel["address"]) == ("EMAIL", "w***@example.cn")
    await reminders.change("secretary", "reminderChannelSet", kind="WECOM", address=WECOM)
    rows = repr(await reminders.rows(ReminderChannel))
    assert "wang@" not in rows
    assert "693a91f6" not in rows
    shown = "{ reminderSettings { channels { kind } } reminderDeliveries(first: 5) { at } }"
    answer = await reminders.ask("officer", shown)
    assert answer["data"] == {"reminderSettings": {"channels": []}, "reminderDeliveries": []}
    assert await reminders.told("officer", "reminderChannelRemove") == ["NOT_FOUND"]
    answer = await reminders.change("secretary", "reminderChannelRemove")
    [left] = answer["data"]["reminderChannelRemove"]["settings"]["channels"]
    assert left["kind"] == "WECOM"


async def test_what_cannot_be_kept_is_refused(reminders: Reminders) -> None:
    refused = [
        await reminders.told("secretary", "reminderChannelSet", **given)
        for given in (
            {"address": "nobody"},
            {"kind": "WECOM", "address": "https://169.254.169.254/cgi-bin/webhook/send?key=a"},
            {"secret": "SEC"},
        )
    ]
    assert refused == [
        ["core.mail_address_invalid"],
        ["core.webhook_refused"],
        ["core.channel_secret_unused"],
    ]
    wished = await reminders.told(
        "secretary", "reminderSettingsChange", quietFrom="25:00", quietUntil=None
    )
    assert wished == ["core.time_of_day_invalid", "core.quiet_hours_half"]


async def test_one_message_says_how_much_waits_and_nothing_else(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED, name=NAME)
    await reminders.probationary(ADMITTED)
    assert await reminders.remind(FIRST) == 1
    assert await reminders.remind(FIRST) == 0
    assert await reminders.deliver() == {"sent": 1}
    [letter] = kept.letters
    assert (letter.address, letter.subject) == ("wang@example.cn", "党务提醒")
    assert letter.text == "您有 2 条党务提醒，请登录查看。"
    assert await reminders.deliver(timedelta(hours=1)) == {}
    assert await reminders.remind(FIRST + timedelta(days=3)) == 0
    assert await reminders.remind(ENDS - timedelta(days=30)) == 1


async def test_a_clock_that_jumps_and_comes_back_sends_nothing_twice(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.change("secretary", "reminderChannelSet", kind="EMAIL")
    await reminders.probationary(ADMITTED, name=NAME)
    for days in (3, 0, -1, 3, 4):
        await reminders.remind(FIRST + timedelta(days=days))
        await reminders.deliver()
        await reminders.deliver(-timedelta(hours=1))
    assert len(kept.letters) == 1


async def test_titles_are_told_where_a_parameter_allows_them_and_names_never(
    reminders: Reminders, kept: Kept
) -> None:
    async with reminders.at.operator() as act:
        root = reminders.at.units["root"].id
        name, since = "core.reminder_titles", date(2026, 1, 1)
        await parameters.override(act, root, name, since, True, "经批准")
    reminders.at.house.platform.settings = replace(
        reminders.at.house.platform.settings, address="https://zhibu.example.cn"
    )
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED, name=NAME)
    await reminders.remind(FIRST)
    await reminders.deliver()
    assert kept.letters[0].text.split("\n") == [
        "您有 1 条党务提醒，请登录查看。",
        "· 预备期届满：1",
        "https://zhibu.example.cn",
    ]


async def test_quiet_hours_and_days_off_are_kept(reminders: Reminders, kept: Kept) -> None:
    """The sweep is on Friday at 6; quiet until 8. Saturday's and Sunday's wait for Monday."""
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.probationary(ADMITTED + timedelta(days=1), name="预备乙")
    early = datetime(2026, 7, 2, 22, tzinfo=UTC)
    reminders.at.house.now = early
    await reminders.remind()
    assert await reminders.deliver() == {}
    assert await reminders.deliver(timedelta(hours=2)) == {"sent": 1}
    reminders.at.house.now = early + timedelta(days=1)
    await reminders.remind()
    assert await reminders.deliver(timedelta(days=1, hours=5)) == {}
    assert await reminders.deliver(timedelta(hours=20, minutes=59)) == {}
    assert await reminders.deliver(timedelta(minutes=1)) == {"sent": 1}
    assert kept.letters[1].text == "您有 2 条党务提醒，请登录查看。"


async def test_what_is_done_before_it_is_sent_is_not_sent(reminders: Reminders, kept: Kept) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    [item] = await reminders.inbox("secretary")
    await reminders.do("secretary", "inboxFinish", item=item["id"], note="已安排")
    assert await reminders.deliver() == {"dropped": 1}
    assert kept.letters == []


async def test_nothing_is_sent_to_an_account_that_was_disabled_or_took_its_channel_away(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.at.account("second", "branch_secretary", "branch")
    for login in ("secretary", "second"):
        await reminders.change(login, "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    assert await reminders.remind(FIRST) == 2
    await reminders.change("second", "reminderChannelRemove")
    async with reminders.at.operator() as act:
        await accounts.disable(act, reminders.at.accounts["secretary"])
    assert await reminders.deliver() == {"dropped": 2}
    assert kept.letters == []


async def test_a_channel_that_is_away_is_tried_again_with_pauses_and_stops_no_other(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.change("secretary", "reminderChannelSet", kind="WECOM", address=WECOM)
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    kept.faults[ChannelKind.EMAIL] = [Undelivered("away", away=True)] * 2
    assert await reminders.deliver() == {"waiting": 1, "sent": 1}
    assert [letter.kind for letter in kept.letters] == [ChannelKind.WECOM]
    assert await reminders.deliver(timedelta(seconds=59)) == {}
    assert await reminders.deliver(timedelta(seconds=1)) == {"waiting": 1}
    assert await reminders.deliver(timedelta(minutes=5)) == {"sent": 1}
    answer = await reminders.ask(
        "secretary", "{ reminderDeliveries(first: 9) { kind delivered answer } }"
    )
    found = [
        (each["kind"], each["delivered"], each["answer"])
        for each in answer["data"]["reminderDeliveries"]
    ]
    assert found[:2] == [("EMAIL", True, "taken"), ("EMAIL", False, "away")]
    assert sorted(found[2:]) == [("EMAIL", False, "away"), ("WECOM", True, "taken")]


async def test_a_server_that_is_away_is_asked_once_a_round(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.at.account("second", "branch_secretary", "branch")
    for login in ("secretary", "second"):
        await reminders.change(login, "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    kept.faults[ChannelKind.EMAIL] = [Undelivered("away", away=True)]
    assert await reminders.deliver() == {"waiting": 2}
    assert [row["answer"] for row in await reminders.rows(Delivery)] == ["away"]
    assert await reminders.deliver(timedelta(minutes=5)) == {"sent": 2}


async def test_a_message_that_is_refused_leaves_the_channel(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    kept.faults[ChannelKind.EMAIL] = [Undelivered("554 spam", final=True, ends=False)]
    assert await reminders.deliver() == {"failed": 1}
    answer = await reminders.ask("secretary", "{ reminderSettings { channels { endedAt } } }")
    assert answer["data"]["reminderSettings"]["channels"] == [{"endedAt": None}]


async def test_a_channel_that_refuses_for_good_is_not_tried_again_until_it_is_set_anew(
    reminders: Reminders, kept: Kept
) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    kept.faults[ChannelKind.EMAIL] = [Undelivered("550 unknown", final=True)]
    assert await reminders.deliver() == {"failed": 1}
    answer = await reminders.ask(
        "secretary", "{ reminderSettings { channels { endedAt answer } } }"
    )
    [channel] = answer["data"]["reminderSettings"]["channels"]
    assert channel == {"endedAt": "2026-07-03T04:00:00Z", "answer": "550 unknown"}
    assert await reminders.remind(ENDS - timedelta(days=29)) == 0
    await reminders.change("secretary", "reminderChannelSet")
    assert await reminders.remind() == 1
    assert await reminders.deliver() == {"sent": 1}


async def test_a_message_is_given_up_after_its_last_pause(reminders: Reminders, kept: Kept) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    await reminders.remind(FIRST)
    kept.faults[ChannelKind.EMAIL] = [Undelivered("busy")] * 20
    found = [await reminders.deliver(timedelta(hours=12)) for _ in range(9)]
    assert found == [{"waiting": 1}] * 7 + [{"failed": 1}, {}]
    assert len(await reminders.rows(Delivery)) == 8


async def test_the_clock_sweeps_and_sends(reminders: Reminders, kept: Kept) -> None:
    await reminders.change("secretary", "reminderChannelSet")
    await reminders.probationary(ADMITTED)
    reminders.on(FIRST)
    runner = Runner(reminders.at.house.platform, [], [SWEEP, DELIVER])
    assert await runner.tick() == 1  # nothing is ready to be sent yet
    await runner.run_waiting()
    reminders.at.house.now += timedelta(minutes=5)
    assert await runner.tick() == 1
    await runner.run_waiting()
    assert len(kept.letters) == 1


async def test_no_name_and_no_number_of_anybody_is_in_anything_that_leaves(
    reminders: Reminders, house: House
) -> None:
    """By all three ways at once, over real sockets, with titles allowed."""
    platform = house.platform
    async with reminders.at.operator() as act:
        root, since = reminders.at.units["root"].id, date(2026, 1, 1)
        await parameters.override(act, root, "core.reminder_titles", since, True, "经批准")
    person = await reminders.probationary(ADMITTED, name=NAME)
    async with mail_server() as mail, robot() as group:
        platform.settings = replace(
            platform.settings,
            mail_host="127.0.0.1",
            mail_port=mail.port,
            mail_encryption="none",
            webhook_origins=(group.origin,),
        )
        platform.mail = SmtpMail(platform.settings)
        platform.post = Post(platform.settings, platform)
        await reminders.change("secretary", "reminderChannelSet")
        for kind, path in (
            ("WECOM", "cgi-bin/webhook/send?key"),
            ("DINGTALK", "robot/send?access_token"),
        ):
            given = {"kind": kind, "address": f"{group.origin}/{path}=a"}
            assert await reminders.told("secretary", "reminderChannelSet", **given) == []
        answer = await reminders.change("secretary", "reminderFeedRenew")
        await reminders.remind(FIRST)
        assert await reminders.deliver() == {"sent": 3}
        feed = await house.client.get(answer["data"]["reminderFeedRenew"]["address"])
        await platform.post.close()
    [sent] = mail.received
    out = [sent.as_string(), sent.get_content(), *group.texts, feed.text, repr(group.taken)]
    assert len(group.texts) == 2
    assert "预备期届满" in sent.get_content()
    rows = [repr(await reminders.rows(table)) for table in (Reminder, Delivery)]
    for secret in (NAME, person.identity_masked, "1101"):
        assert not [text for text in (*out, *rows) if secret in text]
