"""Guests of other institutions, and hosts elsewhere."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "flow_members_0008"
down_revision = "flow_members_0007"


def upgrade() -> None:
    op.create_table(
        "flow_members_guest",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("peer_code", sa.String(), nullable=False),
        sa.Column("peer_name", sa.String(), nullable=False),
        sa.Column("peer_member", sa.Uuid(), nullable=False),
        sa.Column("offer", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("home_branch", sa.String(), nullable=False),
        sa.Column("home_committee", sa.String(), nullable=False),
        sa.Column("home_contact", sa.String(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("verify_by", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("host_note", sa.String(), nullable=True),
        sa.Column("file_by", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "host_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_flow_members_guest_host",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "receiver_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_flow_members_guest_receiver",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_guest")),
        sa.UniqueConstraint("tenant_id", "peer_code", "about", name="uq_flow_members_guest_about"),
    )
    rls.secure(op, "flow_members_guest")
    with op.batch_alter_table("flow_members_guest", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flow_members_guest_host", ["tenant_id", "host_id", "since"], unique=False
        )
        batch_op.create_index(
            "ix_flow_members_guest_member", ["tenant_id", "peer_code", "peer_member"], unique=False
        )
        batch_op.create_index(
            "ix_flow_members_guest_receiver", ["tenant_id", "receiver_id", "since"], unique=False
        )

    op.create_table(
        "flow_members_guest_note",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "guest_id"],
            ["flow_members_guest.tenant_id", "flow_members_guest.id"],
            name=op.f("fk_flow_members_guest_note_tenant_id_guest_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "host_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_flow_members_guest_note_host",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_flow_members_guest_note")),
    )
    rls.secure(op, "flow_members_guest_note")
    with op.batch_alter_table("flow_members_guest_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flow_members_guest_note_guest",
            ["tenant_id", "guest_id", "happened_on"],
            unique=False,
        )

    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("peer_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("peer_unit", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("peer_offer", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("peer_state", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("peer_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("peer_host", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("peer_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("peer_reason", sa.String(), nullable=True))

    with op.batch_alter_table("flow_members_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("peer_note", sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(
            "uq_flow_members_note_peer", ["tenant_id", "case_id", "peer_note"]
        )


def downgrade() -> None:
    with op.batch_alter_table("flow_members_note", schema=None) as batch_op:
        batch_op.drop_constraint("uq_flow_members_note_peer", type_="unique")
        batch_op.drop_column("peer_note")

    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.drop_column("peer_reason")
        batch_op.drop_column("peer_on")
        batch_op.drop_column("peer_host")
        batch_op.drop_column("peer_name")
        batch_op.drop_column("peer_state")
        batch_op.drop_column("peer_offer")
        batch_op.drop_column("peer_unit")
        batch_op.drop_column("peer_code")

    with op.batch_alter_table("flow_members_guest_note", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_members_guest_note_guest")

    op.drop_table("flow_members_guest_note")
    with op.batch_alter_table("flow_members_guest", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_members_guest_receiver")
        batch_op.drop_index("ix_flow_members_guest_member")
        batch_op.drop_index("ix_flow_members_guest_host")

    op.drop_table("flow_members_guest")
