"""The forms of all branches below, a workbook each, in one archive: a job that writes in parts."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.forms.brush import Mark
from zhibu.forms.writing import Listing, write_listings
from zhibu.jobs import parts
from zhibu.jobs import service as jobs
from zhibu.jobs.rules import Part
from zhibu.jobs.work import Task, Work
from zhibu_audit_campaign.errors import FormMissing
from zhibu_audit_campaign.public import FORMS_WRITTEN
from zhibu_audit_campaign.rules.filing import archived
from zhibu_audit_campaign.rules.forms import form_refusals
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.forms.declared import Form
from zhibu_audit_campaign.service.forms.filling import Of, filled_each
from zhibu_audit_campaign.service.forms.giving import carried_out, picked, placed
from zhibu_audit_campaign.service.forms.granting import Granted, granted_by
from zhibu_audit_campaign.store import forms as store

OF_PART = 100  # branches that are read, written and kept together, more or less
SIGNED = "填表人：　　　　　　党组织书记：　　　　　　（盖章）"

Books = Mapping[str, Sequence[Listing]]


async def ask(act: Act, audited_id: UUID, codes: Sequence[str], *, purpose: str) -> UUID:
    """Have these forms of every branch at and below an organization written; the job.

    Who may print each of them there may have all of them, with the same approval (S3A-48).
    """
    place = await placed(act, audited_id)
    codes = [*dict.fromkeys(codes)]
    refuse([] if codes else [FormMissing(path=("forms",))])
    chosen = [picked(act, place, code, "forms") for code in codes]
    for _, _, line in chosen:
        refuse(form_refusals(line, Level(place.level), purpose))
    require_proof(act, Use.EXPORT, place.path)
    for _, form, _ in chosen:
        at = [place.path]
        await carried_out(act, place, form, purpose, on=act.today, paths=at, field="forms")
    branches = await store.branches(act.session, act.tenant_id, place.campaign_id, place.path)
    given = {
        "audited": audited_id.hex,
        "forms": codes,
        "purpose": purpose.strip(),
        "parts": -(-len(branches) // OF_PART),
    }
    caller = act.caller
    within = caller.credential_id if caller.via in ("token", "job") else None
    told = repr((caller.account_id, within, *given.values()))
    key = f"{WRITE.kind}:{hashlib.sha256(told.encode()).hexdigest()}"
    return await jobs.enqueue(act, WRITE, given, place.path, key=key)


async def _write(task: Task) -> Mapping[str, Any]:
    """Part by part; those that a lost worker kept are not written again, unless what they rest on
    is no more so.

    Nobody has any of it before the ledger says who took it, and what for.
    """
    given = task.arguments
    async with task.act() as act:
        granted = await granted_by(act, task.arguments)
        require_proof(act, Use.EXPORT, granted.place.path)
    shares, kept, done = granted.shares(given["parts"]), await parts.kept(task), 0
    for number, share in enumerate(shares):
        rests_on = granted.resting_on(share)
        if number not in kept or kept[number].rests_on != rests_on:
            books = await _read(task, granted, share)
            files = await asyncio.to_thread(_written, task, books)
            rows = sum(len(each.rows) for book in books.values() for each in book)
            await parts.keep(task, number, files, rows=rows, rests_on=rests_on)
        done += len(share)
        await task.progress(done, len(granted.branches))
    found = dict[str, int]()

    async def closing(act: Act, packed: Mapping[int, Part]) -> None:
        found.update(await _closed(act, task, packed))

    await parts.give(task, archived(granted.place.name), count=len(shares), closing=closing)
    return found


async def _closed(act: Act, task: Task, packed: Mapping[int, Part]) -> dict[str, int]:
    """Say who took what, as long as it may be taken; how much it is. Raises `PartGone`."""
    granted, purpose = await granted_by(act, task.arguments), task.arguments["purpose"]
    for number, share in enumerate(granted.shares(len(packed))):
        if packed[number].rests_on != granted.resting_on(share):
            raise parts.PartGone(f"what part {number} rests on")
    for _, form, _ in granted.chosen:
        paths = granted.paths(form, granted.branches)
        await carried_out(
            act, granted.place, form, purpose, on=_asked(task).date(), paths=paths, field="forms"
        )
    numbers = {
        "branches": sum(part.files for part in packed.values()),
        "rows": sum(part.rows for part in packed.values()),
    }
    titles = "、".join(form.title for _, form, _ in granted.chosen)
    about, path = (AUDITED, granted.place.id), granted.place.path
    said(act, FORMS_WRITTEN, about, path, forms=titles, **numbers, purpose=purpose)
    return numbers


async def _read(task: Task, granted: Granted, share: Sequence[UUID]) -> Books:
    """What stands in the forms of these branches that the caller may see, by the file's name."""
    purpose, on = task.arguments["purpose"], _asked(task).date()
    books: dict[str, list[Listing]] = {}
    async with task.act() as act:
        place = await placed(act, granted.place.id)
        of = Of(campaign_id=place.campaign_id, where=share)
        for plan, form, line in granted.chosen:
            paths = granted.paths(form, share)
            await carried_out(act, place, form, purpose, on=on, paths=paths, field="forms")
            lines = await filled_each(act, of, plan, form, line)
            for id in granted.having(form, share):
                unit = granted.branches[id]
                book = books.setdefault(granted.files[id], [])
                book.append(_listing(form, unit.name, lines.get(unit.path, ())))
    return books


def _asked(task: Task) -> datetime:
    return task.job.created_at.astimezone(task.tenant.zone)


def _listing(form: Form, branch: str, rows: Sequence[Mapping[str, Any]]) -> Listing:
    shown = [{column.key: row.get(column.key) for column in form.columns} for row in rows]
    below = f"{branch}　　{SIGNED}"
    return Listing(title=form.title, columns=form.columns, rows=shown, below=below)


def _written(task: Task, books: Books) -> dict[str, bytes]:
    at = _asked(task)
    mark = Mark(account=task.caller.name, at=at, purpose=task.arguments["purpose"])
    return {name: write_listings(book, mark=mark, at=at) for name, book in books.items()}


WRITE = Work(kind="audit_campaign.forms_write", run=_write, retries=5, long=True, proof=Use.EXPORT)
