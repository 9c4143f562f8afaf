"""The table of messages between institutions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, PathText, Sealed, TenantOwned


class ExchangeMessage(TenantOwned, Base):
    """A message that was sent or came; its id is the same in both homes.

    The body is sealed for the institution that keeps it, empty where nothing was taken, and emptied
    after its time.
    """

    __tablename__ = "core_exchange"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "side", "counterpart_code", "about", "number", name="uq_core_exchange_once"
        ),
        Index("ix_core_exchange_state", "tenant_id", "side", "state", "created_at"),
    )

    side: Mapped[str]
    kind: Mapped[str]
    counterpart_code: Mapped[str]
    counterpart_name: Mapped[str | None]
    about: Mapped[UUID]
    number: Mapped[int]
    path: Mapped[str] = mapped_column(PathText)
    state: Mapped[str]
    body_sealed: Mapped[bytes] = mapped_column(Sealed)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
