"""The published grades of members in a year, for whoever reckons with them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act
from zhibu_organization_life.rules.grades import Grade, GradeGround
from zhibu_organization_life.store import appraisals as store


@dataclass(frozen=True, kw_only=True)
class Appraised:
    """How a member was appraised; `veto` if unqualified by one (S4-19). No grade says why."""

    appraisal_id: UUID
    member_id: UUID
    grade: Grade | None
    ground: GradeGround
    reason: str | None

    @property
    def veto(self) -> bool:
        return self.ground is GradeGround.VETO


async def grades_of(act: Act, members: Collection[UUID], year: int) -> dict[UUID, Appraised]:
    """What was published of these members for a year, whoever asks; others are left out.

    Of somebody whom two branches appraised for one year, the grade published last.
    """
    rows = await store.published_of(act.session, act.tenant_id, members, year)
    return {
        row.member_id: Appraised(
            appraisal_id=row.appraisal_id,
            member_id=row.member_id,
            grade=Grade(row.grade) if row.grade else None,
            ground=GradeGround(row.ground),
            reason=row.reason,
        )
        for row in rows
    }
