"""What both sides note of somebody away, who keeps contact, and when contact is due."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "flow_members_0003"
down_revision = "flow_members_0002"


def upgrade() -> None:
    op.add_column("flow_members_case", sa.Column("contact_by", sa.Date(), nullable=True))
    op.add_column("flow_members_case", sa.Column("report_by", sa.Date(), nullable=True))
    op.create_index(
        "ix_flow_members_case_contact", "flow_members_case", ["tenant_id", "contact_by"]
    )
    op.create_index("ix_flow_members_case_report", "flow_members_case", ["tenant_id", "report_by"])
    op.create_table(
        "flow_members_note",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_flow_members_note_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["flow_members_case.tenant_id", "flow_members_case.id"],
            name=op.f("fk_flow_members_note_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_note")),
    )
    rls.secure(op, "flow_members_note")
    op.create_index(
        "ix_flow_members_note_case",
        "flow_members_note",
        ["tenant_id", "case_id", "kind", "happened_on"],
    )
    op.create_index(
        "ix_flow_members_note_member",
        "flow_members_note",
        ["tenant_id", "member_id", "happened_on"],
    )
    op.create_table(
        "flow_members_liaison",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("liaison_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_flow_members_liaison_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "liaison_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_flow_members_liaison_liaison",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["flow_members_case.tenant_id", "flow_members_case.id"],
            name=op.f("fk_flow_members_liaison_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_liaison")),
        sa.UniqueConstraint("tenant_id", "case_id", "once", name="uq_flow_members_liaison_once"),
    )
    rls.secure(op, "flow_members_liaison")
    op.create_index(
        "ix_flow_members_liaison_load",
        "flow_members_liaison",
        ["tenant_id", "liaison_id", "once"],
    )


def downgrade() -> None:
    op.drop_table("flow_members_liaison")
    op.drop_table("flow_members_note")
    op.drop_index("ix_flow_members_case_report", "flow_members_case")
    op.drop_index("ix_flow_members_case_contact", "flow_members_case")
    op.drop_column("flow_members_case", "report_by")
    op.drop_column("flow_members_case", "contact_by")
