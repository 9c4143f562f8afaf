"""Taking reminders out of the outbox and handing them over, each kind of channel by itself."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import TenantFacts
from zhibu.due.rules.reminders import ChannelKind, ReminderState, pause
from zhibu.due.sending import Letter, Undelivered
from zhibu.due.service.waiting import waiting_for
from zhibu.due.store import channels, sending
from zhibu.due.store import inbox as store
from zhibu.due.store.sending import Waiting
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import Place

if TYPE_CHECKING:  # the platform has the ways out of the house
    from zhibu.platform import Platform

BATCH = 20
LEASE = timedelta(minutes=10)  # longer than a batch takes if everybody times out


@dataclass(frozen=True)
class Outcome:
    """What became of one message: its state, what was answered, and when to try again."""

    state: ReminderState
    answer: str = ""
    tried: bool = True
    again: datetime | None = None
    ends_channel: bool = False
    away: bool = False


async def ready(platform: "Platform", tenant: TenantFacts) -> bool:
    """Whether any message may be sent now."""
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        return await sending.anything(session, tenant.id, platform.clock())


async def deliver(platform: "Platform", tenant: TenantFacts) -> Counter[str]:
    """Send what may be sent now; how many messages came to which end.

    The kinds of channels go side by side, and one whose server does not answer is left alone until
    the next time: a way that is closed keeps no other waiting.
    """
    counts = await asyncio.gather(*(_deliver(platform, tenant, kind) for kind in ChannelKind))
    return sum(counts, Counter())


async def _deliver(platform: "Platform", tenant: TenantFacts, kind: ChannelKind) -> Counter[str]:
    home, counts = platform.homes.home(tenant.id), Counter[str]()
    while True:
        now = platform.clock()
        async with home.act(tenant.id) as session:
            taken = await sending.take(session, tenant.id, now, now + LEASE, kind, BATCH)
        if not taken:
            return counts
        away = False
        for waiting in taken:
            outcome = await _handed_over(platform, tenant, waiting, untried=away)
            async with home.act(tenant.id) as session:
                await _keep(platform, session, tenant, waiting, outcome)
            counts[outcome.state] += 1
            away = away or outcome.away
        if away:
            return counts


async def _handed_over(
    platform: "Platform", tenant: TenantFacts, waiting: Waiting, *, untried: bool
) -> Outcome:
    now = platform.clock()
    if waiting.channel is None:
        return Outcome(ReminderState.DROPPED, tried=False)
    if untried:  # the server was found away just now
        return Outcome(ReminderState.WAITING, tried=False, again=now + timedelta(minutes=1))
    letter = await _letter(platform, tenant, waiting, waiting.channel)
    if letter is None:
        return Outcome(ReminderState.DROPPED, tried=False)
    try:
        answer = await platform.post.send(letter)
    except Undelivered as error:
        wait = None if error.final else pause(waiting.attempts + 1)
        return Outcome(
            ReminderState.FAILED if wait is None else ReminderState.WAITING,
            error.answer,
            again=None if wait is None else platform.clock() + wait,
            ends_channel=error.ends,
            away=error.away,
        )
    return Outcome(ReminderState.SENT, answer)


async def _letter(
    platform: "Platform", tenant: TenantFacts, waiting: Waiting, channel: channels.Channel
) -> Letter | None:
    """The message as it is true now; None when nothing waits any more.

    How many items wait, and where to sign in. What they are about is said only where a parameter
    allows the titles, and whom they are about never.
    """
    now = platform.clock()
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        found = await waiting_for(platform, session, tenant, channel.account_id, now)
        if found is None:
            return None
        wanted, locale = found
        by_kind = await store.by_kind(session, wanted)
    if not by_kind:
        return None
    texts, book = platform.texts, (await platform.snapshot(tenant.id)).parameters
    facts = {"count": sum(by_kind.values())}
    lines = [texts.filled("reminders", "text", facts, locale)]
    if book.yes("core.reminder_titles", ROOT, wanted.today):
        lines += [
            texts.filled(
                "reminders",
                "title",
                {"title": texts.label("due", kind, locale), "count": count},
                locale,
            )
            for kind, count in sorted(by_kind.items())
        ]
    if platform.settings.address:
        lines.append(platform.settings.address)
    return Letter(
        kind=channel.kind,
        address=_opened(platform, tenant, channel, "address_sealed", channel.address_sealed),
        secret=_opened(platform, tenant, channel, "secret_sealed", channel.secret_sealed)
        if channel.secret_sealed
        else None,
        subject=texts.filled("reminders", "subject", facts, locale),
        text="\n".join(lines),
        key=f"reminder:{waiting.id.hex}",
        at=now,
    )


async def _keep(
    platform: "Platform",
    session: AsyncSession,
    tenant: TenantFacts,
    waiting: Waiting,
    outcome: Outcome,
) -> None:
    now = platform.clock()
    if outcome.tried:
        await sending.record(
            session,
            tenant.id,
            waiting,
            now,
            delivered=outcome.state is ReminderState.SENT,
            answer=outcome.answer,
        )
    if outcome.ends_channel and waiting.channel is not None:
        await channels.end_channel(session, tenant.id, waiting.channel.id, now, outcome.answer)
    values = {"state": outcome.state, "attempts": waiting.attempts + outcome.tried}
    if outcome.again is not None:
        values["not_before"] = outcome.again
    if outcome.state is not ReminderState.WAITING:
        values["ended_at"] = now
    await sending.save(session, tenant.id, waiting.id, values)


def _opened(
    platform: "Platform", tenant: TenantFacts, channel: channels.Channel, column: str, sealed: bytes
) -> str:
    place = Place(tenant.id, "core_reminder_channel", column, channel.id)
    return platform.keyring.open(place, sealed)
