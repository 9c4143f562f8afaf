"""What siblings ask of discipline. The caller has authorised the act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import MemberFacts
from zhibu_discipline import actions
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.store import asked as store
from zhibu_discipline.store import files


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose disposition it is, and what it comes to."""

    member_id: UUID
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class FileStanding:
    """What the check of a member's file that counts says: how much lacks, and is doubted."""

    missing: int
    doubtful: int
    complete: bool


async def files_of(act: Act, members: Collection[MemberFacts]) -> Mapping[UUID, FileStanding]:
    """What is known of the files of these members, in one statement; who was never checked is left
    out, and everybody where discipline is off (S3C-35).
    """
    plugin = actions.FILE_READ.plugin
    wanted = {each.id for each in members if act.switches.enabled(plugin, each.path)}
    if not wanted:
        return {}
    return {
        row.member_id: FileStanding(
            missing=row.missing, doubtful=row.doubtful, complete=row.completed_on is not None
        )
        for row in await files.standings(act.session, act.tenant_id, wanted)
    }


async def case_about(act: Act, id: UUID) -> About | None:
    """Whose disposition it is, and of which kind; None where the caller sees none."""
    row = await store.case_about(act.session, act.tenant_id, id)
    if row is None or not act.may(actions.READ, row.path):
        return None
    if row.restricted and not act.may(actions.READ_RESTRICTED, row.path):
        return None
    return About(member_id=row.member_id, kind=Kind(row.kind))


async def referral_about(act: Act, id: UUID) -> UUID | None:
    """About whom something was handed over; None where the caller sees no such hand-over."""
    row = await store.referral_about(act.session, act.tenant_id, id)
    if row is None or not act.may(actions.REFERRAL_READ, row.path):
        return None
    member: UUID = row.member_id
    return member
