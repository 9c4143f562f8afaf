"""Files in the schema: what they are; their content comes by `GET /files/{id}`."""

from datetime import datetime

import strawberry

from zhibu.attachments import reads
from zhibu.contributions import Graph
from zhibu.core_actions import ATTACHMENT_READ
from zhibu.reading import Node, column, entity, one


@entity(reads.FILES, permission=ATTACHMENT_READ, path="path", owner="member_id")
@strawberry.type(name="Attachment", description="附件。 A file somebody handed in.")
class AttachmentType(Node):
    name: str = column(description="文件名。 What it is called.")
    media_type: str = column(description="按内容判定的类型。 What it is, by its content.")
    size: int = column(description="大小（字节）。 Bytes.")
    sha256: str = column(description="内容摘要。 SHA-256 of the content.")
    created_at: datetime = column(description="上传时间。 When it was handed in.")
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


GRAPH = Graph(query=AttachmentQuery, types=(AttachmentType,))
