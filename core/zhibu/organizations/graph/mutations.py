"""Changing organizations and posts."""

from uuid import UUID

import strawberry

from zhibu.act import Act
from zhibu.core_actions import (
    ORGANIZATION_APPOINT,
    ORGANIZATION_CREATE,
    ORGANIZATION_DISSOLVE,
    ORGANIZATION_MERGE,
    ORGANIZATION_MOVE,
    ORGANIZATION_RENAME,
    ORGANIZATION_SPLIT,
)
from zhibu.graph import Payload, mutation, written
from zhibu.identifiers import row_of
from zhibu.organizations import service
from zhibu.organizations.graph import inputs
from zhibu.organizations.graph.types import OrganizationType, PostType
from zhibu.organizations.rules import Part
from zhibu.reading import public


@public("the answer to one's own mutation")
@strawberry.type(description="党组织变更的结果。 What became of an organization.")
class OrganizationPayload(Payload):
    organization: OrganizationType | None = written(OrganizationType)


@public("the answer to one's own mutation")
@strawberry.type(description="任职变更的结果。 What became of a post.")
class PostPayload(Payload):
    post: PostType | None = written(PostType)


@strawberry.type
class OrganizationMutation:
    @mutation(permission=ORGANIZATION_CREATE)
    async def organization_create(
        self, act: Act, input: inputs.OrganizationCreateInput
    ) -> OrganizationPayload:
        """成立党组织。 Found an organization below another one."""
        unit = await service.create(
            act,
            parent_id=row_of(input.parent, "Organization", path=("parent",)),
            code=input.code,
            name=input.name,
            kind=input.kind,
            short_name=input.short_name,
            approves_probationary=input.approves_probationary,
            founded_on=input.founded_on,
            reason=input.reason,
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_RENAME)
    async def organization_rename(
        self, act: Act, input: inputs.OrganizationRenameInput
    ) -> OrganizationPayload:
        """党组织更名或改变类别，保留历史。 Change name, kind or powers from a day on."""
        unit = await service.rename(
            act,
            _organization(input.organization),
            on=input.on,
            reason=input.reason,
            name=input.name,
            short_name=input.short_name,
            kind=input.kind,
            approves_probationary=input.approves_probationary,
            version=input.version,
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_MOVE)
    async def organization_move(
        self, act: Act, input: inputs.OrganizationMoveInput
    ) -> OrganizationPayload:
        """变更党组织的隶属关系。 Put an organization, with all below it, under another one."""
        unit = await service.move(
            act,
            _organization(input.organization),
            parent_id=row_of(input.parent, "Organization", path=("parent",)),
            on=input.on,
            reason=input.reason,
            version=input.version,
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_MERGE)
    async def organization_merge(
        self, act: Act, input: inputs.OrganizationMergeInput
    ) -> OrganizationPayload:
        """党组织合并，返回承接的组织。 Merge an organization; answers the one that goes on."""
        unit = await service.merge(
            act,
            _organization(input.organization),
            into_id=row_of(input.into, "Organization", path=("into",)),
            on=input.on,
            reason=input.reason,
            version=input.version,
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_SPLIT)
    async def organization_split(
        self, act: Act, input: inputs.OrganizationSplitInput
    ) -> OrganizationPayload:
        """分设党组织，返回原组织。 Split organizations from one; answers the one that was split."""
        id = _organization(input.organization)
        parts = [_part(part, number) for number, part in enumerate(input.parts)]
        await service.split(
            act, id, parts=parts, on=input.on, reason=input.reason, version=input.version
        )
        return OrganizationPayload(row=id)

    @mutation(permission=ORGANIZATION_DISSOLVE)
    async def organization_dissolve(
        self, act: Act, input: inputs.OrganizationDissolveInput
    ) -> OrganizationPayload:
        """撤销党组织，须已无党员和下级组织。 Dissolve an organization that nobody is left in."""
        unit = await service.dissolve(
            act,
            _organization(input.organization),
            on=input.on,
            reason=input.reason,
            version=input.version,
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_DISSOLVE)
    async def organization_reopen(
        self, act: Act, input: inputs.OrganizationReopenInput
    ) -> OrganizationPayload:
        """撤回误录的撤销。 Take back a dissolution that was entered by mistake."""
        unit = await service.reopen(
            act, _organization(input.organization), reason=input.reason, version=input.version
        )
        return OrganizationPayload(row=unit.id)

    @mutation(permission=ORGANIZATION_APPOINT)
    async def post_appoint(self, act: Act, input: inputs.PostAppointInput) -> PostPayload:
        """任命党内职务。 Give a member a post."""
        post = await service.appoint(
            act,
            organization_id=_organization(input.organization),
            member_id=row_of(input.member, "Member", path=("member",)),
            kind=input.kind,
            since=input.since,
            term_ends_on=input.term_ends_on,
            until=input.until,
            reason=input.reason,
        )
        return PostPayload(row=post.id)

    @mutation(permission=ORGANIZATION_APPOINT)
    async def post_end(self, act: Act, input: inputs.PostEndInput) -> PostPayload:
        """免去党内职务。 End a post; from that day it gives no rights."""
        post = await service.end_post(
            act, row_of(input.post, "Post", path=("post",)), on=input.on, reason=input.reason
        )
        return PostPayload(row=post.id)

    @mutation(permission=ORGANIZATION_APPOINT)
    async def post_correct(self, act: Act, input: inputs.PostCorrectInput) -> PostPayload:
        """更正任职记录。 Correct a post that was entered wrongly."""
        post = await service.correct_post(
            act,
            row_of(input.post, "Post", path=("post",)),
            reason=input.reason,
            kind=input.kind,
            since=input.since,
            term_ends_on=input.term_ends_on,
            until=input.until,
            resume=input.resume,
        )
        return PostPayload(row=post.id)


def _organization(id: strawberry.ID) -> UUID:
    return row_of(id, "Organization", path=("organization",))


def _part(part: inputs.OrganizationPartInput, number: int) -> Part:
    path = ("parts", str(number))
    return Part(
        code=part.code,
        name=part.name,
        short_name=part.short_name,
        members=tuple(row_of(id, "Member", path=(*path, "members")) for id in part.members),
        units=tuple(
            row_of(id, "Organization", path=(*path, "organizations")) for id in part.organizations
        ),
    )
