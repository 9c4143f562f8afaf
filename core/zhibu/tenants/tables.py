"""Tables of tenants."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.identifiers import new_id
from zhibu.storage.tables import Base, Moment, TenantOwned


class Tenant(Base):
    """The directory of tenants: the one table that is not a tenant's own."""

    __tablename__ = "core_tenant"
    __table_args__ = (UniqueConstraint("code"), {"info": {"kind": "control"}})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    home: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="active")
    created_at: Mapped[datetime] = mapped_column(Moment)


class Profile(Base):
    """What a tenant says of itself, kept in its own home: one row."""

    __tablename__ = "core_profile"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(default="zh-CN")
    zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    rule_pack: Mapped[str | None]
    next_label: Mapped[int] = mapped_column(default=1)


class PluginSwitch(TenantOwned, Base):
    """A plugin set on or off at an organization; the nearest setting above a unit holds."""

    __tablename__ = "core_plugin_switch"
    __table_args__ = (
        UniqueConstraint("tenant_id", "plugin", "organization_id"),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
    )

    organization_id: Mapped[UUID]
    plugin: Mapped[str]
    enabled: Mapped[bool]
    reason: Mapped[str | None]
    changed_at: Mapped[datetime] = mapped_column(Moment)
