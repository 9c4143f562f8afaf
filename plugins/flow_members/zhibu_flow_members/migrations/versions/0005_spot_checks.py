"""Yearly spot checks: the ranking that was, the seed, and what was found."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "flow_members_0005"
down_revision = "flow_members_0004"

UNIT = ["core_organization.tenant_id", "core_organization.id"]


def upgrade() -> None:
    op.create_table(
        "flow_members_spot_check",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            UNIT,
            name=op.f("fk_flow_members_spot_check_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_spot_check")),
        sa.UniqueConstraint(
            "tenant_id", "organization_id", "year", name="uq_flow_members_spot_check_year"
        ),
    )
    rls.secure(op, "flow_members_spot_check")
    op.create_table(
        "flow_members_spot_unit",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "check_id"],
            ["flow_members_spot_check.tenant_id", "flow_members_spot_check.id"],
            name=op.f("fk_flow_members_spot_unit_tenant_id_check_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            UNIT,
            name=op.f("fk_flow_members_spot_unit_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"], UNIT, name="fk_flow_members_spot_unit_unit"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_spot_unit")),
        sa.UniqueConstraint("tenant_id", "check_id", "rank", name="uq_flow_members_spot_unit_rank"),
    )
    rls.secure(op, "flow_members_spot_unit")


def downgrade() -> None:
    op.drop_table("flow_members_spot_unit")
    op.drop_table("flow_members_spot_check")
