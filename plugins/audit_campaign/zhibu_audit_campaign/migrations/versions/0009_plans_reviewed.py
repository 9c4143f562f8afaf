"""plans are reviewed by the level above, by the last day of a stage."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0009"
down_revision = "audit_campaign_0008"
COLUMNS: dict[str, Any] = {
    "planned_by": sa.Uuid(),
    "plan_state": sa.String(),
    "plan_remark": sa.String(),
    "plan_reviewed_on": sa.Date(),
    "plan_reviewed_by": sa.Uuid(),
}


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        for name, kind in COLUMNS.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reviews_plans", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    # The wall stands before the owner too, who otherwise finds nothing to fill in.
    walled = op.get_bind().dialect.name == "postgresql"
    if walled:
        op.execute("ALTER TABLE audit_campaign_audited NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE audit_campaign_audited SET plan_state = 'waiting' WHERE planned_on IS NOT NULL"
    )
    if walled:
        op.execute("ALTER TABLE audit_campaign_audited FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_stage", schema=None) as batch_op:
        batch_op.drop_column("reviews_plans")
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
