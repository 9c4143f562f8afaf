"""Memberships stopped and restored, and how members were searched for."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "transfers_0003"
down_revision = "transfers_0002"


def upgrade() -> None:
    op.create_table(
        "transfers_membership",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("custodian_id", sa.Uuid(), nullable=True),
        sa.Column("custody_on", sa.Date(), nullable=True),
        sa.Column("custody_note", sa.String(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "custodian_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_membership_tenant_id_custodian_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_transfers_membership_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_membership_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfers_membership")),
        sa.UniqueConstraint("tenant_id", "procedure_id", name="uq_transfers_membership_procedure"),
    )
    rls.secure(op, "transfers_membership")
    with op.batch_alter_table("transfers_membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_membership_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_membership_tenant_id_organization_id"),
            ["tenant_id", "organization_id"],
            unique=False,
        )

    op.create_table(
        "transfers_search",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "membership_id"],
            ["transfers_membership.tenant_id", "transfers_membership.id"],
            name=op.f("fk_transfers_search_tenant_id_membership_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfers_search")),
    )
    rls.secure(op, "transfers_search")
    with op.batch_alter_table("transfers_search", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_search_tenant_id_membership_id"),
            ["tenant_id", "membership_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_search_tenant_id_membership_id"))

    op.drop_table("transfers_search")
    with op.batch_alter_table("transfers_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_membership_tenant_id_organization_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_membership_tenant_id_member_id"))

    op.drop_table("transfers_membership")
