"""The activity card to print, with what was reviewed and the code it is verified by."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound
from zhibu.forms.printing import render
from zhibu.organizations.public import approver_of
from zhibu.storage.attachments import AttachmentMissing, Attachments
from zhibu.storage.encryption import SealBroken
from zhibu.verifying.public import address_of
from zhibu_flow_members import actions
from zhibu_flow_members.errors import CardNotIssued, CardOver
from zhibu_flow_members.public import CARD_PRINTED
from zhibu_flow_members.rules.cards import Printed, Review, ReviewResult
from zhibu_flow_members.rules.photos import JPEG
from zhibu_flow_members.service.cards import SUBJECT
from zhibu_flow_members.service.verdicts import KIND
from zhibu_flow_members.store import card_pages as store

TEMPLATES = Path(__file__).parent.parent / "templates"
RESULTS = {ReviewResult.PASSED: "合格", ReviewResult.FAILED: "不合格"}
HEADINGS = ("审核年度", "审核结果", "审核日期", "说明")


async def page(act: Act, id: UUID) -> str:
    """A card that was issued and holds."""
    card = await store.printed(act.session, act.tenant_id, id)
    if card is None:
        raise NotFound()
    act.require(actions.READ, card.path, card.member_id, seen_by=actions.READ)
    if card.issued_on is None:
        raise CardNotIssued(path=("card",))
    if card.ended_on is not None:
        raise CardOver(path=("card",), on=card.ended_on)
    reviews = await store.reviews_of(act.session, act.tenant_id, [id])
    values = values_of(act, card, reviews.get(id, []), await committee(act, card))
    assert act.contents is not None, "an act of the platform"
    photo = await asyncio.to_thread(picture_of, act.contents, act.tenant_id, card)
    made = rendered(folders_of(act), values, photo)
    facts = {"serial": f"{card.serial:06d}"}
    about = (SUBJECT, id)
    act.record(
        Event(
            name=CARD_PRINTED, subject=about, path=card.path, member_id=card.member_id, facts=facts
        )
    )
    return made


async def committee(act: Act, card: Printed) -> str:
    """The name of the organ's committee that stamped it."""
    above = await approver_of(act, card.path)
    return above.name if above else card.branch


def values_of(act: Act, card: Printed, reviews: Sequence[Review], committee: str) -> dict[str, Any]:
    """What the form of a card says."""
    return {
        "title": "流动党员活动证",
        "organization": card.branch,
        "number": f"{card.serial:06d}",
        "name": card.name,
        "joined": card.admitted_on,
        "place": card.place,
        "since": card.since,
        "until": card.until,
        "headings": HEADINGS,
        "rows": [
            (each.year, RESULTS[ReviewResult(each.result)], each.on, each.note or "")
            for each in reviews
        ],
        "committee": committee,
        "stamped": card.stamped_on,
        "issued": card.issued_on,
        "address": address_of(act, KIND, card.id),
        "mark": f"{act.caller.name} {act.today.isoformat()} 打印",
    }


def folders_of(act: Act) -> list[Path]:
    return [*act.templates, TEMPLATES]


def picture_of(contents: Attachments, tenant_id: UUID, card: Printed) -> bytes | None:
    """The photograph of a card; none where it is lost or damaged, for one stops no other card."""
    try:
        return contents.read(tenant_id, card.photo) if card.photo else None
    except (AttachmentMissing, SealBroken):
        return None


def rendered(folders: Sequence[Path], values: dict[str, Any], photo: bytes | None = None) -> str:
    """The page of a card; without a photograph it has a place for one."""
    shown = f"data:{JPEG};base64,{b64encode(photo).decode()}" if photo else None
    return render("flow_members_card.html", folders=folders, photo=shown, **values)
