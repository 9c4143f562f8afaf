"""What clients see, and what they may change. Every resolver is one line."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from zhibu.act import Act
from zhibu.contributions import Graph
from zhibu.graph import Payload, mutation, written
from zhibu.identifiers import row_of
from zhibu.members.graph import MemberType
from zhibu.reading import (
    Connection,
    Node,
    column,
    connection,
    entity,
    expression,
    part,
    public,
    to_one,
)
from zhibu_sample import actions, reads, service
from zhibu_sample.rules import Entry


@entity(reads.RECORDS, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(name="SampleRecord", description="一条记录。 Something recorded of a member.")
class RecordType(Node):
    happened_on: date = column(description="发生日期。 The day it happened.")
    title: str = column(description="名称。 What it is called.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    recorded_at: datetime = column(description="录入时间。 When it was entered.")
    member: MemberType | None = to_one(
        lambda record, member: member.c.id == record.c.member_id,
        description="党员；无权查看时为空。 The member; null if the caller may not see the person.",
    )


@public("shown through the field of Member, which names the permission")
@strawberry.type(name="SampleOfMember", description="该党员的记录。 Of one member.")
class OfMemberType:
    count: int = expression(reads.count, description="记录条数。 How many records.")
    latest: date | None = expression(reads.latest, description="最近一次日期。 The latest day.")


@strawberry.type
class SampleMember:
    @part(reads.OfMember, permission=actions.READ)
    def sample(self) -> OfMemberType | None:
        """该党员的记录汇总；无权查看时为空。 A summary; null if the caller may not see it."""


@strawberry.type
class SampleQuery:
    @connection(
        permission=actions.READ,
        order=lambda record: [record.c.happened_on.desc(), record.c.id],
        filters={
            "organization": reads.inside,
            "member": lambda record, args, env: record.c.member_id == args.row("member", "Member"),
        },
    )
    def sample_records(  # type: ignore[empty-body]
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        organization: strawberry.ID | None = None,
        member: strawberry.ID | None = None,
    ) -> Connection[RecordType]:
        """记录列表，由近及远；可限定党组织（含下级）或党员。 Records, the latest first."""


@strawberry.input(description="新增一条记录。 What to record.")
class SampleRecordAddInput:
    member: strawberry.ID = strawberry.field(description="党员。 Of whom.")
    happened_on: date = strawberry.field(description="发生日期。 The day it happened.")
    title: str = strawberry.field(description="名称。 What it is called.")
    late_reason: str | None = strawberry.field(
        default=None, description="补录原因，逾期补录时必填。 Why it is entered late."
    )
    idempotency_key: str | None = None

    def entry(self) -> Entry:
        return Entry(
            member_id=row_of(self.member, "Member", path=("member",)),
            happened_on=self.happened_on,
            title=self.title,
            late_reason=self.late_reason,
        )


@strawberry.input(description="撤回一条误录。 A record to take back.")
class SampleRecordTakeBackInput:
    record: strawberry.ID = strawberry.field(description="记录。 The record.")
    reason: str
    idempotency_key: str | None = None

    def id(self) -> UUID:
        return row_of(self.record, "SampleRecord", path=("record",))


@public("the answer to one's own mutation")
@strawberry.type(description="撤回记录的结果。 Whose record it was.")
class SampleRecordTakeBackPayload(Payload):
    member: MemberType | None = written(MemberType)


@public("the answer to one's own mutation")
@strawberry.type(description="新增记录的结果。 What became of it.")
class SampleRecordAddPayload(Payload):
    record: RecordType | None = written(RecordType)


@strawberry.type
class SampleMutation:
    @mutation(permission=actions.WRITE)
    async def sample_record_add(
        self, act: Act, input: SampleRecordAddInput
    ) -> SampleRecordAddPayload:
        """新增一条记录。 Record something of a member."""
        return SampleRecordAddPayload(row=await service.record(act, input.entry()))

    @mutation(permission=actions.WRITE)
    async def sample_record_take_back(
        self, act: Act, input: SampleRecordTakeBackInput
    ) -> SampleRecordTakeBackPayload:
        """撤回一条误录，须说明理由。 Take back a record entered by mistake."""
        member = await service.take_back(act, input.id(), reason=input.reason)
        return SampleRecordTakeBackPayload(row=member)


GRAPH = Graph(query=SampleQuery, mutation=SampleMutation, member=SampleMember)
