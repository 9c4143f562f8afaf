"""The declarative base and the column types every table is made of."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Dialect, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from zhibu.identifiers import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Tables are named `<plugin>_<noun>`; the prefix says who owns them."""

    metadata = MetaData(naming_convention=NAMING)


class TenantOwned:
    """A row that belongs to one tenant. Every key of such a table begins with `tenant_id`."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


# The collation is a matter of security: under a linguistic one, a subtree's range holds strangers.
PathText = Text().with_variant(Text(collation="C"), "postgresql")


class Sealed(LargeBinary):
    """A value sealed by the keyring at this tenant, table, column and row; empty, it was erased.

    Whatever has this type is sealed anew when keys are rotated (`zhibu.sealing`).
    """


class Exact(TypeDecorator[Decimal]):
    """A decimal with two places, kept as a whole number of hundredths: never a float anywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * 100
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than two decimal places")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(int(value)) / 100).normalize() + 0


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. A naive datetime is refused: somebody forgot a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
