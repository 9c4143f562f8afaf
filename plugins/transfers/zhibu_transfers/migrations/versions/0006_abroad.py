"""Relationships retained while somebody is abroad, and contact with him."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "transfers_0006"
down_revision = "transfers_0005"


def upgrade() -> None:
    op.create_table(
        "transfers_contact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "membership_id"],
            ["transfers_membership.tenant_id", "transfers_membership.id"],
            name=op.f("fk_transfers_contact_tenant_id_membership_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfers_contact")),
    )
    rls.secure(op, "transfers_contact")
    with op.batch_alter_table("transfers_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_contact_tenant_id_membership_id"),
            ["tenant_id", "membership_id"],
            unique=False,
        )

    with op.batch_alter_table("transfers_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("applied_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("contact_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("returned_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("return_note", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_transfers_membership_tenant_id_contact_by"),
            ["tenant_id", "contact_by"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_membership_tenant_id_contact_by"))
        batch_op.drop_column("return_note")
        batch_op.drop_column("returned_on")
        batch_op.drop_column("contact_by")
        batch_op.drop_column("until")
        batch_op.drop_column("applied_on")

    with op.batch_alter_table("transfers_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_contact_tenant_id_membership_id"))

    op.drop_table("transfers_contact")
