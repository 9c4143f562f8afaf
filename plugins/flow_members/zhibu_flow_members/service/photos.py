"""The photograph on a card: handed in about the member by who puts it on, kept for it alone."""

from collections.abc import Collection
from uuid import UUID

from zhibu.act import Act
from zhibu.attachments import service as files
from zhibu.attachments.errors import AttachmentWithdrawn
from zhibu.attachments.public import File
from zhibu.errors import refuse
from zhibu.storage.attachments import AttachmentMissing
from zhibu_flow_members import actions
from zhibu_flow_members.errors import PhotoUnknown, PhotoUnreadable
from zhibu_flow_members.public import PHOTO_ATTACHED
from zhibu_flow_members.rules import photos as rules
from zhibu_flow_members.rules.cards import Card
from zhibu_flow_members.service.amounts import photo_bounds
from zhibu_flow_members.service.cards import card_of, say, take_off
from zhibu_flow_members.store import cards
from zhibu_flow_members.store import photos as store


async def attach(act: Act, id: UUID, file_id: UUID, *, reason: str | None) -> None:
    """Put a photograph on a card, or another one; the former one is kept no longer."""
    card = await card_of(act, id)
    act.require(actions.ISSUE, card.path, card.member_id, seen_by=actions.READ)
    file = await _of(act, card, file_id)
    bounds = photo_bounds(act, card.path)
    by_member = act.caller.member_id
    refuse(
        rules.attaching_refusals(card, file.size, reason=reason, by_member=by_member, bounds=bounds)
    )
    photo = rules.photo_of(await files.content_of(act, file.sha256))
    refuse(rules.shape_refusals(photo, bounds))
    await cards.change(act.session, act.tenant_id, id, photo_id=file_id)
    replaced = None
    if card.photo_id is not None:
        await files.forget(act, [card.photo_id])
        replaced = reason.strip() if reason else None
    say(act, PHOTO_ATTACHED, card, sha256=file.sha256, former=card.photo, reason=replaced)


async def remove(act: Act, id: UUID, *, reason: str) -> None:
    """Take a photograph off a card, even one that is over; it is kept no longer."""
    card = await card_of(act, id)
    act.require(actions.ISSUE, card.path, card.member_id, seen_by=actions.READ)
    refuse(rules.removing_refusals(card, reason, by_member=act.caller.member_id))
    await take_off(act, card, reason)


async def erase(act: Act, members: Collection[UUID]) -> None:
    """The photographs of these members are kept no longer."""
    taken = await store.files_of(act.session, act.tenant_id, members)
    if taken:
        await store.take_off(act.session, act.tenant_id, members)
        await files.forget(act, taken)


async def _of(act: Act, card: Card, file_id: UUID) -> File:
    """A picture that the caller handed in about whoever the card is of. Raises `PhotoUnknown`.

    It is forgotten once it is taken off, so what others handed in is no photograph for a card.
    """
    try:
        file = await files.seen(act, file_id)
    except (AttachmentMissing, AttachmentWithdrawn) as error:
        raise PhotoUnknown(path=("file",)) from error
    own = file.account_id == act.caller.account_id is not None
    if not own or file.withdrawn_at is not None or file.member_id != card.member_id:
        raise PhotoUnknown(path=("file",))
    if file.media_type != rules.JPEG:
        raise PhotoUnreadable(path=("file",))
    return file
