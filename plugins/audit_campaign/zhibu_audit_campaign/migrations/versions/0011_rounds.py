"""rounds of draws by sector."""

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0011"
down_revision = "audit_campaign_0010"


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sector", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("among", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.drop_column("among")
        batch_op.drop_column("sector")
