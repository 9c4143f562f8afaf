"""entries and exemptions."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "scoring_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "scoring_entry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("material", sa.String(), nullable=True),
        sa.Column("witnesses", sa.String(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.Column("declarer_id", sa.Uuid(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_entry_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reverses_id"],
            ["scoring_entry.tenant_id", "scoring_entry.id"],
            name=op.f("fk_scoring_entry_tenant_id_reverses_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_entry")),
    )
    rls.secure(op, "scoring_entry")
    with op.batch_alter_table("scoring_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_entry_tenant_id_member_id_year"),
            ["tenant_id", "member_id", "year"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_scoring_entry_tenant_id_reverses_id"),
            ["tenant_id", "reverses_id"],
            unique=False,
        )

    op.create_table(
        "scoring_exemption",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_exemption_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_exemption")),
    )
    rls.secure(op, "scoring_exemption")
    with op.batch_alter_table("scoring_exemption", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_exemption_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("scoring_exemption")
    op.drop_table("scoring_entry")
