"""How one is reminded beside the inbox: by what, when, and what became of it."""

from datetime import datetime
from typing import Any

import strawberry

from zhibu.accounts.service.loading import person_of
from zhibu.due.graph.inbox import OWN, known
from zhibu.due.graph.queries import signed_in
from zhibu.due.rules.reminders import ChannelKind, Rhythm
from zhibu.due.service import channels as service
from zhibu.due.store import channels as store
from zhibu.due.store import feeds, sending
from zhibu.graph import Payload, outside, secret
from zhibu.reading import PageSizeInvalid, permitted, public
from zhibu.reading.paging import MAXIMUM

strawberry.enum(Rhythm, name="ReminderRhythm", description="提醒频率。 How often one is reminded.")
strawberry.enum(ChannelKind, name="ReminderChannelKind", description="提醒渠道。 By what.")

_MINE = "the caller's own"


@public(_MINE)
@strawberry.type(description="提醒渠道。 By what one is reminded.")
class ReminderChannel:
    kind: ChannelKind = strawberry.field(description="种类。 What kind it is of.")
    address: str = strawberry.field(description="地址（部分隐藏）。 The address, mostly hidden.")
    set_at: datetime = strawberry.field(description="设定时间。 Since when.")
    ended_at: datetime | None = strawberry.field(
        description="失效时间，须重新设定。 Since when it takes nothing; set it again."
    )
    answer: str | None = strawberry.field(description="失效原因。 What was answered then.")


@public(_MINE)
@strawberry.type(description="本人的提醒方式。 How one is reminded.")
class ReminderSettings:
    rhythm: Rhythm = strawberry.field(description="频率。 How often.")
    quiet_from: str | None = strawberry.field(description="免打扰开始。 Nothing is sent from then.")
    quiet_until: str | None = strawberry.field(description="免打扰结束。 Until then.")
    workdays_only: bool = strawberry.field(description="仅工作日发送。 On working days only.")
    channels: list[ReminderChannel] = strawberry.field(description="渠道。 By what.")
    feed_since: datetime | None = strawberry.field(
        description="日历订阅地址的启用时间。 Since when the calendar has its present address."
    )


@public(_MINE)
@strawberry.type(description="一次发送。 One attempt to reach one.")
class ReminderDelivery:
    kind: ChannelKind = strawberry.field(description="渠道。 By what.")
    at: datetime = strawberry.field(description="时间。 When.")
    delivered: bool = strawberry.field(description="是否送达。 Whether it was taken.")
    answer: str = strawberry.field(description="对方的答复。 What was answered.")


@strawberry.input(description="更改提醒方式。 How one wants to be reminded.")
class ReminderSettingsChangeInput:
    rhythm: Rhythm = strawberry.field(description="频率。 How often.")
    quiet_from: str | None = strawberry.field(
        default=None, description="免打扰开始，如 21:00。 Nothing is sent from then, as HH:MM."
    )
    quiet_until: str | None = strawberry.field(
        default=None, description="免打扰结束，如 08:00。 Until then, as HH:MM."
    )
    workdays_only: bool = strawberry.field(
        default=True, description="仅工作日发送。 On working days only."
    )


@strawberry.input(description="设定提醒渠道。 By what one wants to be reminded.")
class ReminderChannelSetInput:
    kind: ChannelKind = strawberry.field(description="种类。 What kind it is of.")
    address: str = strawberry.field(description="邮箱或 Webhook。 The address, or the webhook.")
    secret: str | None = strawberry.field(
        default=None, description="钉钉加签密钥。 What a robot of DingTalk signs with."
    )


@strawberry.input(description="移除提醒渠道。 What one is no longer reminded by.")
class ReminderChannelRemoveInput:
    kind: ChannelKind = strawberry.field(description="种类。 What kind it is of.")


@strawberry.input(description="日历订阅地址。 About the address of one's calendar.")
class ReminderFeedInput:
    client_mutation_id: str | None = None


@public("the answer to one's own mutation")
@strawberry.type(description="提醒方式变更的结果。 How one is reminded now.")
class ReminderSettingsPayload(Payload):
    settings: ReminderSettings | None = strawberry.field(
        default=None, description="现在的提醒方式。 How one is reminded now."
    )


@public("the answer to one's own mutation")
@strawberry.type(description="日历订阅地址。 The address of one's calendar.")
class ReminderFeedPayload(Payload):
    address: str | None = secret(
        description="秘密地址，只显示一次；本系统不用秘密地址时为空。 "
        "The address, shown once; empty where addresses hold no secret."
    )
    calendar: str | None = secret(
        description="以下列密码打开的地址。 The address that takes the password."
    )
    password: str | None = secret(
        description="密码，只显示一次，用户名任意。 The password, shown once; any user name does."
    )


