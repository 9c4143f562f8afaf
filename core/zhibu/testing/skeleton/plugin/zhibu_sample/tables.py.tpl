"""Tables of sample."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned


class Record(TenantOwned, Base):
    """Something that happened to a member on a day."""

    __tablename__ = "sample_record"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "member_id", "happened_on", "title", name="uq_sample_record_once"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_sample_record_member",
        ),
    )

    member_id: Mapped[UUID]
    happened_on: Mapped[date]
    title: Mapped[str]
    late_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
