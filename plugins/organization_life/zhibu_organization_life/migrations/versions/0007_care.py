"""How members live, and relief that was paid to those in hardship."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0007"
down_revision = "organization_life_0006"


def upgrade() -> None:
    op.create_table(
        "organization_life_relief",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_relief_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_organization_life_relief_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_relief")),
    )
    rls.secure(op, "organization_life_relief")
    with op.batch_alter_table("organization_life_relief", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organization_life_relief_member",
            ["tenant_id", "member_id", "paid_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_organization_life_relief_unit",
            ["tenant_id", "organization_id", "paid_on"],
            unique=False,
        )

    op.create_table(
        "organization_life_survey",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("hardship", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_survey_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_organization_life_survey_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_survey")),
    )
    rls.secure(op, "organization_life_survey")
    with op.batch_alter_table("organization_life_survey", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organization_life_survey_member",
            ["tenant_id", "member_id", "surveyed_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_organization_life_survey_unit",
            ["tenant_id", "organization_id", "surveyed_on"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("organization_life_survey", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_life_survey_unit")
        batch_op.drop_index("ix_organization_life_survey_member")

    op.drop_table("organization_life_survey")
    with op.batch_alter_table("organization_life_relief", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_life_relief_unit")
        batch_op.drop_index("ix_organization_life_relief_member")

    op.drop_table("organization_life_relief")
