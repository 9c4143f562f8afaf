"""The forms of all branches below, a workbook each, in one archive: a job that writes in parts."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.forms.brush import Mark
from zhibu.forms.writing import Listing, write_listings
from zhibu.jobs import parts
from zhibu.jobs import service as jobs
from zhibu.jobs.work import Task, Work
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.errors import FormMissing
from zhibu_audit_campaign.public import FORMS_WRITTEN
from zhibu_audit_campaign.rules.filing import Unit, archived, filed, shared_out
from zhibu_audit_campaign.rules.forms import form_refusals
from zhibu_audit_campaign.rules.plans import Level, Line, Plan
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.forms.declared import Form
from zhibu_audit_campaign.service.forms.filling import Of, asked, filled_each
from zhibu_audit_campaign.service.forms.giving import carried_out, picked, placed
from zhibu_audit_campaign.store import forms as store

OF_PART = 100  # branches that are read, written and kept together, more or less
SIGNED = "填表人：　　　　　　党组织书记：　　　　　　（盖章）"

Books = Mapping[str, Sequence[Listing]]
Chosen = tuple[Plan, Form, Line]


async def ask(act: Act, audited_id: UUID, codes: Sequence[str], *, purpose: str) -> UUID:
    """Have these forms of every branch at and below an organization written; the job.

    Who may print each of them there may have all of them, with the same approval (S3A-48).
    """
    place = await placed(act, audited_id)
    codes = [*dict.fromkeys(codes)]
    refuse([] if codes else [FormMissing(path=("forms",))])
    chosen = [picked(act, place, code) for code in codes]
    refuse(form_refusals(chosen[0][-1], Level.BRANCH, purpose))
    require_proof(act, Use.EXPORT, place.path)
    for _, form, _ in chosen:
        await carried_out(act, place, form, purpose, on=act.today, paths=[place.path])
    branches = await store.branches(act.session, act.tenant_id, place.campaign_id, place.path)
    given = {
        "audited": audited_id.hex,
        "forms": codes,
        "purpose": purpose.strip(),
        "parts": -(-len(branches) // OF_PART),
    }
    told = hashlib.sha256(repr((act.caller.account_id, *given.values())).encode()).hexdigest()
    return await jobs.enqueue(act, WRITE, given, place.path, key=f"{WRITE.kind}:{told}")


async def _write(task: Task) -> Mapping[str, Any]:
    """Part by part; those that a lost worker kept are not written again.

    Nobody has any of it before the ledger says who took it, and what for.
    """
    given = task.arguments
    async with task.act() as act:
        place = await placed(act, UUID(given["audited"]))
        require_proof(act, Use.EXPORT, place.path)
        branches = await store.branches(act.session, act.tenant_id, place.campaign_id, place.path)
    name, shares = archived(place.name), shared_out(branches, given["parts"])
    kept, done = await parts.kept(task), 0
    for number, share in enumerate(shares):
        if number not in kept:
            books = await _read(task, share)
            files = await asyncio.to_thread(_written, task, books)
            rows = sum(len(each.rows) for book in books.values() for each in book)
            await parts.keep(task, number, files, rows=rows)
        done += len(share)
        await task.progress(done, len(branches))
    found = (await parts.kept(task)).values()
    numbers = {"branches": sum(part.files for part in found), "rows": sum(p.rows for p in found)}
    async with task.act() as act:
        place = await placed(act, UUID(given["audited"]))
        titles = "、".join(form.title for _, form, _ in _chosen(act, place, task))
        facts = {"forms": titles, **numbers, "purpose": given["purpose"]}
        said(act, FORMS_WRITTEN, (AUDITED, place.id), place.path, **facts)
    await parts.give(task, name, count=len(shares))
    return numbers


async def _read(task: Task, ids: Sequence[UUID]) -> Books:
    """What stands in the forms of these branches that the caller may see, by the file's name."""
    given, on = task.arguments, task.job.created_at.astimezone(task.tenant.zone).date()
    async with task.act() as act:
        place = await placed(act, UUID(given["audited"]))
        units = await store.named(act.session, act.tenant_id, place.campaign_id, ids)
        committees = {each.path: _unit(each) for each in units if each.level == Level.COMMITTEE}
        branches = [each for each in units if each.level == Level.BRANCH]
        books: dict[str, list[Listing]] = {}
        for plan, form, line in _chosen(act, place, task):
            paths = [each.path for each in branches if _may(act, form, line, each.path)]
            asking = [place.path, *paths]
            await carried_out(act, place, form, given["purpose"], on=on, paths=asking)
            of = Of(campaign_id=place.campaign_id, where=ids)
            lines = await filled_each(act, of, plan, form, line)
            for each in branches:
                if each.path in paths:
                    book = books.setdefault(filed(_unit(each), committees), [])
                    book.append(_listing(form, each.name, lines.get(each.path, ())))
    return books


def _chosen(act: Act, place: Any, task: Task) -> list[Chosen]:
    return [picked(act, place, code) for code in task.arguments["forms"]]


def _may(act: Act, form: Form, line: Line, path: str) -> bool:
    return act.may(actions.READ, path) and act.may(asked(form, line), path)


def _unit(row: Any) -> Unit:
    return Unit(id=row.organization_id, path=row.path, code=row.code, name=row.name)


def _listing(form: Form, branch: str, rows: Sequence[Mapping[str, Any]]) -> Listing:
    shown = [{column.key: row.get(column.key) for column in form.columns} for row in rows]
    below = f"{branch}　　{SIGNED}"
    return Listing(title=form.title, columns=form.columns, rows=shown, below=below)


def _written(task: Task, books: Books) -> dict[str, bytes]:
    at = task.job.created_at.astimezone(task.tenant.zone)
    mark = Mark(account=task.caller.name, at=at, purpose=task.arguments["purpose"])
    return {name: write_listings(book, mark=mark, at=at) for name, book in books.items()}


WRITE = Work(kind="audit_campaign.forms_write", run=_write, retries=5, long=True, proof=Use.EXPORT)
