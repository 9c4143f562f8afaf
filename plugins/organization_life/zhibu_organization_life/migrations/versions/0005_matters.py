"""Matters of a unit, and self-appraisals as they read before."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0005"
down_revision = "organization_life_0004"


def upgrade() -> None:
    op.create_table(
        "organization_life_matter",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_organization_life_matter_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_matter_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_matter")),
    )
    rls.secure(op, "organization_life_matter")
    op.create_index(
        "ix_organization_life_matter_unit",
        "organization_life_matter",
        ["tenant_id", "organization_id", "happened_on"],
    )
    op.create_index(
        "ix_organization_life_matter_member",
        "organization_life_matter",
        ["tenant_id", "member_id"],
    )
    op.create_table(
        "organization_life_statement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appraisal_id"],
            ["organization_life_appraisal.tenant_id", "organization_life_appraisal.id"],
            name=op.f("fk_organization_life_statement_tenant_id_appraisal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_statement_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_statement")),
    )
    rls.secure(op, "organization_life_statement")
    op.create_index(
        "ix_organization_life_statement_member",
        "organization_life_statement",
        ["tenant_id", "appraisal_id", "member_id"],
    )


def downgrade() -> None:
    op.drop_table("organization_life_statement")
    op.drop_table("organization_life_matter")
