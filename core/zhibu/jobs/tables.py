"""Tables of jobs and attachments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, PathText, TenantOwned


class Attachment(TenantOwned, Base):
    """A file somebody handed in: its content lives outside the database, by its SHA-256.

    One that was withdrawn is given to nobody, until it is restored.
    """

    __tablename__ = "core_attachment"
    __table_args__ = (Index(None, "tenant_id", "sha256"),)

    sha256: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    account_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(PathText)
    created_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None]


class Job(TenantOwned, Base):
    """Long work: what was asked, how far it is, and what came out.

    `token_id` is the token it was asked with: the work may do no more than that. Without an account
    it is work of the installation itself.
    """

    __tablename__ = "core_job"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "source_id"], ["core_attachment.tenant_id", "core_attachment.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "result_id"], ["core_attachment.tenant_id", "core_attachment.id"]
        ),
        UniqueConstraint("tenant_id", "key"),
        Index(None, "tenant_id", "account_id", "created_at"),
        Index(None, "tenant_id", "state", "priority"),
    )

    kind: Mapped[str]
    state: Mapped[str]
    account_id: Mapped[UUID | None]
    token_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(PathText)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    source_id: Mapped[UUID | None]
    result_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    priority: Mapped[int] = mapped_column(server_default="0")
    key: Mapped[str | None]
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    attempt: Mapped[int] = mapped_column(server_default="0")
    failures: Mapped[int] = mapped_column(server_default="0")
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    worker: Mapped[str | None]


class JobPart(TenantOwned, Base):
    """A part of what a job makes, kept when it is written and as long as the job goes on.

    Its content lives where those of files do, and is nobody's to open.
    """

    __tablename__ = "core_job_part"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "job_id"], ["core_job.tenant_id", "core_job.id"]),
        UniqueConstraint("tenant_id", "job_id", "number"),
        Index(None, "tenant_id", "sha256"),
    )

    job_id: Mapped[UUID]
    number: Mapped[int]
    sha256: Mapped[str]
    size: Mapped[int]
    files: Mapped[int]
    rows: Mapped[int]
    rests_on: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
