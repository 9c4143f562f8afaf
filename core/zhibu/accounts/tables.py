"""Tables of accounts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned


class Account(TenantOwned, Base):
    """Somebody, or a machine, that signs in; may be bound to one member.

    `one_time_until` is set while the password is one that others made: until then it opens nothing
    but the choice of an own one, after that nothing at all.
    """

    __tablename__ = "core_account"
    __table_args__ = (
        UniqueConstraint("tenant_id", "login"),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
        UniqueConstraint("tenant_id", "member_id"),
    )

    login: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    password_chosen_at: Mapped[datetime | None] = mapped_column(Moment)
    one_time_until: Mapped[datetime | None] = mapped_column(Moment)
    member_id: Mapped[UUID | None]
    locale: Mapped[str | None]
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class RoleAssignment(TenantOwned, Base):
    """An account holds a role at an organization from `since` until before `until`."""

    __tablename__ = "core_role_assignment"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "account_id",
            "role",
            "organization_id",
            "since",
            name="uq_core_role_assignment_holder",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
    )

    account_id: Mapped[UUID]
    role: Mapped[str]
    organization_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str | None]
    granted_by: Mapped[UUID | None]


class SignIn(TenantOwned, Base):
    """A session; only the digest of its secret is kept. An overseer's names its grant.

    `idle_minutes` is how long it lasts unused, `agent` the program that opened it, `proven_at` when
    the second factor was proven last. While it is `pending` nothing but that proof is taken from
    it, and with `password_due` nothing but the choice of another password. `provider` is the
    sign-in service it came through, `provider_session` the digest of that one's name for it.
    """

    __tablename__ = "core_session"
    __table_args__ = (
        UniqueConstraint("tenant_id", "digest"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "oversight_id"], ["core_oversight.tenant_id", "core_oversight.id"]
        ),
        Index(None, "tenant_id", "account_id"),
        Index(None, "tenant_id", "address", "created_at"),
        Index(None, "tenant_id", "provider_session"),
    )

    account_id: Mapped[UUID | None]
    oversight_id: Mapped[UUID | None]
    overseer: Mapped[str | None]
    digest: Mapped[bytes]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    idle_minutes: Mapped[int | None]
    password_due: Mapped[bool | None]
    pending: Mapped[bool | None]
    proven_at: Mapped[datetime | None] = mapped_column(Moment)
    provider: Mapped[str | None]
    provider_session: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Factor(TenantOwned, Base):
    """What the one-time codes of an account are made from, sealed. Its id is the account's.

    `last_step` is the time step of the last code that was used: none serves twice.
    """

    __tablename__ = "core_factor"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "id"], ["core_account.tenant_id", "core_account.id"]),
    )

    secret_sealed: Mapped[bytes] = mapped_column(Sealed)
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int | None] = mapped_column(BigInteger)


class RecoveryCode(TenantOwned, Base):
    """A code for when the device of a second factor is lost; only its digest is kept."""

    __tablename__ = "core_recovery_code"
    __table_args__ = (
        UniqueConstraint("tenant_id", "account_id", "digest"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
    )

    account_id: Mapped[UUID]
    digest: Mapped[bytes]
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class LinkedIdentity(TenantOwned, Base):
    """Whom a sign-in service knows by this subject signs in as this account.

    Some services know people by their identity number, so the subject itself is not kept.
    """

    __tablename__ = "core_identity"
    __table_args__ = (
        UniqueConstraint("tenant_id", "provider", "subject_index", name="uq_core_identity_subject"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
        Index(None, "tenant_id", "account_id"),
    )

    account_id: Mapped[UUID]
    provider: Mapped[str]
    subject_index: Mapped[bytes]
    subject_masked: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(Moment)


class Token(TenantOwned, Base):
    """A machine's credential: an account's rights cut to a subtree and a list of actions."""

    __tablename__ = "core_token"
    __table_args__ = (
        UniqueConstraint("tenant_id", "digest"),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"], ["core_account.tenant_id", "core_account.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
    )

    account_id: Mapped[UUID]
    name: Mapped[str]
    digest: Mapped[bytes]
    organization_id: Mapped[UUID]
    actions: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class Oversight(TenantOwned, Base):
    """A door between two tenants, kept on both sides under one id.

    `side` is `given` in the home of the tenant that is seen and `received` in the overseer's. Only
    the given side decides; `organization_id` is set there alone, and `delivered_at` once the other
    side knows what this one says.
    """

    __tablename__ = "core_oversight"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "counterpart_id"),
    )

    side: Mapped[str]
    counterpart_id: Mapped[UUID]
    counterpart_name: Mapped[str]
    organization_id: Mapped[UUID | None]
    organization_name: Mapped[str]
    overseer_account_id: Mapped[UUID]
    overseer_name: Mapped[str]
    role: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """How often something was tried, by the digest of what it is; for the whole installation.

    `at` is when the last attempt was, or the first one of a count that is not in a row.
    """

    __tablename__ = "core_attempt"
    __table_args__ = (Index(None, "at"), {"info": {"kind": "control"}})

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
