"""sign in services."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0010"
down_revision = "core_0009"


def upgrade() -> None:
    op.create_table(
        "core_identity",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(), nullable=False),
        sa.Column("subject_masked", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_identity_tenant_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_identity")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "subject_index", name="uq_core_identity_subject"
        ),
    )
    rls.secure(op, "core_identity")
    with op.batch_alter_table("core_identity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_identity_tenant_id_account_id"),
            ["tenant_id", "account_id"],
            unique=False,
        )

    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("provider", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("provider_session", sa.LargeBinary(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_core_session_tenant_id_provider_session"),
            ["tenant_id", "provider_session"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_session_tenant_id_provider_session"))
        batch_op.drop_column("provider_session")
        batch_op.drop_column("provider")

    with op.batch_alter_table("core_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_identity_tenant_id_account_id"))

    op.drop_table("core_identity")
