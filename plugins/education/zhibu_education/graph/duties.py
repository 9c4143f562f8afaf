"""Who answers for member education at an organization (S2-28)."""

from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_education import actions
from zhibu_education.rules.catalogues import label_of
from zhibu_education.rules.duties import Duty
from zhibu_education.service import duties

MOST = 100


@public("shown by `educationDuties` only, which asks")
@strawberry.type(description="承担职责的人。 Somebody who holds a duty.")
class EducationDutyHolder:
    name: str = strawberry.field(description="姓名。 Name.")
    organization: str = strawberry.field(description="所在组织。 Where the duty is held.")


@public("shown by `educationDuties` only, which asks")
@strawberry.type(description="党员教育工作职责及承担者。 A duty, and whoever holds it.")
class EducationDuty:
    code: str = strawberry.field(description="职责代码。 Code in the catalogue.")
    name: str = strawberry.field(description="职责。 What is to be done.")
    role: str | None = strawberry.field(description="对应的系统角色。 The role that goes with it.")
    vacant: bool = strawberry.field(description="是否无人承担。 Whether nobody holds it.")
    count: int = strawberry.field(description="承担者人数。 How many hold it.")
    holders: list[EducationDutyHolder] = strawberry.field(
        description="承担者（最多 100 人）。 Who holds it, 100 at most."
    )


@strawberry.type
class EducationDuties:
    @resolved(
        "党员教育由谁领导、牵头、配合、实施。 Who answers for education there.", actions.PLAN_READ
    )
    async def education_duties(
        self, info: strawberry.Info[Any], organization: strawberry.ID
    ) -> list[EducationDuty]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            found = await duties.of_organization(act, unit)
        return [_shown(duty, info.context) for duty in found]


def _shown(duty: Duty, context: Any) -> EducationDuty:
    language = "en" if context.locale == "en" else "zh"
    role = duty.word.get("role")
    return EducationDuty(
        code=duty.word["code"],
        name=label_of([duty.word], duty.word["code"], language) or "",
        role=context.platform.texts.of("roles", role, context.locale) if role else None,
        vacant=not duty.holders,
        count=len(duty.holders),
        holders=[
            EducationDutyHolder(name=one.name, organization=one.organization)
            for one in duty.holders[:MOST]
        ],
    )
