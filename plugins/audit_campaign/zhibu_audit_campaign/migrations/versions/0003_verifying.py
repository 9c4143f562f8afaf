"""verifying."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0003"
down_revision = "audit_campaign_0002"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_draw",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("branches", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_draw_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_draw_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_draw")),
    )
    rls.secure(op, "audit_campaign_draw")
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_draw_tenant_id_campaign_id"),
            ["tenant_id", "campaign_id"],
            unique=False,
        )

    op.create_table(
        "audit_campaign_question",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_question_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_question_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_question")),
    )
    rls.secure(op, "audit_campaign_question")
    with op.batch_alter_table("audit_campaign_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_question_tenant_id_organization_id"),
            ["tenant_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "audit_campaign_report",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("proposals", sa.String(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_report_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chair_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_report_tenant_id_chair_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_report_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_report")),
        sa.UniqueConstraint(
            "tenant_id", "audited_id", name=op.f("uq_audit_campaign_report_tenant_id_audited_id")
        ),
    )
    rls.secure(op, "audit_campaign_report")
    op.create_table(
        "audit_campaign_sample",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("lost", sa.Integer(), nullable=True),
        sa.Column("hanging", sa.Integer(), nullable=True),
        sa.Column("floating", sa.Integer(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_sample_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "draw_id"],
            ["audit_campaign_draw.tenant_id", "audit_campaign_draw.id"],
            name=op.f("fk_audit_campaign_sample_tenant_id_draw_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_sample_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_sample")),
        sa.UniqueConstraint(
            "tenant_id",
            "draw_id",
            "audited_id",
            name=op.f("uq_audit_campaign_sample_tenant_id_draw_id_audited_id"),
        ),
    )
    rls.secure(op, "audit_campaign_sample")
    op.create_table(
        "audit_campaign_verification",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("ways", sa.String(), nullable=True),
        sa.Column("proposals", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_verification_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_audit_verification_unit",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_verification")),
    )
    rls.secure(op, "audit_campaign_verification")
    with op.batch_alter_table("audit_campaign_verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_verification_tenant_id_audited_id"),
            ["tenant_id", "audited_id"],
            unique=False,
        )

    op.create_table(
        "audit_campaign_verified",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verification_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("circumstances", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_verified_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "verification_id"],
            ["audit_campaign_verification.tenant_id", "audit_campaign_verification.id"],
            name=op.f("fk_audit_campaign_verified_tenant_id_verification_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_verified")),
        sa.UniqueConstraint(
            "tenant_id", "verification_id", "part", "code", name="uq_audit_verified"
        ),
    )
    rls.secure(op, "audit_campaign_verified")
    with op.batch_alter_table("audit_campaign_search", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("review", sa.String(), nullable=True))

    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("hands_up", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.drop_column("hands_up")

    with op.batch_alter_table("audit_campaign_search", schema=None) as batch_op:
        batch_op.drop_column("review")
        batch_op.drop_column("reviewed_by")
        batch_op.drop_column("reviewed_on")

    op.drop_table("audit_campaign_verified")
    with op.batch_alter_table("audit_campaign_verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_verification_tenant_id_audited_id"))

    op.drop_table("audit_campaign_verification")
    op.drop_table("audit_campaign_sample")
    op.drop_table("audit_campaign_report")
    with op.batch_alter_table("audit_campaign_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_question_tenant_id_organization_id"))

    op.drop_table("audit_campaign_question")
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_draw_tenant_id_campaign_id"))

    op.drop_table("audit_campaign_draw")
