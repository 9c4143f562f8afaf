"""What siblings say of the matter that carries a settlement out: whose it is, and what it does."""

from collections.abc import Collection
from uuid import UUID

from zhibu.act import Act
from zhibu_audit_campaign.rules.settled import Matter
from zhibu_audit_campaign.rules.settling import Course
from zhibu_discipline import asking as discipline
from zhibu_flow_members import asking as flow_members
from zhibu_transfers import asking as transfers

MOVED = frozenset({Course.TRANSFER, Course.REISSUE, Course.PROOF})
# What each matter of a membership carries out, by what transfers calls it.
BY_MATTER = {"stop": frozenset({Course.STOP}), "retain": frozenset({Course.RETENTION})}


async def courses_of(
    act: Act, kind: Matter, id: UUID, member_id: UUID
) -> Collection[Course] | None:
    """What a matter of the member carries out; None where the caller sees no such matter of his."""
    whose, courses = await _asked(act, kind, id)
    return courses if whose == member_id else None


async def _asked(act: Act, kind: Matter, id: UUID) -> tuple[UUID | None, Collection[Course]]:
    match kind:
        case Matter.TRANSFER:
            case = await transfers.case_about(act, id)
            return (case.member_id if case else None), MOVED
        case Matter.MEMBERSHIP:
            matter = await transfers.membership_about(act, id)
            if matter is None:
                return None, set()
            return matter.member_id, BY_MATTER.get(matter.kind, frozenset())
        case Matter.STAY:
            return await flow_members.stays_whose(act, id), {Course.CARD}
        case Matter.DISPOSITION:
            found = await discipline.case_about(act, id)
            if found is None:
                return None, set()
            # Whoever did not withdraw when persuaded is removed; the kinds are called alike.
            kinds = {str(found.kind), *(("persuasion",) if found.kind == "removal" else ())}
            return found.member_id, {each for each in Course if each in kinds}
        case Matter.REFERRAL:
            return await discipline.referral_about(act, id), {Course.REFERRAL}
