"""People and where they live."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "toy_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "toy_house",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_toy_house")),
    )
    op.create_table(
        "toy_person",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_toy_person")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_toy_person_tenant_id_number")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "house_id"],
            ["toy_house.tenant_id", "toy_house.id"],
            name=op.f("fk_toy_person_tenant_id_house_id"),
        ),
    )
    rls.secure(op, "toy_house", "toy_person")


def downgrade() -> None:
    op.drop_table("toy_person")
    op.drop_table("toy_house")
