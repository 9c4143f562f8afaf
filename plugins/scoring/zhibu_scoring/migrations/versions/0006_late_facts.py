"""late facts."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "scoring_0006"
down_revision = "scoring_0005"


def upgrade() -> None:
    op.create_table(
        "scoring_late_fact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_late_fact_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "year_id"],
            ["scoring_year.tenant_id", "scoring_year.id"],
            name=op.f("fk_scoring_late_fact_tenant_id_year_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_late_fact")),
        sa.UniqueConstraint(
            "tenant_id", "year_id", "member_id", "source", name="uq_scoring_late_fact_once"
        ),
    )
    rls.secure(op, "scoring_late_fact")
    with op.batch_alter_table("scoring_late_fact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_late_fact_tenant_id_member_id_year"),
            ["tenant_id", "member_id", "year"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("scoring_late_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_late_fact_tenant_id_member_id_year"))

    op.drop_table("scoring_late_fact")
