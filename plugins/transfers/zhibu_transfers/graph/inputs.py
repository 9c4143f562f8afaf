"""What transfers is given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu.members.public import Gender, MemberKind
from zhibu_transfers.graph.words import (
    Fault,
    FileCheck,
    Finding,
    Kind,
    Means,
    Place,
    Route,
    Situation,
    VoidCause,
)
from zhibu_transfers.rules.cases import Opening
from zhibu_transfers.rules.letters import Replacing
from zhibu_transfers.rules.placement import Facts
from zhibu_transfers.rules.receipts import Arrival
from zhibu_transfers.service.letters import Wanted
from zhibu_transfers.service.people import Newcomer

CODE = (
    "接收党组织代码：本系统内看不到的支部，或平台内对方单位的。"
    " The code of a branch here that one does not see, or of an organization there."
)


@strawberry.input(
    description="判断去向所需的情况，未知的为否。 What decides where a member belongs."
)
class TransfersPlacementInput:
    situation: Situation = told("去向情形。 How the member lives and works.")
    since: date | None = told("外出起日。 From when the stay lasts.", None)
    until: date | None = told("外出止日，不填为长期。 Until when; null for good.", None)
    unit_has_organization: bool = told("所在单位有党组织。 The unit has one.", False)
    location_has_organization: bool = told("单位所在地有党组织。 Its neighbourhood has.", False)
    association_exists: bool = told("有行业协会党组织。 A trade association has one.", False)
    file_at_service_body: bool = told(
        "人事档案在人才（劳动）服务机构。 The file is with a service body.", False
    )
    fixed_residence: bool = told("有固定居住地。 The residence is fixed.", False)
    residence_changes_often: bool = told("居住地经常变动。 It changes often.", False)
    socialized: bool = told("退休人员已社会化管理。 Retired, managed socially.", False)
    settled_elsewhere: bool = told("离退休后长期在外定居。 Retired, long settled elsewhere.", False)
    rehired: bool = told("离退休后由原单位返聘。 Re-employed by the old unit.", False)
    destination_known: bool = told("去向已确定。 The destination is known.", True)

    def facts(self) -> Facts:
        return Facts(**{name: getattr(self, name) for name in Facts.__dataclass_fields__})


@strawberry.input(description="办理转接。 A transfer to be opened.")
class TransfersOpenInput:
    kind: Kind = told("类别。 Whence and whither.")
    reason: str = told("转接原因代码（transfers.reasons）。 Why, by its code.")
    member: strawberry.ID | None = told("党员；由系统外转入的不填。 The member, if here.", None)
    name: str | None = told("由系统外转入的党员姓名。 The name of who comes from elsewhere.", None)
    target: strawberry.ID | None = told("接收支部；转往系统外的不填。 The branch, if here.", None)
    elsewhere: str | None = told("系统外党组织全称（抬头）。 The organization elsewhere.", None)
    address: str | None = told("其通讯地址。 Its address.", None)
    institution: str | None = told("平台内对方单位代码。 The other institution's code.", None)
    organization_code: str | None = told(CODE, None)
    note: str | None = told("说明。 In words.", None)
    letter_number: str | None = told("来信编号。 Number of the letter handed in.", None)
    letter_until: date | None = told("来信有效期至。 Its last day.", None)
    facts: TransfersPlacementInput | None = told("去向情况。 What decides the placement.", None)
    chosen: Place | None = told("实际去向。 Where he is placed.", None)
    otherwise: str | None = told("与建议不同的理由。 Why otherwise than suggested.", None)
    idempotency_key: str | None = key()

    def opening(self) -> Opening:
        return Opening(
            kind=self.kind,
            member_id=optional(self.member, "Member", "member"),
            name=self.name,
            to_id=optional(self.target, "Organization", "target"),
            elsewhere=self.elsewhere,
            address=self.address,
            institution=self.institution,
            organization_code=self.organization_code,
            reason=self.reason,
            note=self.note,
            letter_number=self.letter_number,
            letter_until=self.letter_until,
            chosen=self.chosen,
            otherwise=self.otherwise,
        )


@strawberry.input(description="撤回转接。 A transfer taken back.")
class TransfersWithdrawInput:
    case: strawberry.ID = told("转接。 The transfer.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="开具介绍信。 A letter to be issued.")
class TransfersLetterIssueInput:
    case: strawberry.ID = told("转接。 The transfer.")
    route: Route = told("转移范围。 How far it goes.")
    paid_to: date | None = told(
        "党费交至何月，不填按党费记录。 Month up to which dues are paid, or as recorded.", None
    )
    paid_to_reason: str | None = told("与党费记录不同的理由。 Why other than recorded.", None)
    days: int | None = told("有效天数，不填按规定。 Days; the rule's if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            route=self.route,
            paid_to=self.paid_to,
            paid_to_reason=self.paid_to_reason,
            days=self.days,
        )


@strawberry.input(description="重开介绍信，原信作废。 A letter in place of another.")
class TransfersLetterReissueInput(TransfersLetterIssueInput):
    cause: VoidCause = told("原信作废原因。 What became of the old one.")
    fault: Fault = told("责任。 Who is answerable.")
    explanation: str = told("情况说明。 In words.")

    def replacing(self) -> Replacing:
        return Replacing(cause=self.cause, fault=self.fault, reason=self.explanation)


@strawberry.input(description="系统外转入党员的登记信息。 Who comes from elsewhere.")
class TransfersPersonInput:
    identity_number: str = told("身份证号。 Identity number.")
    kind: MemberKind = told("管理类别。 How the member is managed.")
    admitted_on: date = told("入党日期。 When admitted.")
    full: bool = told("是否正式党员。 Whether full.", True)
    full_on: date | None = told("转正日期。 When made full.", None)
    gender: Gender | None = told("性别。 Gender.", None)
    birth_date: date | None = told("出生日期。 Date of birth.", None)
    nation: str | None = told("民族。 Nation.", None)
    education: str | None = told("学历。 Education.", None)
    phone: str | None = told("电话。 Phone.", None)

    def newcomer(self) -> Newcomer:
        return Newcomer(**{name: getattr(self, name) for name in Newcomer.__dataclass_fields__})


@strawberry.input(description="接收党员。 An acceptance.")
class TransfersAcceptInput:
    case: strawberry.ID = told("转接。 The transfer.")
    file_check: FileCheck = told("档案核对。 What the file showed.")
    file_note: str | None = told("档案疑点。 Doubts about it.", None)
    custodian: str | None = told("无档案者的党员档案保管单位。 Who keeps the file.", None)
    on: date | None = told("接收日期，不填为今天。 From when; today if null.", None)
    person: TransfersPersonInput | None = told("系统外转入者。 Who comes from elsewhere.", None)
    target: strawberry.ID | None = told("平台内他单位转入的支部。 The branch, if offered.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def arrival(self) -> Arrival:
        return Arrival(check=self.file_check, note=self.file_note, custodian=self.custodian)


@strawberry.input(description="拒绝接收。 A refusal.")
class TransfersRefuseInput:
    case: strawberry.ID = told("转接。 The transfer.")
    cause: str | None = told("事由代码（transfers.causes），无则报上级。 Its cause, if any.", None)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="寄送或登记回执。 A receipt.")
class TransfersReceiptInput:
    case: strawberry.ID = told("转接。 The transfer.")
    means: Means = told("寄送方式。 How it goes.")
    on: date | None = told("回执日期，不填为今天。 When; today if null.", None)
    signer: str | None = told("盖章党委；系统外来的必填。 Whose seal it bears.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记未回执核查结果。 What came out about a missing receipt.")
class TransfersTraceInput:
    case: strawberry.ID = told("转接。 The transfer.")
    finding: Finding = told("结果。 Settled there, or not.")
    found: str = told("核查情况。 In words.")
    proof: str | None = told("接收方证明。 The receiver's proof.", None)
    settled_on: date | None = told("关系落在对方之日。 Since when it is settled there.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记打印。 A letter that goes to the printer.")
class TransfersLetterPrintInput:
    letter: strawberry.ID = told("介绍信。 The letter.")
    idempotency_key: str | None = key()


@strawberry.input(description="整建制转接。 A whole unit that goes to one place.")
class TransfersUnitOpenInput:
    kind: Kind = told("类别，within 或 out。 Within, or out.")
    reason: str = told("转接原因代码（transfers.reasons）。 Why, by its code.")
    members: list[strawberry.ID] = told("名单。 Everybody who goes.")
    target: strawberry.ID | None = told("接收支部；转往系统外的不填。 The branch, if here.", None)
    organization_code: str | None = told(CODE, None)
    elsewhere: str | None = told("系统外党组织全称。 The organization elsewhere.", None)
    address: str | None = told("其通讯地址。 Its address.", None)
    note: str | None = told("说明。 In words.", None)
    idempotency_key: str | None = key()

    def opening(self) -> Opening:
        return Opening(
            kind=self.kind,
            to_id=optional(self.target, "Organization", "target"),
            organization_code=self.organization_code,
            elsewhere=self.elsewhere,
            address=self.address,
            reason=self.reason,
            note=self.note,
        )


@strawberry.input(description="整批接收。 A whole unit that is accepted.")
class TransfersUnitAcceptInput:
    case: strawberry.ID = told("该批的第一件转接。 The first transfer of the list.")
    file_check: FileCheck = told("档案核对。 What the files showed.")
    file_note: str | None = told("档案疑点。 Doubts about them.", None)
    custodian: str | None = told("无档案者的党员档案保管单位。 Who keeps the files.", None)
    on: date | None = told("接收日期，不填为今天。 From when; today if null.", None)
    idempotency_key: str | None = key()

    def arrival(self) -> Arrival:
        return Arrival(check=self.file_check, note=self.file_note, custodian=self.custodian)
