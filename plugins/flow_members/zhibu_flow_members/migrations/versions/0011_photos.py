"""A card may have a photograph."""

import sqlalchemy as sa
from alembic import op

revision = "flow_members_0011"
down_revision = "flow_members_0010"


def upgrade() -> None:
    with op.batch_alter_table("flow_members_card", schema=None) as batch_op:
        batch_op.add_column(sa.Column("photo_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            "fk_flow_members_card_photo",
            "core_attachment",
            ["tenant_id", "photo_id"],
            ["tenant_id", "id"],
        )
        batch_op.create_index("ix_flow_members_card_photo", ["tenant_id", "photo_id"])


def downgrade() -> None:
    with op.batch_alter_table("flow_members_card", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_members_card_photo")
        batch_op.drop_constraint("fk_flow_members_card_photo", type_="foreignkey")
        batch_op.drop_column("photo_id")
