"""The calendar of an account, for whoever knows its secret address: days and numbers, no more."""

from hashlib import sha256
from typing import TYPE_CHECKING

from zhibu.accounts.errors import CredentialEnded
from zhibu.due.calendars import Day, written
from zhibu.due.rules.feeds import presented
from zhibu.due.service.waiting import waiting_for
from zhibu.due.store import feeds
from zhibu.due.store import inbox as store
from zhibu.errors import NotFound
from zhibu.policy.paths import ROOT
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantUnknown
from zhibu.tenants.rules import ACTIVE

if TYPE_CHECKING:
    from zhibu.platform import Platform


async def calendar(platform: "Platform", secret: str) -> bytes:
    """The calendar behind a secret address, with what waits in that inbox now.

    Raises `NotFound` for what was never given out, was renewed or revoked, or belongs to an account
    that can no longer sign in: all alike.
    """
    try:
        credential = presented(secret)
        entry = await platform.directory.by_id(credential.tenant_id)
    except (CredentialEnded, TenantUnknown) as error:
        raise NotFound() from error
    if entry.state != ACTIVE:
        raise NotFound()
    tenant, now = await facts_of(platform.homes, entry), platform.clock()
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        account = await feeds.feed_of(session, tenant.id, credential.digest)
        found = account and await waiting_for(platform, session, tenant, account, now)
        if not account or not found:
            raise NotFound()
        wanted, locale = found
        rows = await store.by_day(session, wanted)
    book = (await platform.snapshot(tenant.id)).parameters
    titles = book.yes("core.reminder_titles", ROOT, wanted.today)
    texts = platform.texts
    days: dict[object, Day] = {}
    for due_on, kind, count, told_at in rows:
        day = days.setdefault(due_on, Day(on=due_on, key=account.hex))
        day.count += count
        day.told_at = max(day.told_at or told_at, told_at)
        if titles:
            day.lines.append(f"{texts.label('due', kind, locale)} × {count}")
    for day in days.values():
        day.title = texts.filled("reminders", "day", {"count": day.count}, locale)
    name = texts.filled("reminders", "calendar", {}, locale)
    return written(name, list(days.values()), platform.settings.address)


def etag_of(content: bytes) -> str:
    """What tells two calendars apart."""
    return f'"{sha256(content).hexdigest()[:32]}"'
