"""Checking the file of a member, and recording what was made good and who keeps it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import organization_of
from zhibu_discipline import actions
from zhibu_discipline.errors import OwnFile, ReasonMissing
from zhibu_discipline.public import (
    FILE_CHECK_WITHDRAWN,
    FILE_CHECKED,
    FILE_CORRECTED,
    FILE_KEPT,
    FILE_REPAIRED,
)
from zhibu_discipline.rules import files as rules
from zhibu_discipline.rules.files import (
    Checking,
    FileCheck,
    FileDocument,
    FileState,
    Keeping,
)
from zhibu_discipline.service import terms
from zhibu_discipline.service.cases import stale
from zhibu_discipline.service.checklists import kept_of, lines_of, open_of, said_of, sums_of
from zhibu_discipline.service.events import told
from zhibu_discipline.store import cases
from zhibu_discipline.store import files as store

KIND = "DisciplineFileCheck"


async def documents_at(act: Act, organization_id: UUID, on: date | None) -> Sequence[FileDocument]:
    """The documents that a file must have in an organization on a day, today if none is said."""
    unit = await organization_of(act, organization_id)
    act.require(actions.FILE_READ, unit.path, seen_by=ORGANIZATION_READ)
    return terms.file_documents(act, unit.path, on or act.today)


async def check(act: Act, member_id: UUID, checking: Checking) -> UUID:
    """Enter a check; it takes the place of the one that counted before."""
    member = await member_of(act, member_id)
    act.require(actions.FILE_CHECK, member.path, member.id, seen_by=MEMBER_READ)
    await cases.hold_member(act.session, act.tenant_id, member.id)
    before = await store.standing(act.session, act.tenant_id, member.id)
    documents = terms.file_documents(act, member.path, checking.on)
    since = before.checked_on if before is not None else member.admitted_on
    faults = rules.checking_refusals(checking, documents, since=since, today=act.today)
    refuse([*faults, *_own(act, member.id)])
    if before is not None:
        replaced = {"state": FileState.REPLACED}
        await store.change(act.session, act.tenant_id, before.id, replaced)
    id = new_id()
    sums = sums_of(act, checking, member.path)
    values = {
        "id": id,
        "member_id": member.id,
        "organization_id": member.organization_id,
        "state": FileState.STANDING,
        "entered_by": act.caller.account_id,
        "previous_id": before.id if before is not None else None,
        "version": 1,
        **said_of(checking),
        **sums,
    }
    await store.open(act.session, act.tenant_id, values, lines_of(id, checking, documents))
    told(act, FILE_CHECKED, (KIND, id), member.path, member.id, on=checking.on, **open_of(sums))
    return id


async def correct(
    act: Act, id: UUID, checking: Checking, *, reason: str, version: int | None = None
) -> None:
    """Put right what was entered, as a whole; what was made good of what still lacks is kept."""
    known, path = await check_for(act, id)
    member = await member_of(act, known.member_id, seen_by=None)
    documents = terms.file_documents(act, path, checking.on)
    faults = rules.checking_refusals(checking, documents, since=member.admitted_on, today=act.today)
    refuse([*rules.standing_refusals(known), *faults, *_because(reason), *stale(known, version)])
    before = await store.lines(act.session, act.tenant_id, id)
    good = rules.still_made_good(before, checking)
    kept_on = known.kept_on if known.kept_on != known.checked_on else None
    sums = sums_of(act, checking, path, good, kept_on=kept_on)
    await store.rewrite(act.session, act.tenant_id, id, lines_of(id, checking, documents, good))
    values = {**said_of(checking), **sums, "correction": reason.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    facts = {"on": checking.on, "reason": reason.strip(), **open_of(sums)}
    told(act, FILE_CORRECTED, (KIND, id), path, known.member_id, **facts)


async def repair(
    act: Act,
    id: UUID,
    document: str,
    *,
    how: str,
    on: date | None = None,
    asked: str | None = None,
    version: int | None = None,
) -> None:
    """Record that a document was made good, or proved genuine by whoever sent it (S3C-35)."""
    known, path = await check_for(act, id)
    day, lines = on or act.today, await store.lines(act.session, act.tenant_id, id)
    line = next((each for each in lines if each.document == document), None)
    faults = rules.repair_refusals(known, line, how=how, on=day, asked=asked, today=act.today)
    refuse([*faults, *stale(known, version)])
    values = {
        "repaired_on": day,
        "repair": how.strip(),
        "asked": (asked or "").strip() or None,
        "repaired_by": act.caller.account_id,
    }
    await store.repair(act.session, act.tenant_id, id, document, values)
    made = [replace(each, repaired_on=day) if each is line else each for each in lines]
    sums = rules.totals(made, checked_on=known.checked_on, kept_on=known.kept_on)
    await store.change(act.session, act.tenant_id, id, sums)
    told(act, FILE_REPAIRED, (KIND, id), path, known.member_id, on=day, **open_of(sums))


async def keep(act: Act, id: UUID, keeping: Keeping, *, version: int | None = None) -> None:
    """Record who keeps the file, or that somebody else does now (S3C-36, S0-21)."""
    known, path = await check_for(act, id)
    member = await member_of(act, known.member_id, seen_by=None)
    faults = rules.keeping_refusals(keeping, since=member.admitted_on, today=act.today)
    refuse([*rules.standing_refusals(known), *faults, *stale(known, version)])
    lines = await store.lines(act.session, act.tenant_id, id)
    kept_on = known.kept_on or act.today
    sums = rules.totals(lines, checked_on=known.checked_on, kept_on=kept_on)
    values = {**kept_of(keeping), **sums, "kept_on": kept_on}
    await store.change(act.session, act.tenant_id, id, values)
    told(act, FILE_KEPT, (KIND, id), path, known.member_id, custody=keeping.custody)


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take a check back that was a slip; the one before it counts again."""
    known, path = await check_for(act, id)
    refuse([*rules.standing_refusals(known), *_because(reason), *stale(known, version)])
    values: dict[str, Any] = {
        "state": FileState.WITHDRAWN,
        "withdrawn_on": act.today,
        "withdrawn_reason": reason.strip(),
    }
    await store.change(act.session, act.tenant_id, id, values)
    if known.previous_id is not None:
        values = {"state": FileState.STANDING}
        await store.change(act.session, act.tenant_id, known.previous_id, values)
    facts = {"reason": reason.strip()}
    told(act, FILE_CHECK_WITHDRAWN, (KIND, id), path, known.member_id, **facts)


async def check_for(act: Act, id: UUID) -> tuple[FileCheck, str]:
    """The check and its member's path now. Raises `NotFound` for who may not see it."""
    place = await store.place(act.session, act.tenant_id, id)
    if place is None:
        raise NotFound()
    path = place.path
    if not act.switches.enabled(actions.FILE_CHECK.plugin, path):
        act.require(actions.FILE_CHECK, path, seen_by=ORGANIZATION_READ)
    if not act.may(actions.FILE_READ, path, place.member_id):
        raise NotFound()
    act.require(actions.FILE_CHECK, path)
    refuse(_own(act, place.member_id))
    await cases.hold_member(act.session, act.tenant_id, place.member_id)
    return await store.check(act.session, act.tenant_id, id), path


def _own(act: Act, member_id: UUID) -> list[Conflict]:
    return [OwnFile(path=("member",))] if act.caller.member_id == member_id else []


def _because(reason: str) -> list[ReasonMissing]:
    return [] if reason.strip() else [ReasonMissing(path=("reason",))]
