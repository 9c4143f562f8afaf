"""Whether a talk brought improvement, and what was decided where it did not."""

import sqlalchemy as sa
from alembic import op

revision = "organization_life_0006"
down_revision = "organization_life_0005"


def upgrade() -> None:
    op.add_column("organization_life_talk", sa.Column("improved", sa.Boolean(), nullable=True))
    op.add_column("organization_life_talk", sa.Column("handle_by", sa.Date(), nullable=True))
    op.add_column("organization_life_talk", sa.Column("handled_on", sa.Date(), nullable=True))
    op.add_column("organization_life_talk", sa.Column("decision", sa.String(), nullable=True))
    op.create_index(
        "ix_organization_life_talk_handle_by",
        "organization_life_talk",
        ["tenant_id", "handle_by"],
    )


def downgrade() -> None:
    op.drop_index("ix_organization_life_talk_handle_by", "organization_life_talk")
    for name in ("decision", "handled_on", "handle_by", "improved"):
        op.drop_column("organization_life_talk", name)
