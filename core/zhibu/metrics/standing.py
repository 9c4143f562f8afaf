"""How things stand in the databases: what waits, what failed, and what was verified when."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from zhibu.accounts.store import sessions
from zhibu.due.store import sending
from zhibu.errors import Unavailable
from zhibu.events.works import VERIFY
from zhibu.jobs import store as jobs
from zhibu.jobs.rules import State
from zhibu.tenants.rules import ACTIVE

if TYPE_CHECKING:
    from zhibu.platform import Platform


@dataclass(kw_only=True)
class Standing:
    """All active institutions together.

    `due` is since when the job that is longest overdue might have begun, `verified` when the ledger
    that was verified longest ago was found whole; `unverified` are those that never were, `away`
    those that could not be asked.
    """

    jobs: Counter[tuple[str, str]] = field(default_factory=Counter)
    due: datetime | None = None
    outbox: int = 0
    sessions: int = 0
    verified: datetime | None = None
    unverified: int = 0
    away: int = 0
    tenants: int = 0


async def standing(platform: "Platform") -> Standing:
    """Ask every institution's database."""
    found, now = Standing(), platform.clock()
    for entry in await platform.directory.entries():
        if entry.state != ACTIVE:
            continue
        found.tenants += 1
        try:
            async with platform.homes.home(entry.id).view(entry.id) as session:
                found.jobs.update(await jobs.census(session, entry.id))
                due = await jobs.longest_due(session, entry.id, now)
                found.outbox += await sending.waiting(session, entry.id)
                found.sessions += await sessions.open_ones(session, entry.id, now)
                last = await jobs.latest(session, entry.id, VERIFY.name, State.SUCCEEDED)
        except Unavailable:
            found.away += 1
            continue
        found.due = min(filter(None, (found.due, due)), default=None)
        if last is None or (last.outcome or {}).get("faults"):
            found.unverified += 1
        else:
            found.verified = min(filter(None, (found.verified, last.finished_at)), default=None)
    return found
