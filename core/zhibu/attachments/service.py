"""Handing in files, and opening them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.attachments import store
from zhibu.attachments.errors import AttachmentPlaceMissing, AttachmentWithdrawn
from zhibu.attachments.public import ADDED, OPENED, RESTORED, WITHDRAWN
from zhibu.attachments.rules import (
    PRIVATE,
    File,
    named,
    showing_refusals,
    withdrawal_refusals,
)
from zhibu.core_actions import (
    ATTACHMENT_ADD,
    ATTACHMENT_READ,
    ATTACHMENT_RESTORE,
    ATTACHMENT_WITHDRAW,
    MEMBER_READ,
    ORGANIZATION_READ,
)
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.jobs.store import drop_files
from zhibu.members.public import member_of
from zhibu.organizations.public import organization_of
from zhibu.retention import kept
from zhibu.slips.public import Slip, made_of
from zhibu.storage.attachments import AttachmentMissing, Stored


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a file belongs: an organization's path, and the member it is about."""

    path: str
    member_id: UUID | None = None


async def place_of(
    act: Act, *, organization_id: UUID | None = None, member_id: UUID | None = None
) -> Place:
    """Where a file of this organization or member belongs, if the caller may add it there.

    Neither means the caller's own member. Raises `AttachmentPlaceMissing`, `NotFound`, `Forbidden`.
    """
    if organization_id is None and member_id is None:
        member_id = act.caller.member_id
    if (organization_id is None) == (member_id is None):
        raise AttachmentPlaceMissing(path=("organization",))
    if organization_id is not None:
        unit = await organization_of(act, organization_id)
        act.require(ATTACHMENT_ADD, unit.path, seen_by=ORGANIZATION_READ)
        return Place(path=unit.path)
    assert member_id is not None
    member = await member_of(act, member_id)
    act.require(ATTACHMENT_ADD, member.path, owner=member_id, seen_by=MEMBER_READ)
    return Place(path=member.path, member_id=member_id)


async def add(act: Act, place: Place, stored: Stored, name: str) -> UUID:
    """Keep what was stored as a file of that place; `place_of` has asked."""
    act.require(ATTACHMENT_ADD, place.path, owner=place.member_id)
    id = await _kept(act, place, stored, name)
    act.record(
        Event(
            name=ADDED,
            subject=("Attachment", id),
            path=place.path,
            member_id=place.member_id,
            facts={"size": stored.size, "type": stored.media_type, "sha256": stored.sha256},
        )
    )
    return id


async def add_private(act: Act, stored: Stored, name: str) -> UUID:
    """Keep what long work made, for the account that asked for it and for a while."""
    return await _kept(act, Place(path=PRIVATE), stored, name)


async def opened(act: Act, id: UUID) -> File:
    """The file, which the ledger says was opened. Raises `AttachmentMissing` alike for none."""
    file = await seen(act, id)
    act.record(
        Event(
            name=OPENED,
            subject=("Attachment", id),
            path=file.path or None,
            member_id=file.member_id,
            facts={"sha256": file.sha256, "type": file.media_type},
        )
    )
    return file


async def seen(act: Act, id: UUID) -> File:
    """The file, if the caller may open it. Raises `AttachmentMissing`.

    One that was withdrawn is only seen by whoever may show it again. Raises `AttachmentWithdrawn`.
    """
    file = await _readable(act, id)
    if file.withdrawn_at is not None and not act.may(ATTACHMENT_WITHDRAW, file.path):
        raise AttachmentWithdrawn(at=file.withdrawn_at, reason=file.withdrawn_reason)
    return file


async def content_of(act: Act, sha256: str) -> bytes:
    """What is in a small file, of which the caller was shown its digest."""
    assert act.contents is not None, "an act of the platform"
    return await asyncio.to_thread(act.contents.read, act.tenant_id, sha256)


async def forget(act: Act, ids: Collection[UUID]) -> None:
    """Keep these files no longer, but those that some record refers to.

    One that was withdrawn stays for whoever judges it (S0-38). What is in the others is discarded
    by night.
    """
    files = await store.unclaimed(act.session, act.tenant_id, ids)
    if unclaimed := [file.id for file in files if file.withdrawn_at is None]:
        await drop_files(act.session, act.tenant_id, unclaimed)
        await store.forget(act.session, act.tenant_id, unclaimed)


async def withdraw(act: Act, id: UUID, reason: str) -> None:
    """Take a file out of everybody's sight (S0-38); it stays as it is, for whoever judges it."""
    file = await _judged(act, id)
    act.require(ATTACHMENT_WITHDRAW, file.path)
    refuse(withdrawal_refusals(file, reason))
    await store.withdraw(act.session, act.tenant_id, id, act.now, reason.strip())
    _say(act, WITHDRAWN, file, reason)


async def restore(act: Act, id: UUID, reason: str) -> None:
    """Show a file again: by whoever withdrew it, or may show what others withdrew."""
    file = await _judged(act, id)
    withdrawn = Slip(subject=("Attachment", id), happened=(WITHDRAWN,), among=(WITHDRAWN,))
    made = await made_of(act, withdrawn)
    caller = act.caller.account_id
    withdrew = bool(made) and made[0].account_id == caller is not None
    others = file.withdrawn_at is not None and not withdrew
    act.require(ATTACHMENT_RESTORE if others else ATTACHMENT_WITHDRAW, file.path)
    entered = file.account_id == caller is not None
    refuse(showing_refusals(file, reason, entered=entered, withdrew=withdrew))
    await store.withdraw(act.session, act.tenant_id, id, None, None)
    _say(act, RESTORED, file, reason)


async def _readable(act: Act, id: UUID) -> File:
    file = await store.file(act.session, act.tenant_id, id)
    if file is None or not _may_open(act, file):
        raise AttachmentMissing()
    return file


async def _judged(act: Act, id: UUID) -> File:
    file = await _readable(act, id)
    if file.path == PRIVATE:  # nobody else sees it
        raise AttachmentMissing()
    return file


def _say(act: Act, happened: str, file: File, reason: str) -> None:
    act.record(
        Event(
            name=happened,
            subject=("Attachment", file.id),
            path=file.path,
            member_id=file.member_id,
            facts={"sha256": file.sha256, "reason": reason.strip()},
        )
    )


def _may_open(act: Act, file: File) -> bool:
    if file.path != PRIVATE:
        return act.may(ATTACHMENT_READ, file.path, owner=file.member_id)
    if act.caller.account_id is None or act.caller.account_id != file.account_id:
        return False
    # Whoever's roles have ended, or whose token is for other things, has lost it.
    return (
        not act.scope(ATTACHMENT_READ).nothing
        and act.now < file.created_at + kept(act.parameters, act.today).results
    )


async def _kept(act: Act, place: Place, stored: Stored, name: str) -> UUID:
    file = File(
        id=new_id(),
        sha256=stored.sha256,
        name=named(name, stored.endings),
        media_type=stored.media_type,
        size=stored.size,
        account_id=act.caller.account_id,
        member_id=place.member_id,
        path=place.path,
        created_at=act.now,
    )
    await store.add(act.session, act.tenant_id, file)
    return file.id
