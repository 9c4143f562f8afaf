"""What a client says to change meetings, attendance, leave and arrangements."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import UNSET

from zhibu.graph.inputs import key, optional, row, told
from zhibu_organization_life.graph.enums import Ground, Kind, Presence
from zhibu_organization_life.graph.inputs.rows import member_row
from zhibu_organization_life.rules.accommodations import Wanted
from zhibu_organization_life.rules.attendance import Mark
from zhibu_organization_life.rules.meetings import Details, Draft


@strawberry.input(description="组织生活会议。 A meeting, planned or held.")
class OrganizationLifeMeetingInput:
    organization: strawberry.ID = told("召开会议的党组织。 Who holds it.")
    kind: Kind = told("类型。 Kind.")
    title: str = told("名称（议题）。 What it is about.")
    held_on: date = told("日期。 Day.")
    code: str | None = told("会议编号，不填则自动生成。 Code; made up where none is given.", None)
    begins: str | None = told("开始时间，如 09:30。 When it begins, like 09:30.", None)
    place: str | None = told("地点。 Place.", None)
    agenda: str | None = told("议程。 Agenda.", None)
    contents: list[str] | None = told(
        "主题党日内容类别代码，见参数 organization_life.contents。 Codes of content kinds.", None
    )
    hours: Decimal | None = told("作为集中学习的学时。 Class hours, if it is study.", None)
    chair: strawberry.ID | None = told("主持人。 The member who chairs it.", None)
    lecturer: strawberry.ID | None = told("讲课的党员。 The member who lectures.", None)
    lecturer_name: str | None = told("讲课人姓名。 Who lectures, by name.", None)
    late_reason: str | None = told("补录原因。 Why it is entered late.", None)
    idempotency_key: str | None = key()

    def draft(self) -> Draft:
        return Draft(
            organization_id=row(self.organization, "Organization", "organization"),
            kind=self.kind,
            code=self.code,
            late_reason=self.late_reason,
            details=Details(
                title=self.title,
                held_on=self.held_on,
                begins=self.begins,
                place=self.place,
                agenda=self.agenda,
                contents=tuple(self.contents or ()),
                hours=self.hours,
                chair_id=optional(self.chair, "Member", "chair"),
                lecturer_id=optional(self.lecturer, "Member", "lecturer"),
                lecturer_name=self.lecturer_name,
            ),
        )


@strawberry.input(description="更改会议；未填的项目不变。 What of a meeting is to differ.")
class OrganizationLifeMeetingChangeInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    title: str | None = told("名称（议题）。 What it is about.", UNSET)
    held_on: date | None = told("日期，仅预告的会议可改。 Day; of a plan only.", UNSET)
    begins: str | None = told("开始时间。 When it begins.", UNSET)
    place: str | None = told("地点。 Place.", UNSET)
    agenda: str | None = told("议程。 Agenda.", UNSET)
    contents: list[str] | None = told("主题党日内容类别代码。 Codes of content kinds.", UNSET)
    hours: Decimal | None = told("学时。 Class hours.", UNSET)
    chair: strawberry.ID | None = told("主持人。 Who chairs it.", UNSET)
    lecturer: strawberry.ID | None = told("讲课的党员。 The member who lectures.", UNSET)
    lecturer_name: str | None = told("讲课人姓名。 Who lectures, by name.", UNSET)
    reason: str | None = told("更改原因；会议已召开的必填。 Why; needed once it was held.", None)
    version: int | None = told("读到的会议版本。 The version that was read.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> dict[str, Any]:
        """The details that are given; a title or a day that is null stays."""
        given = {
            name: getattr(self, name)
            for name in ("begins", "place", "agenda", "hours", "lecturer_name")
        }
        given |= {name: getattr(self, name) or UNSET for name in ("title", "held_on")}
        given["contents"] = UNSET if self.contents is UNSET else tuple(self.contents or ())
        for name in ("chair", "lecturer"):
            id = getattr(self, name)
            given[f"{name}_id"] = UNSET if id is UNSET else optional(id, "Member", name)
        return {name: value for name, value in given.items() if value is not UNSET}


@strawberry.input(description="取消会议。 A meeting to be cancelled.")
class OrganizationLifeMeetingCancelInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    reason: str = told("取消原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="一名党员的出勤。 How one member is marked.")
class OrganizationLifeMarkInput:
    member: strawberry.ID = told("党员。 The member.")
    presence: Presence = told("出勤情况。 How the member is marked.")
    reason: str | None = told("请假或缺席的说明。 Why on leave or absent.", None)

    def mark(self) -> Mark:
        return Mark(member_id=member_row(self.member), presence=self.presence, reason=self.reason)


@strawberry.input(description="登记出勤。 Who attended a meeting.")
class OrganizationLifeMeetingAttendInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    marks: list[OrganizationLifeMarkInput] = told("出勤名单。 Who is marked how.")
    others: Presence | None = told(
        "其余应到人员的出勤情况；已获准请假的记为请假。 How everybody else who should attend is "
        "marked; whoever had leave approved is on leave.",
        None,
    )
    reason: str | None = told("更正或补录的原因。 Why it is put right, or so late.", None)
    version: int | None = told("读到的会议版本。 The version that was read.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="撤销误登的出勤。 Who is marked by mistake.")
class OrganizationLifeMeetingStrikeInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    member: strawberry.ID = told("党员。 The member.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="开放签到。 Check-in to be opened.")
class OrganizationLifeCheckInOpenInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    minutes: int = told("有效分钟数。 For how many minutes.", 10)


@strawberry.input(description="签到。 The code shown in the room.")
class OrganizationLifeCheckInInput:
    code: str = told("签到码。 The code.")
    idempotency_key: str | None = key()


@strawberry.input(description="请假。 Leave to be asked for.")
class OrganizationLifeLeaveAskInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    member: strawberry.ID = told("党员。 The member.")
    reason: str = told("请假事由。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回请假。 Leave to be given back.")
class OrganizationLifeLeaveWithdrawInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    member: strawberry.ID = told("党员。 The member.")
    idempotency_key: str | None = key()


@strawberry.input(description="批准或不批准请假。 Leave to be decided.")
class OrganizationLifeLeaveDecideInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    member: strawberry.ID = told("党员。 The member.")
    approved: bool = told("是否批准。 Whether it is approved.")
    answer: str | None = told("批复意见；不批准的必填。 What is answered; needed to refuse.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="会议记录。 Minutes to be written or amended.")
class OrganizationLifeMinutesWriteInput:
    meeting: strawberry.ID = told("会议。 The meeting.")
    text: str = told("记录内容。 What is minuted.")
    number: int | None = told("读到的版次。 The version that was read.", None)
    reason: str | None = told("修改原因；已有记录的必填。 Why it is amended.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="灵活安排。 A flexible arrangement to be recorded.")
class OrganizationLifeAccommodateInput:
    member: strawberry.ID = told("党员。 The member.")
    ground: Ground = told("原因。 Why.")
    arrangement: str = told("安排内容。 What is arranged.")
    since: date = told("开始日期。 First day.")
    until: date | None = told("结束日期，当天起不再适用。 From when on it ends.", None)
    applied_on: date | None = told(
        "书面申请日期；出国（境）暂停组织生活的必填。 When he applied in writing, if abroad.", None
    )
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            member_id=member_row(self.member),
            ground=self.ground,
            arrangement=self.arrangement,
            since=self.since,
            until=self.until,
            applied_on=self.applied_on,
        )


@strawberry.input(description="结束灵活安排。 An arrangement to be ended.")
class OrganizationLifeAccommodationEndInput:
    accommodation: strawberry.ID = told("灵活安排。 The arrangement.")
    until: date = told("自何日起不再适用。 From when on it ends.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
