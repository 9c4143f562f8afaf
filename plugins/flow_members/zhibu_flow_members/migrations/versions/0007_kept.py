"""A case keeps the last days of contact and of a report; cards and liaisons end with it."""

import sqlalchemy as sa
from alembic import op

revision = "flow_members_0007"
down_revision = "flow_members_0006"

TABLES = (
    "flow_members_case",
    "flow_members_note",
    "flow_members_card",
    "flow_members_liaison",
)
FILLED = (
    "UPDATE flow_members_case SET touched_on = (SELECT max(n.happened_on)"
    " FROM flow_members_note AS n WHERE n.tenant_id = flow_members_case.tenant_id"
    " AND n.case_id = flow_members_case.id AND n.voided_on IS NULL"
    " AND n.kind IN ('contact', 'report', 'visit_incoming', 'life', 'dues'))",
    "UPDATE flow_members_case SET reported_on = (SELECT max(n.happened_on)"
    " FROM flow_members_note AS n WHERE n.tenant_id = flow_members_case.tenant_id"
    " AND n.case_id = flow_members_case.id AND n.voided_on IS NULL AND n.kind = 'report')",
    "UPDATE flow_members_card SET once = NULL, ending = 'closed', ended_on = (SELECT"
    " CASE WHEN flow_members_card.stamped_on > coalesce(c.ended_on, c.voided_on)"
    " THEN flow_members_card.stamped_on ELSE coalesce(c.ended_on, c.voided_on) END"
    " FROM flow_members_case AS c WHERE c.tenant_id = flow_members_card.tenant_id"
    " AND c.id = flow_members_card.case_id) WHERE once IS NOT NULL AND EXISTS ("
    "SELECT 1 FROM flow_members_case AS c WHERE c.tenant_id = flow_members_card.tenant_id"
    " AND c.id = flow_members_card.case_id"
    " AND coalesce(c.ended_on, c.voided_on) IS NOT NULL)",
    "UPDATE flow_members_liaison SET once = NULL, closed = true, until = (SELECT"
    " CASE WHEN flow_members_liaison.since > coalesce(c.ended_on, c.voided_on)"
    " THEN flow_members_liaison.since ELSE coalesce(c.ended_on, c.voided_on) END"
    " FROM flow_members_case AS c WHERE c.tenant_id = flow_members_liaison.tenant_id"
    " AND c.id = flow_members_liaison.case_id) WHERE once IS NOT NULL AND EXISTS ("
    "SELECT 1 FROM flow_members_case AS c WHERE c.tenant_id = flow_members_liaison.tenant_id"
    " AND c.id = flow_members_liaison.case_id"
    " AND coalesce(c.ended_on, c.voided_on) IS NOT NULL)",
)


def upgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("touched_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reported_on", sa.Date(), nullable=True))
    with op.batch_alter_table("flow_members_liaison", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    # The wall stands before the owner too, who otherwise finds nothing to fill in.
    walled = op.get_bind().dialect.name == "postgresql"
    for table in TABLES if walled else ():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for statement in FILLED:
        op.execute(statement)
    for table in TABLES if walled else ():
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    with op.batch_alter_table("flow_members_liaison", schema=None) as batch_op:
        batch_op.drop_column("closed")
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.drop_column("reported_on")
        batch_op.drop_column("touched_on")
