"""The ledger's own work: noting where it stands, telling people, and verifying it."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from zhibu.act import Event, TenantFacts
from zhibu.errors import ZhibuError
from zhibu.events.errors import LedgerUnsound
from zhibu.events.public import UNSOUND
from zhibu.events.verifying import head_of
from zhibu.jobs import store as jobs
from zhibu.jobs.rules import Priority, latest_slot, slot_key
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Schedule, Task
from zhibu.logs import logger
from zhibu.policy.paths import ROOT

if TYPE_CHECKING:
    from zhibu.platform import Platform

NAMED = 10  # faults that an outcome spells out
AGAIN = timedelta(hours=1)  # after which a ledger that cannot be signed is verified again

log = logger("zhibu.ledger")


async def _behind(platform: "Platform", tenant: TenantFacts) -> bool:
    return await platform.anchors.behind(platform.homes.home(tenant.id), tenant.id)


async def _note(task: Task) -> Mapping[str, Any]:
    platform, tenant = task.platform, task.tenant
    home = platform.homes.home(tenant.id)
    try:
        note = await platform.anchors.checkpoint(home, tenant.id, platform.clock())
    except LedgerUnsound as error:
        log.critical("the ledger is not signed", tenant=tenant.code, error=error)
        await _have_it_verified(task)
        raise
    return {"seq": note.seq if note else None}


async def _have_it_verified(task: Task) -> None:
    """Whole, and at most once an hour: that will tell people."""
    async with task.act() as act:
        hour = latest_slot(act.now, act.tenant.zone, AGAIN, None)
        key = slot_key(f"{VERIFY.name}@alarm", hour)
        await enqueue(act, VERIFY.work, {}, ROOT, key=key, as_system=True)


async def _unmailed(platform: "Platform", tenant: TenantFacts) -> bool:
    """Whether somebody waits for notes, and something was written since the last one."""
    if not platform.settings.checkpoint_mail:
        return False
    home = platform.homes.home(tenant.id)
    head = await head_of(home, tenant.id)
    async with home.view(tenant.id) as session:
        last = await jobs.latest(session, tenant.id, MAIL.name)
    told = (last.outcome or {}).get("seq") if last else None
    return head is not None and (told is None or head[0] > told)


async def _mail(task: Task) -> Mapping[str, Any]:
    platform, tenant = task.platform, task.tenant
    notes = [place.last(tenant.id) for place in platform.anchors.places]
    signed = [note for note in notes if note is not None and note.signed]
    if not signed:
        return {"seq": None}
    note = max(signed, key=lambda note: note.seq)
    facts = {"name": tenant.name, "code": tenant.code, "seq": note.seq, "at": note.at}
    await _write(task, "checkpoint", {**facts, "note": note.letter}, key=note.letter)
    return {"seq": note.seq}


async def _verify(task: Task) -> Mapping[str, Any]:
    platform, tenant = task.platform, task.tenant
    home = platform.homes.home(tenant.id)
    since = task.arguments.get("since") or 0
    found = await platform.anchors.verify(home, tenant.id, since=since)
    outcome = {"entries": found.entries, "faults": len(found.faults), "first": found.first}
    if found.sound:
        return outcome
    words = [f"{fault.seq} {fault.kind}" for fault in found.faults[:NAMED]]
    log.critical("the ledger is not what it was", tenant=tenant.code, faults=words)
    facts = {**outcome, "kinds": sorted({str(fault.kind) for fault in found.faults})}
    async with task.act() as act:
        act.record(Event(name=UNSOUND, subject=("Ledger", None), path=ROOT, facts=facts))
    await _alarm(task, {**facts, "name": tenant.name, "code": tenant.code})
    return {**facts, "words": words}


async def _alarm(task: Task, facts: Mapping[str, Any]) -> None:
    """Tell people, if they can be told; what was found stands in the job and the log anyway."""
    try:
        await _write(task, "unsound", facts, key=f"{task.job.id} unsound")
    except ZhibuError as error:
        log.error("nobody could be told", error=error)


async def _write(task: Task, letter: str, facts: Mapping[str, Any], *, key: str) -> None:
    platform, locale = task.platform, task.platform.settings.locale
    if not (to := platform.settings.checkpoint_mail):
        return
    subject, text = (
        platform.texts.filled("letters", f"ledger.{letter}.{part}", facts, locale)
        for part in ("subject", "text")
    )
    await platform.mail.send(to, subject, text, key=key, at=platform.clock())


# Half of the minute for which what was written may be known to nobody else.
CHECKPOINT = Schedule(
    name="ledger.checkpoint",
    every=timedelta(seconds=30),
    when=_behind,
    run=_note,
    priority=Priority.URGENT,
)
MAIL = Schedule(name="ledger.mail", every=timedelta(hours=1), when=_unmailed, run=_mail, retries=5)
VERIFY = Schedule(
    name="ledger.verify", at=time(2, 10), at_start=True, run=_verify, retries=2, long=True
)
