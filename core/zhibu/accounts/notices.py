"""Telling people by mail that what proves who they are has changed: it may not have been them."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.service.accounts import event_of
from zhibu.act import Act
from zhibu.due.rules.reminders import ChannelKind
from zhibu.due.sending import Letter, Undelivered
from zhibu.due.store.channels import Channel, channels
from zhibu.jobs.rules import Priority
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Task, Work
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import Place


async def changed(act: Act, account: AccountFacts, event: str, **facts: object) -> None:
    """Record it, and tell the account's owner where he has himself reminded by mail."""
    act.record(event_of(event, account, **facts))
    await tell(act, account.id, event)


async def tell(act: Act, account_id: UUID, event: str) -> None:
    """Tell the owner of an account by mail, if that is how he is reminded.

    Group robots are not told: what happens to somebody's account is nobody else's business.
    """
    if (channel := await mail_of(act, account_id)) is not None:
        await tell_at(act, channel, event)


async def tell_at(act: Act, channel: Channel, event: str) -> None:
    """The same where he was reached until now; whoever sets another address afterwards is late."""
    place = Place(act.tenant_id, "core_reminder_channel", "address_sealed", channel.id)
    address = act.keyring.open(place, channel.address_sealed)
    sealed = act.keyring.seal(_place(act.tenant_id, channel.account_id), address)
    given = {
        "account": str(channel.account_id),
        "event": event,
        "address": b64encode(sealed).decode(),
    }
    await enqueue(act, NOTICE, given, ROOT, as_system=True)


async def mail_of(act: Act, account_id: UUID) -> Channel | None:
    """By which mail an account is reminded, unless the address took nothing any more."""
    kept = await channels(act.session, act.tenant_id, account_id)
    mail = [each for each in kept if each.kind is ChannelKind.EMAIL and each.ended_at is None]
    return mail[0] if mail else None


def _place(tenant_id: UUID, account_id: UUID) -> Place:
    return Place(tenant_id, "core_job", "arguments", account_id)


async def _tell(task: Task) -> Mapping[str, Any]:
    platform, tenant, event = task.platform, task.tenant, task.arguments["event"]
    id = UUID(task.arguments["account"])
    async with task.act() as act:
        account = await store.accounts.account(act.session, act.tenant_id, id)
    if account is None:
        return {"told": False}
    locale = account.locale or tenant.locale
    facts = {"at": task.job.created_at}
    lines = [platform.texts.filled("notices", event, facts, locale, tenant.zone)]
    if platform.settings.address:
        lines.append(platform.settings.address)
    sealed = b64decode(task.arguments["address"])
    letter = Letter(
        kind=ChannelKind.EMAIL,
        address=platform.keyring.open(_place(tenant.id, id), sealed),
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
