"""Members as of a year: each with the path of the branch that assesses it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import NotFound
from zhibu.members.public import MemberFacts, member_of
from zhibu_scoring import actions
from zhibu_scoring.store import homes


async def at_home(
    act: Act, members: Mapping[UUID, MemberFacts], year: int
) -> dict[UUID, MemberFacts]:
    """These members, `organization_id` and `path` being of who assesses their year (S4-30).

    That is the branch that drew it up with him, or else where he formally was when it ended,
    wherever he went since. While it runs, and where that branch has ended, it is where he is.
    """
    then = await _then(act, members, year)
    return {id: _at(member, then.get(id)) for id, member in members.items()}


async def member_in(act: Act, id: UUID, year: int) -> MemberFacts:
    """A member as of a year. Raises `NotFound` for who sees neither him nor that year."""
    now, then = await _now_and_then(act, id, year)
    if not (act.may(MEMBER_READ, now.path, id) or act.may(actions.READ, then.path, id)):
        raise NotFound()
    return then


async def read_in(act: Act, id: UUID, year: int) -> MemberFacts:
    """The same, for who may read his points of that year: there, or where he is."""
    now, then = await _now_and_then(act, id, year)
    if not act.may(actions.READ, now.path, id):
        seen_by = None if act.may(MEMBER_READ, now.path, id) else actions.READ
        act.require(actions.READ, then.path, id, seen_by=seen_by)
    return then


async def whose_year(act: Act, id: UUID, year: int) -> MemberFacts:
    """The same, whoever asks: what follows from the record of a sibling, which authorised it."""
    return (await _now_and_then(act, id, year))[1]


async def _now_and_then(act: Act, id: UUID, year: int) -> tuple[MemberFacts, MemberFacts]:
    then = await _then(act, [id], year)  # first: it takes as long where there is no such member
    now = await member_of(act, id, seen_by=None)
    return now, _at(now, then.get(id))


async def _then(act: Act, ids: Collection[UUID], year: int) -> dict[UUID, tuple[UUID, str]]:
    if not ids or year >= act.today.year:
        return {}
    return await homes.of(act.session, act.tenant_id, ids, year)


def _at(member: MemberFacts, home: tuple[UUID, str] | None) -> MemberFacts:
    if home is None:
        return member
    organization_id, path = home
    return replace(member, organization_id=organization_id, path=path)
