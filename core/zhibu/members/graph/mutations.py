"""Changing members, and opening what is sealed."""

from uuid import UUID

import strawberry

from zhibu.act import Act
from zhibu.core_actions import (
    MEMBER_CORRECT,
    MEMBER_CREATE,
    MEMBER_OPEN,
    MEMBER_STAGE,
    MEMBER_TRANSFER,
)
from zhibu.graph import Payload, mutation, secret, written
from zhibu.identifiers import row_of
from zhibu.members import service
from zhibu.members.graph import inputs
from zhibu.members.graph.types import MemberType
from zhibu.members.rules import Step
from zhibu.members.service import Entry
from zhibu.reading import public


@public("the answer to one's own mutation")
@strawberry.type(description="党员变更的结果。 What became of a member.")
class MemberPayload(Payload):
    member: MemberType | None = written(MemberType)


@public("the answer to one's own mutation, which asked for the permission")
@strawberry.type(description="完整信息，只显示一次。 The clear text of a sealed field.")
class MemberOpenPayload(Payload):
    value: str | None = secret(
        description="完整内容；没有则为空。 The clear text, null if there is none."
    )


@strawberry.type
class MemberMutation:
    @mutation(permission=MEMBER_CREATE)
    async def member_admit(self, act: Act, input: inputs.MemberAdmitInput) -> MemberPayload:
        """接收预备党员，入党日期为支部大会通过之日。 Enter a probationary member."""
        person = await service.admit(act, _entry(input), decision=input.decision)
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_CREATE)
    async def member_register(self, act: Act, input: inputs.MemberRegisterInput) -> MemberPayload:
        """登记已是党员的人员。 Enter somebody who is a member already, from the files."""
        person = await service.register(
            act,
            _entry(input),
            full=input.full,
            full_on=input.full_on,
            joined_on=input.joined_on,
            decision=input.decision,
        )
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_CORRECT)
    async def member_correct(self, act: Act, input: inputs.MemberCorrectInput) -> MemberPayload:
        """更正党员信息，原内容留在记录中。 Correct a member; the ledger keeps what it was."""
        person = await service.correct(
            act,
            _member(input.member),
            inputs.correction_of(input),
            reason=input.reason,
            version=input.version,
        )
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_TRANSFER)
    async def member_transfer(self, act: Act, input: inputs.MemberTransferInput) -> MemberPayload:
        """在本单位内转接组织关系。 Give a member another formal branch."""
        person = await service.transfer(
            act,
            _member(input.member),
            organization_id=_organization(input.organization),
            on=input.on,
            reason=input.reason,
            group_id=_group(input.group),
            from_id=row_of(input.from_, "Organization", path=("from",)) if input.from_ else None,
            version=input.version,
        )
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_STAGE)
    async def member_change_stage(
        self, act: Act, input: inputs.MemberChangeStageInput
    ) -> MemberPayload:
        """党籍变化：转正、延长预备期、停止、恢复、出党。 Change the stage of a membership."""
        step = Step(
            change=input.change,
            on=input.on,
            decision=input.decision,
            decided_on=input.decided_on,
            departure=input.departure,
            months=input.months,
        )
        person = await service.change_stage(
            act,
            _member(input.member),
            step,
            organization_id=_organization(input.organization) if input.organization else None,
            version=input.version,
        )
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_STAGE)
    async def member_undo_last(self, act: Act, input: inputs.MemberUndoLastInput) -> MemberPayload:
        """撤回最近一条误录，须说明理由；录入人数日内可自行撤回。 Take back the last entry."""
        person = await service.undo_last(
            act,
            _member(input.member),
            what=input.what,
            reason=input.reason,
            version=input.version,
        )
        return MemberPayload(row=person.id)

    @mutation(permission=MEMBER_OPEN)
    async def member_open(self, act: Act, input: inputs.MemberOpenInput) -> MemberOpenPayload:
        """查看完整的身份号码或手机号，本人可见。 Open a sealed field; the member can see it."""
        value = await service.open(
            act, _member(input.member), field=input.field, reason=input.reason
        )
        return MemberOpenPayload(value=value)

    @mutation(permission=MEMBER_OPEN)
    async def member_by_identity(self, act: Act, input: inputs.MemberLookupInput) -> MemberPayload:
        """按公民身份号码查找党员，留痕。 Find a member by identity number; it is logged."""
        person = await service.lookup(
            act, identity_number=input.identity_number, reason=input.reason
        )
        return MemberPayload(row=person.id)


def _entry(input: inputs.MemberAdmitInput | inputs.MemberRegisterInput) -> Entry:
    return Entry(
        organization_id=_organization(input.organization),
        name=input.name,
        identity_number=input.identity_number,
        kind=input.kind,
        admitted_on=input.admitted_on,
        gender=input.gender,
        birth_date=input.birth_date,
        nation=input.nation,
        education=input.schooling,
        phone=input.phone,
        group_id=_group(input.group),
        note=input.note,
    )


def _member(id: strawberry.ID) -> UUID:
    return row_of(id, "Member", path=("member",))


def _organization(id: strawberry.ID) -> UUID:
    return row_of(id, "Organization", path=("organization",))


def _group(id: strawberry.ID | None) -> UUID | None:
    return row_of(id, "Organization", path=("group",)) if id else None
