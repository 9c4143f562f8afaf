"""The ledgers: where they are noted, and what the last verification at night came to."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from zhibu.cli.doctor.finding import Finding, fault, ok, warning
from zhibu.events.anchors import FOLDER
from zhibu.events.works import VERIFY
from zhibu.jobs import store as jobs
from zhibu.jobs.rules import JobFacts, State
from zhibu.platform import Platform
from zhibu.settings import Settings
from zhibu.tenants.rules import TenantEntry

LATE = timedelta(days=2)  # a night may be missed, two may not


def examine_places(settings: Settings) -> Iterator[Finding]:
    """At least one place must be out of reach for whoever reaches the databases."""
    apart = [
        folder
        for folder in settings.checkpoint_folders
        if not folder.resolve().is_relative_to(settings.data.resolve())
    ]
    for folder in settings.checkpoint_folders:
        if not os.access(folder, os.W_OK | os.X_OK):
            yield fault("checkpoints", str(folder), "not there, or not writable")
    if settings.checkpoint_mail and settings.mail_host is None:
        yield fault("checkpoints", "checkpoint_mail", "no mail_host to send it by")
    elif apart or settings.checkpoint_mail:
        kept = [str(settings.data / FOLDER), *map(str, apart), *settings.checkpoint_mail]
        yield ok("checkpoints", ", ".join(kept))
    else:
        told = "kept with the data only; set checkpoint_folders or checkpoint_mail"
        yield warning("checkpoints", str(settings.data / FOLDER), told)


async def examine_verification(platform: Platform, entry: TenantEntry) -> Finding:
    """What the job of the night found, and whether there is one at all."""
    async with platform.homes.home(entry.id).view(entry.id) as session:
        last = await jobs.latest(session, entry.id, VERIFY.name)
    return _judged(last, entry.code, platform.clock())


def _judged(last: JobFacts | None, where: str, now: datetime) -> Finding:
    if last is None or last.finished_at is None:
        return warning("verified", where, "never by a job; does a server or a worker run?")
    when = f"{last.finished_at:%Y-%m-%d %H:%MZ}"
    if last.state is not State.SUCCEEDED:
        return warning("verified", where, f"{when}: {last.state}")
    if faults := (last.outcome or {}).get("faults"):
        first = (last.outcome or {}).get("first")
        return fault("verified", where, f"{when}: {faults} faults, the first at {first}")
    late = now - last.finished_at > LATE
    return (warning if late else ok)("verified", where, when)
