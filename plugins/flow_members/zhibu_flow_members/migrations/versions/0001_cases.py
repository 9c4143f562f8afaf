"""Who is away, where, and who takes him in."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "flow_members_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "flow_members_case",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("untransferred", sa.String(), nullable=True),
        sa.Column("by_wish", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("paper_reason", sa.String(), nullable=True),
        sa.Column("floating_from", sa.Date(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("requirements", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("told_late_reason", sa.String(), nullable=True),
        sa.Column("verify_by", sa.Date(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("host_note", sa.String(), nullable=True),
        sa.Column("file_by", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("end_note", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_flow_members_case_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "host_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_flow_members_case_tenant_id_host_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_case")),
        sa.UniqueConstraint("tenant_id", "member_id", "once", name="uq_flow_members_case_once"),
    )
    rls.secure(op, "flow_members_case")
    op.create_index("ix_flow_members_case_since", "flow_members_case", ["tenant_id", "since"])
    op.create_index(
        "ix_flow_members_case_host", "flow_members_case", ["tenant_id", "host_id", "since"]
    )
    op.create_index("ix_flow_members_case_until", "flow_members_case", ["tenant_id", "until"])


def downgrade() -> None:
    op.drop_table("flow_members_case")
