"""forms with people on them are given out once somebody else approved."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0012"
down_revision = "audit_campaign_0011"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_release",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("carried_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_release_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_release_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_release_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_release")),
    )
    rls.secure(op, "audit_campaign_release")
    with op.batch_alter_table("audit_campaign_release", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_release_asked", ["tenant_id", "audited_id", "asked_by"], unique=False
        )
        batch_op.create_index(
            "ix_audit_release_place", ["tenant_id", "campaign_id", "organization_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_release", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_release_place")
        batch_op.drop_index("ix_audit_release_asked")

    op.drop_table("audit_campaign_release")
