"""analyses that a plan asks for on its way."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0010"
down_revision = "audit_campaign_0009"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_analysis",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_analysis_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_analysis_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_analysis_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_analysis")),
    )
    rls.secure(op, "audit_campaign_analysis")
    with op.batch_alter_table("audit_campaign_analysis", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_analysis_audited", ["tenant_id", "audited_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_analysis", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_analysis_audited")

    op.drop_table("audit_campaign_analysis")
