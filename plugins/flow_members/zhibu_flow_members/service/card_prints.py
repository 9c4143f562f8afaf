"""All cards of a place in one PDF, as a job."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act, Event
from zhibu.errors import refuse
from zhibu.jobs import service as jobs
from zhibu.jobs.results import give
from zhibu.jobs.work import Task, Work
from zhibu.organizations.public import organization_of
from zhibu_flow_members import actions
from zhibu_flow_members.public import CARDS_PRINTED
from zhibu_flow_members.rules.cards import Printed, printing_refusals
from zhibu_flow_members.service import card_pages
from zhibu_flow_members.store import card_pages as store

MOST = 1_000
TOGETHER = 20  # cards between two looks at who else has something to do


async def ask(act: Act, organization_id: UUID) -> UUID:
    """Have the cards that hold at and below an organization printed; the job."""
    unit = await organization_of(act, organization_id)
    act.require(actions.ISSUE, unit.path, seen_by=actions.READ)
    require_proof(act, Use.EXPORT, unit.path)
    count = await store.count(act.session, act.tenant_id, unit.path)
    refuse(printing_refusals(count, most=MOST))
    asking, given = act.caller.account_id, {"organization": organization_id.hex}
    key = f"{PRINT.kind}:{organization_id.hex}:{asking.hex if asking else ''}"
    return await jobs.enqueue(act, PRINT, given, unit.path, key=key)


async def _print(task: Task) -> Mapping[str, Any]:
    """Nothing is written but the file and a line in the ledger: a lost worker is followed by one
    that begins again.
    """
    async with task.act() as act:
        cards, forms = await _forms(act, UUID(task.arguments["organization"]))
        folders = card_pages.folders_of(act)
    pages: list[str] = []
    for at in range(0, len(forms), TOGETHER):
        some = [*zip(cards, forms, strict=True)][at : at + TOGETHER]
        pages += await asyncio.to_thread(_rendered, task, folders, some)
        await task.progress(len(pages), len(forms))
    await give(task, await task.platform.press.bind(pages), "流动党员活动证.pdf")
    return {"cards": len(pages)}


def _rendered(
    task: Task, folders: Sequence[Path], forms: Sequence[tuple[Printed, dict[str, Any]]]
) -> list[str]:
    contents = task.platform.attachments
    return [
        card_pages.rendered(folders, values, card_pages.picture_of(contents, task.tenant.id, card))
        for card, values in forms
    ]


async def _forms(act: Act, organization_id: UUID) -> tuple[list[Printed], list[dict[str, Any]]]:
    """What each card says, of those that the caller may see; the ledger says how many."""
    unit = await organization_of(act, organization_id)
    act.require(actions.ISSUE, unit.path)
    found = await store.issued(act.session, act.tenant_id, unit.path, most=MOST)
    cards = [each for each in found if act.may(actions.READ, each.path, each.member_id)]
    refuse(printing_refusals(len(cards), most=MOST))
    reviews = await store.reviews_of(act.session, act.tenant_id, [each.id for each in cards])
    committees = {each.path: each for each in cards}
    names = {path: await card_pages.committee(act, each) for path, each in committees.items()}
    facts = {"rows": len(cards)}
    about = ("Organization", unit.id)
    act.record(Event(name=CARDS_PRINTED, subject=about, path=unit.path, facts=facts))
    return cards, [
        card_pages.values_of(act, each, reviews.get(each.id, []), names[each.path])
        for each in cards
    ]


PRINT = Work(kind="flow_members.cards_print", run=_print, retries=2, long=True, proof=Use.EXPORT)
