"""Keeping what members owe, in the transaction of whatever changed it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.members.public import MemberFacts
from zhibu_dues import actions
from zhibu_dues.public import Standing
from zhibu_dues.rules.months import (
    Month,
    Relief,
    Spell,
    arrears,
    months_between,
    owed,
    paid_to,
    with_payments,
)
from zhibu_dues.rules.reliefs import Grant
from zhibu_dues.service.terms import terms
from zhibu_dues.store import arrears as arrears_store
from zhibu_dues.store import bases as base_store
from zhibu_dues.store import grants as grant_store
from zhibu_dues.store import months as store
from zhibu_dues.store import people
from zhibu_dues.store.chunks import chunks


async def refresh(act: Act, members: Collection[UUID]) -> None:
    """Reckon what these members owe anew and keep it; the caller has authorised the act.

    Everything is taken from the records: bases, reductions, consents, payments, memberships. What
    was paid for a month that is no longer owed stays with it and shows.
    """
    kept = await store.kept_of(act.session, act.tenant_id, members)
    for part in chunks(sorted(kept)):
        await _refresh(act, part)


async def _refresh(act: Act, members: Collection[UUID]) -> None:
    before = await store.of_members(act.session, act.tenant_id, members)
    now = await reckoned(act, members)
    changed = await store.keep(act.session, act.tenant_id, before, now)
    if not changed:
        return
    found = await people.memberships(act.session, act.tenant_id, changed)
    act.touch(*(organization for _, organization, _ in found.values()))
    streaks = {id: arrears(now.get(id, ()), act.today)[1] for id in changed}
    await arrears_store.settle(act.session, act.tenant_id, streaks, on=act.today)


async def reckoned(act: Act, members: Collection[UUID]) -> dict[UUID, list[Month]]:
    """What these members owe and have paid, from the records alone."""
    session, tenant_id = act.session, act.tenant_id
    bases = await base_store.of_members(session, tenant_id, members)
    reductions = await _by_member(act, grant_store.REDUCTIONS, members)
    quarterly = await _by_member(act, grant_store.QUARTERLY, members)
    paid = await store.paid(session, tenant_id, members)
    found = await people.memberships(session, tenant_id, members)
    now: dict[UUID, list[Month]] = {}
    for id, (path, _, membership) in found.items():
        own = [base for base in bases if base.member_id == id]
        months: list[Month] = []
        for year in sorted({base.declaration.year for base in own}):
            first, last = year_of(year)
            months += owed(
                months_between(first, last),
                membership=membership,
                bases=[base.fixed for base in own],
                reliefs=[
                    Relief(spell=grant.spell, fen=grant.fen or 0)
                    for grant in reductions.get(id, ())
                ],
                quarterly=[grant.spell for grant in quarterly.get(id, ())],
                terms=terms(act, path, first),
            )
        got = paid.get(id, {})
        now[id] = with_payments(
            months,
            {month: fen for month, (fen, _) in got.items()},
            {month: last for month, (_, last) in got.items()},
        )
    return now


async def standing_of(act: Act, member_id: UUID) -> Standing:
    """Where a member stands today, whoever asks."""
    kept = await store.of_members(act.session, act.tenant_id, [member_id])
    return _standing(member_id, kept.get(member_id, []), act)


async def standings_of(act: Act, members: Collection[MemberFacts]) -> dict[UUID, Standing]:
    """Where these members stand today, of whom months are kept; the caller has authorised it.

    Nobody where dues are off.
    """
    plugin = actions.READ.plugin
    wanted = [each.id for each in members if act.switches.enabled(plugin, each.path)]
    kept = await store.of_members(act.session, act.tenant_id, wanted)
    return {id: _standing(id, months, act) for id, months in kept.items()}


def _standing(member_id: UUID, months: Sequence[Month], act: Act) -> Standing:
    overdue, streak = arrears(months, act.today)
    return Standing(
        member_id=member_id,
        paid_to=paid_to(months),
        overdue_months=overdue,
        overdue_fen=sum(m.missing for m in months if m.open and m.due_on < act.today),
        streak=streak,
    )


async def may_pay_quarterly(act: Act, member_id: UUID) -> list[Spell]:
    """When the member may pay by the quarter."""
    found = await grant_store.of_members(
        act.session, act.tenant_id, grant_store.QUARTERLY, [member_id]
    )
    return [grant.spell for grant in found]


async def paid_in_vain(act: Act, members: Collection[UUID]) -> bool:
    """Whether anything was paid for a month that would have no base any more."""
    now = await reckoned(act, members)
    paid = await store.paid(act.session, act.tenant_id, members)
    return any({*months} - {each.month for each in now[id]} for id, months in paid.items())


async def _by_member(
    act: Act, table: object, members: Collection[UUID]
) -> Mapping[UUID, list[Grant]]:
    found: dict[UUID, list[Grant]] = {}
    for grant in await grant_store.of_members(act.session, act.tenant_id, table, members):
        found.setdefault(grant.member_id, []).append(grant)
    return found
