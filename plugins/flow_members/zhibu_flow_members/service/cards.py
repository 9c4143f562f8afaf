"""Activity cards: stamped by the organ's committee, issued, reviewed and ended by the branch."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.attachments import service as files
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    CARD_ENDED,
    CARD_ISSUED,
    CARD_REVIEWED,
    CARD_STAMPED,
    PHOTO_REMOVED,
)
from zhibu_flow_members.rules import cards as rules
from zhibu_flow_members.rules.cards import Card, CardEnding, ReviewResult
from zhibu_flow_members.service.between.home import tell_host
from zhibu_flow_members.service.events import told
from zhibu_flow_members.store import cards as store
from zhibu_flow_members.store import cases

SUBJECT = "FlowMembersCard"


async def stamp(act: Act, case_id: UUID) -> UUID:
    """The organ's committee stamps a card; the branch then issues it (S1-11)."""
    case = await cases.case(act.session, act.tenant_id, case_id)
    if case is None:
        raise NotFound()
    act.require(actions.STAMP, case.path, case.member_id, seen_by=actions.READ)
    known = await store.living(act.session, act.tenant_id, case.member_id)
    refuse(
        rules.stamping_refusals(
            case, living=known.serial if known else None, stamper=act.caller.member_id
        )
    )
    id = new_id()
    row = {
        "id": id,
        "case_id": case_id,
        "member_id": case.member_id,
        "once": store.HOLDS,
        "stamped_on": act.today,
        "stamped_by": act.caller.account_id,
    }
    serial = await store.add(act.session, act.tenant_id, row)
    _record(act, CARD_STAMPED, id, case.path, case.member_id, serial, on=act.today)
    return id


async def issue(act: Act, id: UUID, on: date) -> None:
    """The branch registers the card and hands it out."""
    card = await card_of(act, id)
    act.require(actions.ISSUE, card.path, card.member_id, seen_by=actions.READ)
    caller = act.caller
    refuse(
        rules.issuing_refusals(
            card,
            on,
            issuer=caller.account_id,
            issuer_member=caller.member_id,
            today=act.today,
        )
    )
    values = {"issued_on": on, "issued_by": caller.account_id}
    await store.change(act.session, act.tenant_id, id, **values)
    say(act, CARD_ISSUED, card, on=on)
    if card.peered:
        await tell_host(act, card.case_id)


async def review(
    act: Act,
    id: UUID,
    year: int,
    result: ReviewResult,
    *,
    note: str | None = None,
    reason: str | None = None,
) -> None:
    """The branch where the relationship is reviews the card, once a year (S1-13)."""
    card = await card_of(act, id)
    act.require(actions.ISSUE, card.path, card.member_id, seen_by=actions.READ)
    before = await store.reviewed(act.session, act.tenant_id, id, year)
    refuse(
        rules.reviewing_refusals(
            card,
            year,
            result,
            note,
            again=before is not None,
            reason=reason,
            reviewer_member=act.caller.member_id,
            today=act.today,
        )
    )
    row = {
        "id": new_id(),
        "card_id": id,
        "member_id": card.member_id,
        "year": year,
        "result": result,
        "note": (note or "").strip() or None,
        "reviewed_on": act.today,
        "reviewed_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.review(act.session, act.tenant_id, before, row)
    say(act, CARD_REVIEWED, card, year=year, result=result, reason=reason)


async def end(act: Act, id: UUID, on: date, ending: CardEnding, *, reason: str) -> None:
    """The card is given back, replaced, or void; its photograph is kept no longer."""
    card = await card_of(act, id)
    act.require(actions.ISSUE, card.path, card.member_id, seen_by=actions.READ)
    refuse(
        rules.ending_refusals(
            card, on, ending, reason, ender_member=act.caller.member_id, today=act.today
        )
    )
    values = {"ended_on": on, "ending": ending, "end_reason": reason.strip(), "once": None}
    await store.change(act.session, act.tenant_id, id, **values)
    say(act, CARD_ENDED, card, on=on, ending=ending, reason=reason.strip())
    await take_off(act, card, reason)
    if card.peered:
        await tell_host(act, card.case_id)


async def take_off(act: Act, card: Card, reason: str) -> None:
    """The photograph of a card, if it has one, is on it no more, and kept no longer."""
    if card.photo_id is not None:
        await store.change(act.session, act.tenant_id, card.id, photo_id=None)
        await files.forget(act, [card.photo_id])
        say(act, PHOTO_REMOVED, card, sha256=card.photo, reason=reason.strip())


async def card_of(act: Act, id: UUID) -> Card:
    """One card. Raises `NotFound`."""
    card = await store.card(act.session, act.tenant_id, id)
    if card is None:
        raise NotFound()
    return card


def say(act: Act, name: str, card: Card, **facts: Any) -> None:
    """What happened to a card."""
    _record(act, name, card.id, card.path, card.member_id, card.serial, **facts)


def _record(
    act: Act, name: str, id: UUID, path: str, member_id: UUID, serial: int, **facts: Any
) -> None:
    known = told({"serial": f"{serial:06d}", **facts})
    about = (SUBJECT, id)
    act.record(Event(name=name, subject=about, path=path, member_id=member_id, facts=known))
