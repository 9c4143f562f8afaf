"""Audits, their stages, who takes part, and their lists."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_campaign_campaign",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_campaign_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_campaign")),
    )
    rls.secure(op, "audit_campaign_campaign")
    with op.batch_alter_table("audit_campaign_campaign", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_campaign_place", ["tenant_id", "organization_id", "plan"], unique=False
        )

    op.create_table(
        "audit_campaign_audited",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_audited_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_audited_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_audited")),
        sa.UniqueConstraint("tenant_id", "campaign_id", "organization_id", name="uq_audit_audited"),
    )
    rls.secure(op, "audit_campaign_audited")
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_audited_tenant_id_organization_id"),
            ["tenant_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "audit_campaign_sheet",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_sheet_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_sheet_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_sheet_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_sheet")),
        sa.UniqueConstraint("tenant_id", "campaign_id", "member_id", name="uq_audit_sheet_member"),
    )
    rls.secure(op, "audit_campaign_sheet")
    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_sheet_branch", ["tenant_id", "campaign_id", "organization_id"], unique=False
        )
        batch_op.create_index("ix_audit_sheet_member", ["tenant_id", "member_id"], unique=False)

    op.create_table(
        "audit_campaign_stage",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_stage_tenant_id_campaign_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_stage")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "code",
            name=op.f("uq_audit_campaign_stage_tenant_id_campaign_id_code"),
        ),
    )
    rls.secure(op, "audit_campaign_stage")
    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_stage_tenant_id_until"),
            ["tenant_id", "until"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_stage_tenant_id_until"))

    op.drop_table("audit_campaign_stage")
    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_sheet_member")
        batch_op.drop_index("ix_audit_sheet_branch")

    op.drop_table("audit_campaign_sheet")
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_audited_tenant_id_organization_id"))

    op.drop_table("audit_campaign_audited")
    with op.batch_alter_table("audit_campaign_campaign", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_campaign_place")

    op.drop_table("audit_campaign_campaign")
