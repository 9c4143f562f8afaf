"""Tables of figures."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, PathText


class KeptFigure(Base):
    """One number of one organization itself, without its subtree; an absent one is 0."""

    __tablename__ = "core_figure"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "organization_id"),
        Index("ix_core_figure_path", "tenant_id", "name", "path", postgresql_include=["value"]),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathText)
    value: Mapped[int] = mapped_column(BigInteger)
