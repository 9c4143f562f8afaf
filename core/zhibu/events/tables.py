"""Tables of the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, PathText


class LedgerEntry(Base):
    """One event: audit record, timeline line and outbox message at once.

    `body` is the canonical JSON that was hashed, byte for byte; the other columns repeat what is
    searched for. `hash` covers `previous` and `body`.
    """

    __tablename__ = "core_ledger"
    __table_args__ = (
        Index(None, "tenant_id", "member_id", "seq"),
        Index(None, "tenant_id", "path", "seq"),
        Index(None, "tenant_id", "event", "seq"),
        Index(None, "tenant_id", "subject_id", "seq"),
        Index(None, "tenant_id", "account_id", "seq"),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(Moment)
    event: Mapped[str]
    account_id: Mapped[UUID | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    path: Mapped[str | None] = mapped_column(PathText)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    body: Mapped[str]
    previous: Mapped[bytes]
    hash: Mapped[bytes]


class LedgerHead(Base):
    """The last link of a tenant's chain. Locking this row orders the appends."""

    __tablename__ = "core_ledger_head"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes]


class Receipt(Base):
    """The answer to a mutation that carried an idempotency key."""

    __tablename__ = "core_receipt"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    mutation: Mapped[str]
    digest: Mapped[bytes]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
