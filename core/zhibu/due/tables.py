"""Tables of deadlines."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned


class Obligation(TenantOwned, Base):
    """Something that was brought to somebody's mind: when it began, is due, and was done.

    That it is overdue is nowhere. `lead` is the shortest lead that was reached, `level` how far up
    it was brought, `raised_on` the day of the last such step. `outcome` says how it ended:
    `recorded`, `settled` (somebody said so), `gone` (its cause) or `lapsed`.
    """

    __tablename__ = "core_due"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "subject_id", "due_on"),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "settled_by"], ["core_account.tenant_id", "core_account.id"]
        ),
        Index(
            "ix_core_due_open",
            "tenant_id",
            "kind",
            "due_on",
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index(None, "tenant_id", "due_on"),
    )

    kind: Mapped[str]
    subject_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    basis: Mapped[str]
    lead: Mapped[int]
    level: Mapped[int]
    raised_on: Mapped[date]
    closed_on: Mapped[date | None]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    late_reason: Mapped[str | None]
    settled_by: Mapped[UUID | None]


class InboxItem(TenantOwned, Base):
    """An obligation in the inbox of an account: why it is there, and what the account did.

    `reason` is `own` (it is about the account's member), `responsible` or `escalated`. `read_at`
    is the first time it was read, and stays. `withdrawn_at` says that it is the account's no more.
    """

    __tablename__ = "core_inbox"
    __table_args__ = (
        UniqueConstraint("tenant_id", "due_id", "account_id"),
        ForeignKeyConstraint(["tenant_id", "due_id"], ["core_due.tenant_id", "core_due.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
        Index(None, "tenant_id", "account_id"),
    )

    account_id: Mapped[UUID]
    due_id: Mapped[UUID]
    reason: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    snoozed_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_on: Mapped[date | None]


class ReminderSettings(TenantOwned, Base):
    """How an account wants to be reminded beside its inbox; times of day as `HH:MM`."""

    __tablename__ = "core_reminder"
    __table_args__ = (
        UniqueConstraint("tenant_id", "account_id"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
    )

    account_id: Mapped[UUID]
    rhythm: Mapped[str]
    quiet_from: Mapped[str | None]
    quiet_until: Mapped[str | None]
    workdays_only: Mapped[bool]


class ReminderChannel(TenantOwned, Base):
    """One way by which an account is reminded. Its address is sealed, as a webhook is a secret.

    `removed_at` says that the account took it away, `ended_at` that it takes nothing any more, with
    the last `answer`.
    """

    __tablename__ = "core_reminder_channel"
    __table_args__ = (
        UniqueConstraint("tenant_id", "account_id", "kind"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
    )

    account_id: Mapped[UUID]
    kind: Mapped[str]
    address_sealed: Mapped[bytes] = mapped_column(Sealed)
    address_masked: Mapped[str]
    secret_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    set_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None]


class ReminderFeed(TenantOwned, Base):
    """The secret address of an account's calendar; only the digest of the secret is kept."""

    __tablename__ = "core_reminder_feed"
    __table_args__ = (
        UniqueConstraint("tenant_id", "account_id"),
        UniqueConstraint("tenant_id", "digest"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
    )

    account_id: Mapped[UUID]
    digest: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Moment)


class Reminder(TenantOwned, Base):
    """A message on its way: that something waits in an inbox. What it says is made as it is sent.

    `state` is `waiting`, `sent`, `failed` or `dropped` (nothing waited any more, or nowhere to go).
    A channel has one that waits at most.
    """

    __tablename__ = "core_outbox"
    __table_args__ = (
        Index(
            "uq_core_outbox_waiting",
            "tenant_id",
            "channel_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        ForeignKeyConstraint(
            ["tenant_id", "channel_id"],
            ["core_reminder_channel.tenant_id", "core_reminder_channel.id"],
        ),
        Index(None, "tenant_id", "state", "not_before"),
        Index(None, "tenant_id", "channel_id", "created_at"),
    )

    channel_id: Mapped[UUID]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Delivery(TenantOwned, Base):
    """One attempt to hand a reminder over: when, and what was answered."""

    __tablename__ = "core_delivery"
    __table_args__ = (
        UniqueConstraint("tenant_id", "reminder_id", "attempt"),
        ForeignKeyConstraint(
            ["tenant_id", "reminder_id"], ["core_outbox.tenant_id", "core_outbox.id"]
        ),
    )

    reminder_id: Mapped[UUID]
    attempt: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    delivered: Mapped[bool]
    answer: Mapped[str]
