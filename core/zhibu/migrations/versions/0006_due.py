"""Deadlines that were brought to mind, and the inboxes that they came into."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0006"
down_revision = "core_0005"


def upgrade() -> None:
    op.create_table(
        "core_due",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_due_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_due_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "settled_by"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_due_tenant_id_settled_by"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_due")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "subject_id",
            "due_on",
            name=op.f("uq_core_due_tenant_id_kind_subject_id_due_on"),
        ),
    )
    rls.secure(op, "core_due")
    with op.batch_alter_table("core_due", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_due_open",
            ["tenant_id", "kind", "due_on"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_core_due_tenant_id_due_on"), ["tenant_id", "due_on"], unique=False
        )

    op.create_table(
        "core_inbox",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("due_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_inbox_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "due_id"],
            ["core_due.tenant_id", "core_due.id"],
            name=op.f("fk_core_inbox_tenant_id_due_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_inbox")),
        sa.UniqueConstraint(
            "tenant_id",
            "due_id",
            "account_id",
            name=op.f("uq_core_inbox_tenant_id_due_id_account_id"),
        ),
    )
    rls.secure(op, "core_inbox")
    with op.batch_alter_table("core_inbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_inbox_tenant_id_account_id"),
            ["tenant_id", "account_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("core_inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_inbox_tenant_id_account_id"))

    op.drop_table("core_inbox")
    with op.batch_alter_table("core_due", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_due_tenant_id_due_on"))
        batch_op.drop_index(
            "ix_core_due_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.drop_table("core_due")
