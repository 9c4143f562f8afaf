"""second factors."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0007"
down_revision = "core_0006"


def upgrade() -> None:
    op.create_table(
        "core_factor",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_factor_tenant_id_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_factor")),
    )
    rls.secure(op, "core_factor")
    op.create_table(
        "core_recovery_code",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_recovery_code_tenant_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_recovery_code")),
        sa.UniqueConstraint(
            "tenant_id",
            "account_id",
            "digest",
            name=op.f("uq_core_recovery_code_tenant_id_account_id_digest"),
        ),
    )
    rls.secure(op, "core_recovery_code")
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pending", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.drop_column("proven_at")
        batch_op.drop_column("pending")

    op.drop_table("core_recovery_code")
    op.drop_table("core_factor")
