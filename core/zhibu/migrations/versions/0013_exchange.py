"""Messages between institutions."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0013"
down_revision = "core_0012"


def upgrade() -> None:
    op.create_table(
        "core_exchange",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("counterpart_code", sa.String(), nullable=False),
        sa.Column("counterpart_name", sa.String(), nullable=True),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "path",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_exchange")),
        sa.UniqueConstraint(
            "tenant_id",
            "side",
            "counterpart_code",
            "about",
            "number",
            name="uq_core_exchange_once",
        ),
    )
    with op.batch_alter_table("core_exchange", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_exchange_state", ["tenant_id", "side", "state", "created_at"], unique=False
        )
    rls.secure(op, "core_exchange")


def downgrade() -> None:
    op.drop_table("core_exchange")
