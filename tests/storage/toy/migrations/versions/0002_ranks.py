"""Ranks, made from the points; a person has at most one name for the door."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "toy_0002"
down_revision = "toy_0001"


def upgrade() -> None:
    op.create_table(
        "toy_rank",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_toy_rank")),
    )
    rls.secure(op, "toy_rank", may=("SELECT", "INSERT"))
    with op.batch_alter_table("toy_person") as table:
        table.add_column(sa.Column("door", sa.String(), nullable=False, server_default=""))
        table.alter_column("number", type_=sa.String(40), existing_type=sa.String())
    op.create_index(op.f("ix_toy_person_tenant_id_door"), "toy_person", ["tenant_id", "door"])


def downgrade() -> None:
    op.drop_index(op.f("ix_toy_person_tenant_id_door"), "toy_person")
    with op.batch_alter_table("toy_person") as table:
        table.alter_column("number", type_=sa.String(), existing_type=sa.String(40))
        table.drop_column("door")
    op.drop_table("toy_rank")
