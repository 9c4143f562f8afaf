"""procedure deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "core_0008"
down_revision = "core_0007"


def upgrade() -> None:
    with op.batch_alter_table("core_procedure_objection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_by", sa.String(), nullable=True))

    with op.batch_alter_table("core_procedure_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_by", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("core_procedure_step", schema=None) as batch_op:
        batch_op.drop_column("due_by")

    with op.batch_alter_table("core_procedure_objection", schema=None) as batch_op:
        batch_op.drop_column("due_by")
