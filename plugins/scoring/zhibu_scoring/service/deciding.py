"""The branch decides what was declared (S4-17, S4-18)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_scoring import actions
from zhibu_scoring.errors import NothingChosen
from zhibu_scoring.public import ENTRY_APPROVED, ENTRY_REFUSED
from zhibu_scoring.rules.entries import Recorded, State, counted_refusals, deciding_refusals
from zhibu_scoring.service.entries import KIND, by, exempt_of, of, settle
from zhibu_scoring.service.events import facts_of, said
from zhibu_scoring.service.homes import at_home
from zhibu_scoring.store import closing
from zhibu_scoring.store import entries as store


async def approve(act: Act, ids: Sequence[UUID]) -> None:
    """Let entries count, all of them or none."""
    if not ids:
        raise NothingChosen(path=("entries",))
    first = await store.entries(act.session, act.tenant_id, ids)
    if len(first) < len(set(ids)):
        raise NotFound()
    who = await _as_of_their_years(act, first.values())
    for member in who.values():
        act.require(actions.DECIDE, member.path, member.id, seen_by=actions.READ)
    members = {member.id for member in who.values()}
    await store.hold(act.session, act.tenant_id, members)
    found = await store.entries(act.session, act.tenant_id, ids)
    exempt = await exempt_of(act, members)
    closed = await closing.closed(act.session, act.tenant_id, members)
    known = await _of_their_years(act, found.values())
    refuse(
        [
            *counted_refusals(found.values(), known, path="entries"),
            *(
                refusal
                for each in found.values()
                for refusal in deciding_refusals(
                    each,
                    by=by(act, who[each.entry.member_id, each.entry.year]),
                    exempt=exempt(each.entry.member_id, each.entry.year),
                    closed=(each.entry.member_id, each.entry.year) in closed,
                    path="entries",
                    approve=True,
                )
            ),
        ]
    )
    await settle(act, [*found.values()], State.APPROVED)
    for id, each in found.items():
        member = who[each.entry.member_id, each.entry.year]
        said(act, ENTRY_APPROVED, (KIND, id), member, **facts_of(each))


async def _as_of_their_years(
    act: Act, found: Collection[Recorded]
) -> dict[tuple[UUID, int], MemberFacts]:
    """Whose entries these are, by member and year, as of each year."""
    known = await members_by_id(act, {each.entry.member_id for each in found})
    who: dict[tuple[UUID, int], MemberFacts] = {}
    for year in sorted({each.entry.year for each in found}):
        whose = {each.entry.member_id for each in found if each.entry.year == year}
        then = await at_home(act, {id: known[id] for id in whose}, year)
        who |= {(id, year): member for id, member in then.items()}
    return who


async def _of_their_years(act: Act, found: Collection[Recorded]) -> list[Recorded]:
    """Whatever was declared and proposed of these members in these years."""
    known: list[Recorded] = []
    for year in sorted({each.entry.year for each in found}):
        members = {each.entry.member_id for each in found if each.entry.year == year}
        years = await store.of_members(act.session, act.tenant_id, members, year)
        known += [each for entries in years.values() for each in entries]
    return known


async def refuse_entry(act: Act, id: UUID, *, reason: str) -> UUID:
    """Let an entry not count, with the reason; whose it was."""
    found, member = await of(act, id)
    act.require(actions.DECIDE, member.path, member.id, seen_by=actions.READ)
    refuse(
        deciding_refusals(
            found, by=by(act, member), exempt=False, path="entry", approve=False, reason=reason
        )
    )
    await settle(act, [found], State.REFUSED, reason=reason)
    said(act, ENTRY_REFUSED, (KIND, id), member, **facts_of(found), reason=reason.strip())
    return member.id
