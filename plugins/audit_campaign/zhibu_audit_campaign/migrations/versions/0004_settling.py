"""settling."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0004"
down_revision = "audit_campaign_0003"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_settlement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("carried_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.String(), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_settlement_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_settlement_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_settlement_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_audit_settlement_unit",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sheet_id"],
            ["audit_campaign_sheet.tenant_id", "audit_campaign_sheet.id"],
            name=op.f("fk_audit_campaign_settlement_tenant_id_sheet_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_settlement")),
        sa.UniqueConstraint("tenant_id", "sheet_id", "once", name="uq_audit_settlement_once"),
    )
    rls.secure(op, "audit_campaign_settlement")
    with op.batch_alter_table("audit_campaign_settlement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_settlement_branch",
            ["tenant_id", "campaign_id", "organization_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_audit_settlement_member", ["tenant_id", "member_id"], unique=False
        )

    with op.batch_alter_table("audit_campaign_campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lines", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_campaign", schema=None) as batch_op:
        batch_op.drop_column("lines")

    with op.batch_alter_table("audit_campaign_settlement", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_settlement_member")
        batch_op.drop_index("ix_audit_settlement_branch")

    op.drop_table("audit_campaign_settlement")