async def _settings(info: strawberry.Info) -> ReminderSettings:
    return await _present(signed_in(info))


async def _deliveries(info: strawberry.Info, first: int) -> list[ReminderDelivery]:
    context = signed_in(info)
    account = person_of(context.caller)
    if not 1 <= first <= MAXIMUM:
        raise PageSizeInvalid(path=("first",), first=first, maximum=MAXIMUM)
    async with context.home.view(context.tenant_id) as session:
        found = await sending.attempts(session, context.tenant_id, account, first)
    return [
        ReminderDelivery(kind=each.kind, at=each.at, delivered=each.delivered, answer=each.answer)
        for each in found
    ]


@strawberry.type
class ReminderQuery:
    reminder_settings: ReminderSettings = strawberry.field(
        resolver=_settings,
        description="本人的提醒方式。 How one is reminded beside the inbox.",
        metadata=permitted(OWN),
    )
    reminder_deliveries: list[ReminderDelivery] = strawberry.field(
        resolver=_deliveries,
        description="最近的发送，最新在前。 The latest attempts to reach one.",
        metadata=permitted(OWN),
    )


@strawberry.type
class ReminderMutation:
    @outside(permission=OWN)
    async def reminder_settings_change(
        self, context: Any, input: ReminderSettingsChangeInput
    ) -> ReminderSettingsPayload:
        """更改提醒的频率和时段。 Change how often and when one is reminded."""
        async with known(context).act() as act:
            await service.wish(
                act,
                input.rhythm,
                input.quiet_from,
                input.quiet_until,
                workdays_only=input.workdays_only,
            )
        return ReminderSettingsPayload(settings=await _present(context))

    @outside(permission=OWN)
    async def reminder_channel_set(
        self, context: Any, input: ReminderChannelSetInput
    ) -> ReminderSettingsPayload:
        """设定提醒渠道；地址加密保存。 Be reminded by this; the address is kept sealed."""
        async with known(context).act() as act:
            await service.set_channel(
                act, context.platform.settings, input.kind, input.address, input.secret
            )
        return ReminderSettingsPayload(settings=await _present(context))

    @outside(permission=OWN)
    async def reminder_channel_remove(
        self, context: Any, input: ReminderChannelRemoveInput
    ) -> ReminderSettingsPayload:
        """移除提醒渠道。 Be no longer reminded by this."""
        async with known(context).act() as act:
            await service.remove_channel(act, input.kind)
        return ReminderSettingsPayload(settings=await _present(context))

    @outside(permission=OWN)
    async def reminder_feed_renew(
        self, context: Any, input: ReminderFeedInput
    ) -> ReminderFeedPayload:
        """启用新的日历订阅地址，旧地址立即失效。 Another secret address for one's calendar."""
        async with known(context).act() as act:
            text = await service.renew_feed(act)
        settings = context.platform.settings
        base = f"{(settings.address or '').rstrip('/')}/calendar"
        return ReminderFeedPayload(
            address=f"{base}/{text}.ics" if settings.calendar_addresses else None,
            calendar=f"{base}/own.ics",
            password=text,
        )

    @outside(permission=OWN)
    async def reminder_feed_revoke(
        self, context: Any, input: ReminderFeedInput
    ) -> ReminderSettingsPayload:
        """停用日历订阅地址。 Take the secret address of one's calendar away."""
        async with known(context).act() as act:
            await service.revoke_feed(act)
        return ReminderSettingsPayload(settings=await _present(context))


async def _present(context: Any) -> ReminderSettings:
    account = person_of(context.caller)
    async with context.home.view(context.tenant_id) as session:
        wishes = await store.wishes(session, context.tenant_id, account)
        channels = await store.channels(session, context.tenant_id, account)
        since = await feeds.feed_since(session, context.tenant_id, account)
    return ReminderSettings(
        rhythm=wishes.rhythm,
        quiet_from=f"{wishes.quiet_from:%H:%M}" if wishes.quiet_from else None,
        quiet_until=f"{wishes.quiet_until:%H:%M}" if wishes.quiet_until else None,
        workdays_only=wishes.workdays_only,
        channels=[
            ReminderChannel(
                kind=each.kind,
                address=each.address_masked,
                set_at=each.set_at,
                ended_at=each.ended_at,
                answer=each.answer,
            )
            for each in channels
        ],
        feed_since=since,
    )
