"""Telling people by mail that what proves who they are has changed: it may not have been them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.service.accounts import event_of
from zhibu.act import Act
from zhibu.due.rules.reminders import ChannelKind
from zhibu.due.sending import Letter, Undelivered
from zhibu.due.store import channels
from zhibu.jobs.rules import Priority
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Task, Work
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import Place


async def changed(act: Act, account: AccountFacts, event: str, **facts: object) -> None:
    """Record it, and tell the account's owner where he has himself reminded by mail.

    Group robots are not told: what happens to somebody's password is nobody else's business.
    """
    act.record(event_of(event, account, **facts))
    if await _mail_of(act, account.id) is not None:
        given = {"account": str(account.id), "event": event}
        await enqueue(act, NOTICE, given, ROOT, as_system=True)


async def _mail_of(act: Act, account_id: UUID) -> channels.Channel | None:
    kept = await channels.channels(act.session, act.tenant_id, account_id)
    mail = [each for each in kept if each.kind is ChannelKind.EMAIL and each.ended_at is None]
    return mail[0] if mail else None


async def _tell(task: Task) -> Mapping[str, Any]:
    platform, tenant, event = task.platform, task.tenant, task.arguments["event"]
    async with task.act() as act:
        id = UUID(task.arguments["account"])
        account = await store.accounts.account(act.session, act.tenant_id, id)
        channel = await _mail_of(act, id)
    if account is None or channel is None:
        return {"told": False}
    place = Place(tenant.id, "core_reminder_channel", "address_sealed", channel.id)
    locale = account.locale or tenant.locale
    facts = {"at": task.job.created_at}
    lines = [platform.texts.filled("notices", event, facts, locale, tenant.zone)]
    if platform.settings.address:
        lines.append(platform.settings.address)
    letter = Letter(
        kind=channel.kind,
        address=platform.keyring.open(place, channel.address_sealed),
        secret=None,
        subject=platform.texts.of("notices", "subject", locale),
        text="\n".join(lines),
        key=f"notice:{task.job.id.hex}",
        at=task.job.created_at,
    )
    try:
        await platform.post.send(letter)
    except Undelivered as error:
        if error.final:
            return {"told": False}
        raise
    return {"told": True}


NOTICE = Work(kind="accounts.notice", run=_tell, retries=8, priority=Priority.URGENT)
