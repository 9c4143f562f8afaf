"""Activity cards, and their yearly reviews."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "flow_members_0002"
down_revision = "flow_members_0001"


def upgrade() -> None:
    op.create_table(
        "flow_members_card",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("stamped_on", sa.Date(), nullable=False),
        sa.Column("stamped_by", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_flow_members_card_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["flow_members_case.tenant_id", "flow_members_case.id"],
            name=op.f("fk_flow_members_card_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_card")),
        sa.UniqueConstraint("tenant_id", "serial", name="uq_flow_members_card_serial"),
        sa.UniqueConstraint("tenant_id", "member_id", "once", name="uq_flow_members_card_once"),
    )
    rls.secure(op, "flow_members_card")
    op.create_index("ix_flow_members_card_case", "flow_members_card", ["tenant_id", "case_id"])
    op.create_table(
        "flow_members_card_review",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "card_id"],
            ["flow_members_card.tenant_id", "flow_members_card.id"],
            name=op.f("fk_flow_members_card_review_tenant_id_card_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_flow_members_card_review_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_card_review")),
        sa.UniqueConstraint(
            "tenant_id", "card_id", "year", name="uq_flow_members_card_review_year"
        ),
    )
    rls.secure(op, "flow_members_card_review")


def downgrade() -> None:
    op.drop_table("flow_members_card_review")
    op.drop_table("flow_members_card")
