"""sources and facts."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "scoring_0002"
down_revision = "scoring_0001"


def upgrade() -> None:
    op.create_table(
        "scoring_fact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorder_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("source_kind", sa.String(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_fact_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_fact")),
    )
    rls.secure(op, "scoring_fact")
    with op.batch_alter_table("scoring_fact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_fact_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_scoring_fact_tenant_id_source_id"),
            ["tenant_id", "source_id"],
            unique=False,
        )

    with op.batch_alter_table("scoring_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("source_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("source_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_entry", schema=None) as batch_op:
        batch_op.drop_column("source_id")
        batch_op.drop_column("source_kind")
        batch_op.drop_column("source")

    with op.batch_alter_table("scoring_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_fact_tenant_id_source_id"))
        batch_op.drop_index(batch_op.f("ix_scoring_fact_tenant_id_member_id"))

    op.drop_table("scoring_fact")
