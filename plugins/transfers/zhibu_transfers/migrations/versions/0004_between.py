"""Transfers between institutions: the other side, and what it told."""

import sqlalchemy as sa
from alembic import op

revision = "transfers_0004"
down_revision = "transfers_0003"

COLUMNS = (
    ("about", sa.Uuid()),
    ("peer_code", sa.String()),
    ("peer_name", sa.String()),
    ("peer_unit", sa.String()),
    ("peer_branch", sa.String()),
    ("paid_to", sa.Date()),
    ("person_sealed", sa.LargeBinary()),
    ("asked_on", sa.Date()),
    ("undelivered_on", sa.Date()),
)


def upgrade() -> None:
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        for name, kind in COLUMNS:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_unique_constraint(
            "uq_transfers_case_about", ["tenant_id", "peer_code", "about"]
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_receiver_id"),
            ["tenant_id", "receiver_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_receiver_id"))
        batch_op.drop_constraint("uq_transfers_case_about", type_="unique")
        for name, _ in reversed(COLUMNS):
            batch_op.drop_column(name)
