"""Jobs become a queue: priorities, keys, attempts, leases."""

import sqlalchemy as sa
from alembic import op

revision = "core_0002"
down_revision = "core_0001"


def upgrade() -> None:
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.alter_column("account_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column("priority", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempt", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("worker", sa.String(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_core_job_tenant_id_key"), ["tenant_id", "key"]
        )
        batch_op.create_index(
            batch_op.f("ix_core_job_tenant_id_state_priority"),
            ["tenant_id", "state", "priority"],
            unique=False,
        )


def downgrade() -> None:
    # Work of the installation itself has no account; the older version knows no such work. The wall
    # stands before the owner too, who otherwise finds nothing to delete.
    walled = op.get_bind().dialect.name == "postgresql"
    if walled:
        op.execute("ALTER TABLE core_job NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM core_job WHERE account_id IS NULL")
    if walled:
        op.execute("ALTER TABLE core_job FORCE ROW LEVEL SECURITY")
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_job_tenant_id_state_priority"))
        batch_op.drop_constraint(batch_op.f("uq_core_job_tenant_id_key"), type_="unique")
        for name in (
            "worker",
            "lease_until",
            "failures",
            "attempt",
            "not_before",
            "key",
            "priority",
        ):
            batch_op.drop_column(name)
        batch_op.alter_column("account_id", existing_type=sa.Uuid(), nullable=False)
