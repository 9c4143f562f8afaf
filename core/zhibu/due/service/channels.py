"""How an account is reminded beside its inbox: its own wishes, channels and calendar address."""

from uuid import UUID

from zhibu.accounts.notices import mail_of, tell_at
from zhibu.accounts.rules.credentials import issue
from zhibu.accounts.service.loading import require_person
from zhibu.act import Act, Event
from zhibu.due import addresses
from zhibu.due.errors import ChannelSecretUnused
from zhibu.due.public import CHANNEL_REMOVED, CHANNEL_SET, FEED_RENEWED, FEED_REVOKED, WISHED
from zhibu.due.rules.feeds import FEED
from zhibu.due.rules.reminders import ChannelKind, Rhythm, wishes_faults
from zhibu.due.store import channels as store
from zhibu.due.store import feeds
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.settings import Settings
from zhibu.storage.encryption import Place


async def wish(
    act: Act,
    rhythm: Rhythm,
    quiet_from: str | None,
    quiet_until: str | None,
    *,
    workdays_only: bool,
) -> None:
    """Keep how the caller wants to be reminded; a machine's token wishes nothing."""
    account = require_person(act)
    refuse(wishes_faults(quiet_from, quiet_until))
    values = {
        "rhythm": rhythm,
        "quiet_from": quiet_from or None,
        "quiet_until": quiet_until or None,
        "workdays_only": workdays_only,
    }
    await store.wish(act.session, act.tenant_id, account, values)
    _record(act, WISHED, account, rhythm=str(rhythm))


async def set_channel(
    act: Act, settings: Settings, kind: ChannelKind, address: str, secret: str | None
) -> None:
    """Let the caller be reminded by this channel, instead of the one of its kind before.

    The address is sealed, and only where the operator allows reminders to go.
    """
    account = require_person(act)
    address = addresses.checked(kind, address, settings)
    if secret and kind is not ChannelKind.DINGTALK:
        raise ChannelSecretUnused(path=("secret",))
    if kind is ChannelKind.EMAIL:
        await _tell_former(act, account, address)
    id = await store.channel_id(act.session, act.tenant_id, account, kind) or new_id()
    values = {
        "account_id": account,
        "kind": kind,
        "address_sealed": _seal(act, "address_sealed", id, address),
        "address_masked": addresses.masked(kind, address),
        "secret_sealed": _seal(act, "secret_sealed", id, secret) if secret else None,
        "set_at": act.now,
        "removed_at": None,
        "ended_at": None,
        "answer": None,
    }
    await store.set_channel(act.session, act.tenant_id, id, values)
    _record(act, CHANNEL_SET, account, kind=str(kind), address=addresses.masked(kind, address))


async def remove_channel(act: Act, kind: ChannelKind) -> None:
    """Take one of the caller's channels away. Raises `NotFound`."""
    account = require_person(act)
    found = await store.channels(act.session, act.tenant_id, account)
    channel = next((each for each in found if each.kind is kind), None)
    if channel is None:
        raise NotFound()
    if kind is ChannelKind.EMAIL and channel.ended_at is None:
        await tell_at(act, channel, CHANNEL_REMOVED)
    await store.remove_channel(act.session, act.tenant_id, channel.id, act.now)
    _record(act, CHANNEL_REMOVED, account, kind=str(kind))


async def renew_feed(act: Act) -> str:
    """Another secret for the caller's calendar, shown once; the one before opens nothing more."""
    account = require_person(act)
    issued = issue(FEED, act.tenant_id)
    await feeds.set_feed(act.session, act.tenant_id, account, issued.digest, act.now)
    _record(act, FEED_RENEWED, account)
    return issued.text


async def revoke_feed(act: Act) -> None:
    """Take the secret address of the caller's calendar away. Raises `NotFound` if there is none."""
    account = require_person(act)
    if not await feeds.end_feed(act.session, act.tenant_id, account):
        raise NotFound()
    _record(act, FEED_REVOKED, account)


async def _tell_former(act: Act, account: UUID, address: str) -> None:
    """Say at the address that was told of everything until now that another one will be."""
    former = await mail_of(act, account)
    if former is None:
        return
    place = Place(act.tenant_id, "core_reminder_channel", "address_sealed", former.id)
    if act.keyring.open(place, former.address_sealed) != address:
        await tell_at(act, former, CHANNEL_SET)


def _seal(act: Act, column: str, id: UUID, text: str) -> bytes:
    return act.keyring.seal(Place(act.tenant_id, "core_reminder_channel", column, id), text)


def _record(act: Act, name: str, account: UUID, **facts: str) -> None:
    act.record(Event(name=name, subject=("Account", account), facts=facts))
