"""Tables of parameters."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned


class Override(TenantOwned, Base):
    """Another value of a parameter at an organization and below it, from a date, with a reason."""

    __tablename__ = "core_parameter_override"
    __table_args__ = (
        Index(
            "uq_core_parameter_override_since",
            "tenant_id",
            "name",
            "organization_id",
            "since",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
    )

    organization_id: Mapped[UUID]
    name: Mapped[str]
    since: Mapped[date]
    value: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str]
    document: Mapped[str | None]
    article: Mapped[str | None]
    clause: Mapped[str | None]
    pack: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
