"""What siblings ask of floating members. The caller has authorised the act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import MemberFacts
from zhibu_flow_members import actions
from zhibu_flow_members.rules.notes import NoteKind
from zhibu_flow_members.store import asked as store


@dataclass(frozen=True, kw_only=True)
class Away:
    """What is recorded of a member's stays: away since when, whether at a fixed place, and the last
    day on which contact with him was noted, of whatever stay.
    """

    since: date | None
    fixed: bool
    contacted_on: date | None


async def away_of(act: Act, members: Collection[MemberFacts], on: date) -> Mapping[UUID, Away]:
    """Those of these members of whom anything is recorded, as of a day, in two statements.

    Nobody where floating members are not kept.
    """
    plugin = actions.READ.plugin
    wanted = {each.id for each in members if act.switches.enabled(plugin, each.path)}
    if not wanted:
        return {}
    stays = await store.away_on(act.session, act.tenant_id, wanted, on)
    contacts = await store.contacts(act.session, act.tenant_id, wanted, on)
    return {
        id: Away(
            since=stays[id].since if id in stays else None,
            fixed=id in stays and stays[id].fixed,
            contacted_on=contacts.get(id),
        )
        for id in {*stays, *contacts}
    }


async def notes_of(
    act: Act, member: MemberFacts, kinds: Collection[NoteKind]
) -> list[tuple[NoteKind, date]]:
    """What was noted of these kinds on a member's stays, the earliest first.

    Nothing where floating members are not kept.
    """
    if not act.switches.enabled(actions.READ.plugin, member.path):
        return []
    return await store.noted(act.session, act.tenant_id, member.id, kinds)


async def stays_whose(act: Act, id: UUID) -> UUID | None:
    """Whose stay away it is; None where the caller sees none."""
    row = await store.whose(act.session, act.tenant_id, id)
    if row is None or not act.may(actions.READ, row.path, row.member_id):
        return None
    member: UUID = row.member_id
    return member
