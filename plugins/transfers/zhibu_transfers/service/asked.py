"""What siblings ask of transfers. The caller has authorised the act."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import MemberFacts
from zhibu_transfers import actions
from zhibu_transfers.public import About
from zhibu_transfers.store import asked as store


async def unreceipted(act: Act, path: str, on: date) -> Collection[UUID]:
    """The members of branches at or below `path` whose letter went out by that day and whose
    receipt had not come by then, in one statement. Nobody where transfers are off (S3B-01).
    """
    rows = await store.unreceipted(act.session, act.tenant_id, path, on)
    plugin = actions.READ.plugin
    return {row.member_id for row in rows if act.switches.enabled(plugin, row.path)}


async def pocketed(act: Act, members: Collection[MemberFacts], on: date) -> Mapping[UUID, date]:
    """Whose letter nobody handed in before its last day was over, and that day; in one statement.

    Nobody where transfers are off (S3A-01).
    """
    plugin = actions.READ.plugin
    wanted = {each.id for each in members if act.switches.enabled(plugin, each.path)}
    if not wanted:
        return {}
    return await store.pocketed(act.session, act.tenant_id, wanted, on)


async def file_doubted(act: Act, members: Collection[MemberFacts]) -> Collection[UUID]:
    """Whose file was doubted, or was not there, when he last arrived; in one statement.

    Nobody where transfers are off (S3D-07).
    """
    plugin = actions.READ.plugin
    wanted = {each.id for each in members if act.switches.enabled(plugin, each.path)}
    if not wanted:
        return set()
    return await store.file_doubted(act.session, act.tenant_id, wanted)


async def case_about(act: Act, id: UUID) -> About | None:
    """Whose transfer it is that goes on or was closed; None where the caller sees none."""
    return _about(act, await store.case_about(act.session, act.tenant_id, id))


async def membership_about(act: Act, id: UUID) -> About | None:
    """Whose membership is to be stopped or restored; None where the caller sees no such matter."""
    return _about(act, await store.membership_about(act.session, act.tenant_id, id))


def _about(act: Act, row: Any | None) -> About | None:
    if row is None or not act.may(actions.READ, row.path, row.member_id):
        return None
    return About(member_id=row.member_id, kind=row.kind)
