"""Erasing what members who left are known by, where the institution says after how long."""

from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import add_months
from zhibu.members import sealing, store
from zhibu.members.public import ERASED
from zhibu.policy.paths import ROOT


async def erase(act: Act, limit: int) -> list[UUID]:
    """Erase identity number and phone of at most so many; whose they were.

    The member and the history stay. What opens the fields was never in the ledger, which goes on
    as it is; each erasure is an entry, with what says so.
    """
    months = act.parameters.value("core.erase_after_months", ROOT, act.today)
    if months.value is None:
        return []
    before = add_months(act.today, -int(months.value))
    people = await store.left_before(act.session, act.tenant_id, before, limit)
    changes = [
        {
            "id": person.id,
            "identity_sealed": b"",
            "identity_index": sealing.nobody(),
            "identity_masked": "",
            "phone_sealed": None,
            "phone_masked": None,
        }
        for person in people
    ]
    await store.update_people(act.session, act.tenant_id, changes)
    for person in people:
        act.record(
            Event(
                name=ERASED,
                subject=("Member", person.id),
                path=person.path,
                member_id=person.id,
                facts={"name": person.name, "months": int(months.value)},
                basis=months.basis,
            )
        )
    return [person.id for person in people]
