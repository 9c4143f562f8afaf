"""inquiries with other bodies, and how many there are."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0007"
down_revision = "audit_campaign_0006"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_inquiry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("search_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_inquiry_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_inquiry_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_inquiry_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_inquiry_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "search_id"],
            ["audit_campaign_search.tenant_id", "audit_campaign_search.id"],
            name=op.f("fk_audit_campaign_inquiry_tenant_id_search_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_inquiry")),
    )
    rls.secure(op, "audit_campaign_inquiry")
    with op.batch_alter_table("audit_campaign_inquiry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_inquiry_branch", ["tenant_id", "campaign_id", "organization_id"], unique=False
        )
        batch_op.create_index("ix_audit_inquiry_due", ["tenant_id", "due_on"], unique=False)
        batch_op.create_index("ix_audit_inquiry_search", ["tenant_id", "search_id"], unique=False)

    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        for name in ("inquiries", "unanswered"):
            batch_op.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.drop_column("unanswered")
        batch_op.drop_column("inquiries")

    with op.batch_alter_table("audit_campaign_inquiry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_inquiry_search")
        batch_op.drop_index("ix_audit_inquiry_due")
        batch_op.drop_index("ix_audit_inquiry_branch")

    op.drop_table("audit_campaign_inquiry")
