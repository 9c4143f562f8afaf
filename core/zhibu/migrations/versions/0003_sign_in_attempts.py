"""sign in attempts."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0003"
down_revision = "core_0002"


def upgrade() -> None:
    op.create_table(
        "core_attempt",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_core_attempt")),
        info={"kind": "control"},
    )
    rls.share(op, "core_attempt")
    with op.batch_alter_table("core_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_attempt_at"), ["at"], unique=False)

    with op.batch_alter_table("core_account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("password_chosen_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agent", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("idle_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("password_due", sa.Boolean(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_core_session_tenant_id_address_created_at"),
            ["tenant_id", "address", "created_at"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_session_tenant_id_address_created_at"))
        batch_op.drop_column("password_due")
        batch_op.drop_column("idle_minutes")
        batch_op.drop_column("agent")

    with op.batch_alter_table("core_account", schema=None) as batch_op:
        batch_op.drop_column("password_chosen_at")

    with op.batch_alter_table("core_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_attempt_at"))

    op.drop_table("core_attempt")
