"""Opening what lists mask, and looking somebody up by identity number: both are events."""

from enum import StrEnum
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_OPEN
from zhibu.errors import NotFound, refuse
from zhibu.members import sealing, store
from zhibu.members.errors import OpeningReasonMissing
from zhibu.members.identity import identity_faults
from zhibu.members.public import LOOKED_UP, OPENED
from zhibu.members.rules import Person
from zhibu.members.service.loading import person_for


class Field(StrEnum):
    """What is kept sealed."""

    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"


_COLUMNS = {Field.IDENTITY_NUMBER: "identity_sealed", Field.PHONE: "phone_sealed"}


async def open(act: Act, id: UUID, *, field: Field, reason: str) -> str | None:
    """The clear text of one field, None when there is none. The member can see who looked."""
    person = await person_for(act, id, MEMBER_OPEN)
    require_proof(act, Use.OPEN, person.path)
    if not reason.strip():
        raise OpeningReasonMissing(path=("reason",))
    sealed = await store.sealed_field(act.session, act.tenant_id, id, _COLUMNS[field])
    act.record(
        Event(
            name=OPENED,
            subject=("Member", id),
            path=person.path,
            member_id=id,
            facts={"field": field, "reason": reason},
        )
    )
    return sealing.opened(act, _COLUMNS[field], id, sealed) if sealed else None


async def lookup(act: Act, *, identity_number: str, reason: str) -> Person:
    """Who has exactly this identity number. Absent and invisible are one answer: `NotFound`."""
    said, faults = identity_faults(identity_number, None, None, act.today)
    refuse(faults)
    assert said is not None
    if not reason.strip():
        raise OpeningReasonMissing(path=("reason",))
    index = sealing.index(act, said.number)
    person = (await store.holders_of(act.session, act.tenant_id, [index])).get(index)
    if person is None or not act.may(MEMBER_OPEN, person.path, person.id):
        raise NotFound()
    act.record(
        Event(
            name=LOOKED_UP,
            subject=("Member", person.id),
            path=person.path,
            member_id=person.id,
            facts={"identity": person.identity_masked, "reason": reason},
        )
    )
    return person
