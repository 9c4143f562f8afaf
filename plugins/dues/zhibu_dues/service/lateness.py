"""The late months of members, for siblings that reckon with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.basis import Basis
from zhibu.members.public import MemberFacts, member_of
from zhibu_dues import actions
from zhibu_dues.rules.lateness import late
from zhibu_dues.store import months as store


@dataclass(frozen=True, kw_only=True)
class LateMonth:
    """A month paid after its day; `settled_on` and `payment_id` are None while it is open.

    `payment_id` is the subject, a `DuesPayment`, of the events that tell how it was settled.
    """

    month: date
    due_on: date
    settled_on: date | None
    missing_fen: int
    payment_id: UUID | None
    basis: Basis


async def late_months(act: Act, member_id: UUID, year: int) -> list[LateMonth]:
    """Those of a year, as of today; none where dues are off. The caller has authorised the act."""
    member = await member_of(act, member_id, seen_by=None)
    return (await late_months_of(act, [member], year)).get(member_id, [])


async def late_months_of(
    act: Act, members: Collection[MemberFacts], year: int
) -> dict[UUID, list[LateMonth]]:
    """The same of many members, in two statements; who has none is left out."""
    on = {m.id: m for m in members if act.switches.enabled(actions.READ.plugin, m.path)}
    if not on:
        return {}
    kept = await store.of_year(act.session, act.tenant_id, on, year)
    months = {id: found for id in on if (found := late(kept.get(id, ()), act.today))}
    if not months:
        return {}
    paid = await store.last_payments(act.session, act.tenant_id, months, year)
    return {
        id: [
            LateMonth(
                month=each.month,
                due_on=each.due_on,
                settled_on=each.settled_on,
                missing_fen=each.missing,
                payment_id=None if each.open else paid.get((id, each.month)),
                basis=act.parameters.value("dues.collection_day", on[id].path, each.month).basis,
            )
            for each in found
        ]
        for id, found in months.items()
    }
