"""How accounts are reminded beside their inboxes, what is on its way, and what became of it."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0009"
down_revision = "core_0008"


def upgrade() -> None:
    op.create_table(
        "core_reminder",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=True),
        sa.Column("quiet_until", sa.String(), nullable=True),
        sa.Column("workdays_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_reminder_tenant_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_reminder")),
        sa.UniqueConstraint(
            "tenant_id", "account_id", name=op.f("uq_core_reminder_tenant_id_account_id")
        ),
    )
    rls.secure(op, "core_reminder")
    op.create_table(
        "core_reminder_channel",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("address_masked", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_reminder_channel_tenant_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_reminder_channel")),
        sa.UniqueConstraint(
            "tenant_id",
            "account_id",
            "kind",
            name=op.f("uq_core_reminder_channel_tenant_id_account_id_kind"),
        ),
    )
    rls.secure(op, "core_reminder_channel")
    op.create_table(
        "core_reminder_feed",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_reminder_feed_tenant_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_reminder_feed")),
        sa.UniqueConstraint(
            "tenant_id", "account_id", name=op.f("uq_core_reminder_feed_tenant_id_account_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "digest", name=op.f("uq_core_reminder_feed_tenant_id_digest")
        ),
    )
    rls.secure(op, "core_reminder_feed")
    op.create_table(
        "core_outbox",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "channel_id"],
            ["core_reminder_channel.tenant_id", "core_reminder_channel.id"],
            name=op.f("fk_core_outbox_tenant_id_channel_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_outbox")),
    )
    rls.secure(op, "core_outbox")
    with op.batch_alter_table("core_outbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_outbox_tenant_id_channel_id_created_at"),
            ["tenant_id", "channel_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_core_outbox_tenant_id_state_not_before"),
            ["tenant_id", "state", "not_before"],
            unique=False,
        )
        batch_op.create_index(
            "uq_core_outbox_waiting",
            ["tenant_id", "channel_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "core_delivery",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reminder_id"],
            ["core_outbox.tenant_id", "core_outbox.id"],
            name=op.f("fk_core_delivery_tenant_id_reminder_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_delivery")),
        sa.UniqueConstraint(
            "tenant_id",
            "reminder_id",
            "attempt",
            name=op.f("uq_core_delivery_tenant_id_reminder_id_attempt"),
        ),
    )
    rls.secure(op, "core_delivery")


def downgrade() -> None:
    op.drop_table("core_delivery")
    with op.batch_alter_table("core_outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_core_outbox_tenant_id_state_not_before"))
        batch_op.drop_index(batch_op.f("ix_core_outbox_tenant_id_channel_id_created_at"))

    op.drop_table("core_outbox")
    op.drop_table("core_reminder_feed")
    op.drop_table("core_reminder_channel")
    op.drop_table("core_reminder")
