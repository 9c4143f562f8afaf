"""Files in the schema: what they are; their content comes by `GET /files/{id}`."""

from datetime import datetime

import strawberry

from zhibu.act import Act
from zhibu.attachments import reads, service
from zhibu.contributions import Graph
from zhibu.core_actions import ATTACHMENT_READ, ATTACHMENT_RESTORE, ATTACHMENT_WITHDRAW
from zhibu.graph import Payload, mutation, written
from zhibu.identifiers import row_of
from zhibu.reading import Node, column, entity, expression, one, public


@entity(reads.FILES, permission=ATTACHMENT_READ, path="path", owner="member_id")
@strawberry.type(name="Attachment", description="附件。 A file somebody handed in.")
class AttachmentType(Node):
    name: str = expression(
        reads.shown_name,
        description="文件名；已撤回的不显示。 What it is called, unless withdrawn.",
    )
    media_type: str = column(description="按内容判定的类型。 What it is, by its content.")
    size: int = column(description="大小（字节）。 Bytes.")
    sha256: str = column(description="内容摘要。 SHA-256 of the content.")
    created_at: datetime = column(description="上传时间。 When it was handed in.")
    withdrawn_at: datetime | None = column(
        description="撤回时间；撤回后不再提供内容。 When it was withdrawn from sight."
    )
    withdrawn_reason: str | None = column(description="撤回原因。 Why it was withdrawn.")
    account: strawberry.ID | None = column(
        "account_id", kind="Account", description="上传账号标识。 The account that handed it in."
    )
    member: strawberry.ID | None = column(
        "member_id", kind="Member", description="所涉党员标识。 The member it is about."
    )


@strawberry.type
class AttachmentQuery:
    @one(lambda row, args, env: row.c.id == args.row("id", "Attachment"))
    def attachment(self, id: strawberry.ID) -> AttachmentType | None:
        """一个附件的信息，内容由 GET /files/{id} 下载。 One file; its content is downloaded."""


@strawberry.input(description="撤回附件，或恢复显示。 A file to be withdrawn, or shown again.")
class AttachmentWithdrawInput:
    file: strawberry.ID = strawberry.field(description="附件。 The file.")
    reason: str
    idempotency_key: str | None = None


@public("the answer to one's own mutation")
@strawberry.type(description="附件变更的结果。 What became of a file.")
class AttachmentPayload(Payload):
    attachment: AttachmentType | None = written(AttachmentType)


@strawberry.type
class AttachmentMutation:
    @mutation(permission=ATTACHMENT_WITHDRAW)
    async def attachment_withdraw(
        self, act: Act, input: AttachmentWithdrawInput
    ) -> AttachmentPayload:
        """撤回附件：内容不再提供，记录和原因保留。 Take a file out of everybody's sight."""
        id = row_of(input.file, "Attachment", path=("file",))
        await service.withdraw(act, id, input.reason)
        return AttachmentPayload(row=id)

    @mutation(permission=ATTACHMENT_RESTORE)
    async def attachment_restore(
        self, act: Act, input: AttachmentWithdrawInput
    ) -> AttachmentPayload:
        """恢复显示被误撤的附件。 Show a file again that was withdrawn by mistake."""
        id = row_of(input.file, "Attachment", path=("file",))
        await service.restore(act, id, input.reason)
        return AttachmentPayload(row=id)


GRAPH = Graph(query=AttachmentQuery, mutation=AttachmentMutation, types=(AttachmentType,))
