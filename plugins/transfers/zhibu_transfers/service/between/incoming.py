"""The receiver's side: who is offered, and who is asked back before anybody accepted."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu.exchange import public as exchange
from zhibu.identifiers import new_id
from zhibu.organizations.public import (
    Unit,
    organization_of,
    organizations_above,
    organizations_by_code,
)
from zhibu.policy.paths import ROOT
from zhibu.storage.encryption import Place
from zhibu_transfers import actions
from zhibu_transfers.public import OFFERED, RECALLED_LATE, UNDELIVERED
from zhibu_transfers.rules.cases import Case, Kind, State
from zhibu_transfers.service import terms
from zhibu_transfers.service.between.messages import Offer, Told, offer_of, read, tell, written
from zhibu_transfers.service.events import said
from zhibu_transfers.service.people import Newcomer
from zhibu_transfers.service.places import committee
from zhibu_transfers.service.withdrawing import take_back
from zhibu_transfers.store import between as store
from zhibu_transfers.store import cases as case_store

WAITING = (State.OPENED, State.REFUSED)


async def offered(act: Act, told: exchange.Told) -> None:
    """A transfer to be answered: a new one, or another letter for one that waits.

    Raises `NotFound` for a new one where nobody would see it: transfers are off at the top too.
    """
    offer = offer_of(told.body)
    case = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if case is not None and case.state not in WAITING:
        return
    if case is None:
        place = await _addressed(act, offer)
        if not act.switches.enabled(actions.ACCEPT.plugin, place.path):
            raise NotFound()
        id, version = new_id(), {"version": 1}
    else:
        place, id, version = await receiver_of(act, case), case.id, {}
    days = terms.days(act, "transfers.answer_days", place.path)
    values: dict[str, Any] = {
        "state": State.OPENED,
        "elsewhere": offer.committee,
        "peer_name": told.counterpart_name,
        "peer_branch": offer.branch,
        "letter_number": offer.number,
        "letter_until": offer.until,
        "paid_to": offer.paid_to,
        "person_sealed": _sealed(act, id, offer.person),
        "answer_by": act.today + timedelta(days=days),
        **dict.fromkeys(("refused_on", "cause", "refusal", "escalated_id", "settle_by")),
    }
    if case is None:
        values |= {
            "id": id,
            "kind": Kind.OFFERED,
            "name": offer.name,
            "reason": offer.reason,
            "receiver_id": place.id,
            "opened_on": act.today,
            "about": told.about,
            "peer_code": told.counterpart,
            "peer_unit": offer.organization_code,
            **version,
        }
        await case_store.open(act.session, act.tenant_id, [values])
    else:
        await case_store.change(act.session, act.tenant_id, id, values)
    made = await case_store.case(act.session, act.tenant_id, id)
    assert made is not None
    whence = f"{told.counterpart_name}{offer.branch}"
    said(act, OFFERED, made, place.path, whence=whence)


async def recalled(act: Act, told: exchange.Told) -> None:
    """What nobody accepted is let go; who was accepted stays, and the answer said so before."""
    case = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if case is None or case.kind is not Kind.OFFERED:
        raise NotFound()
    place, why = await receiver_of(act, case), told.body["reason"]
    if case.state not in WAITING:
        said(act, RECALLED_LATE, case, place.path, reason=why)
        return
    await take_back(act, case, place.path, why)
    await tell(act, case, Told.RELEASED, place.path, {"reason": why})


async def answer_lost(act: Act, told: exchange.Told) -> None:
    """There is no such institution any more; what was decided here stays."""
    case = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if case is not None:
        said(act, UNDELIVERED, case, (await receiver_of(act, case)).path)


async def newcomer_of(act: Act, case: Case) -> Newcomer:
    """Who was offered, as he is entered into the register."""
    sealed = await store.person(act.session, act.tenant_id, case.id)
    assert sealed is not None, "kept until it was accepted or let go"
    return read(json.loads(act.keyring.open(_place(act, case.id), sealed)))


async def receiver_of(act: Act, case: Case) -> Unit:
    assert case.receiver_id is not None
    return await organization_of(act, case.receiver_id, seen_by=None)


async def _addressed(act: Act, offer: Offer) -> Unit:
    """The committee that the letter is addressed to, by code or name; what names nobody, or where
    transfers are off, goes to the organization department at the top, which sees everything."""
    found = None
    if offer.organization_code:
        code = offer.organization_code
        found = (await organizations_by_code(act, [code])).get(code)
    if found is None:
        id = await store.named(act.session, act.tenant_id, offer.heading)
        found = await organization_of(act, id, seen_by=None) if id else None
    if found is not None and found.ended_on is None:
        place = await committee(act, found) or found
        if act.switches.enabled(actions.ACCEPT.plugin, place.path):
            return place
    (top,) = await organizations_above(act, ROOT)
    return top


def _sealed(act: Act, id: UUID, person: Newcomer) -> bytes:
    return act.keyring.seal(_place(act, id), json.dumps(written(person)))


def _place(act: Act, id: UUID) -> Place:
    return Place(act.tenant_id, "transfers_case", "person_sealed", id)
