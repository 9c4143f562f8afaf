"""What decisions about memberships are asked with."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu.procedures.graph import ProcedureDocumentInput
from zhibu_transfers.graph.words import Purpose, SearchMeans, StopGround
from zhibu_transfers.rules.matters import Search, Stopping


@strawberry.input(description="一次查找。 One try to find a member.")
class TransfersSearchInput:
    on: date = told("查找日期。 When.")
    means: SearchMeans = told("查找方式。 How.")
    course: str = told("查找经过。 What came of it.")
    responsible: str = told("责任人。 Who is responsible.")

    def search(self) -> Search:
        return Search(
            on=self.on, means=self.means, course=self.course, responsible=self.responsible
        )


@strawberry.input(description="提请停止党籍。 A stop to be proposed.")
class TransfersStopProposeInput:
    member: strawberry.ID = told("党员。 The member.")
    ground: StopGround = told("情形。 Why.")
    since: date = told("出国或失去联系起日。 Since when abroad, or silent.")
    reason: str
    purpose: Purpose | None = told("出国（境）事由。 What for abroad.", None)
    place: str | None = told("所在国家或地区。 Where abroad.", None)
    searches: list[TransfersSearchInput] = strawberry.field(
        default_factory=list, description="查找记录，失去联系的必填。 How he was searched for."
    )
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="材料。 Documents."
    )
    idempotency_key: str | None = key()

    def stopping(self) -> Stopping:
        return Stopping(
            ground=self.ground,
            since=self.since,
            purpose=self.purpose,
            place=self.place,
            searches=[each.search() for each in self.searches],
            reason=self.reason,
        )


@strawberry.input(description="申请恢复党籍。 A stopped membership to be restored.")
class TransfersRestoreAskInput:
    member: strawberry.ID = told("党员。 The member.")
    reason: str
    dues_settled: bool = told("应交党费已补齐。 Dues are made up.")
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list,
        description="材料；代为提交的须附本人书面申请（request）。 Documents; the written request.",
    )
    idempotency_key: str | None = key()


@strawberry.input(description="登记定居国（境）外党员关系和档案的移交。 A hand-over of the file.")
class TransfersCustodyRecordInput:
    membership: strawberry.ID = told("停止党籍事项。 The stop.")
    custodian: strawberry.ID = told("保管的组织部门。 Who keeps it.")
    note: str = told("移交情况。 What was handed over.")
    on: date | None = told("移交日期，不填为今天。 When; today if null.", None)
    late_reason: str | None = told("补录原因。 Why it is entered late.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的移交。 A hand-over taken back.")
class TransfersCustodyTakeBackInput:
    membership: strawberry.ID = told("停止党籍事项。 The stop.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()
