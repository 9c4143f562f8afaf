"""A note says which host made it, and a case keeps what hosts before the present one verified."""

import sqlalchemy as sa
from alembic import op

revision = "flow_members_0006"
down_revision = "flow_members_0005"

TABLES = ("flow_members_case", "flow_members_note")


def upgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hosted", sa.JSON(), nullable=True))
    with op.batch_alter_table("flow_members_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("host_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            "fk_flow_members_note_host",
            "core_organization",
            ["tenant_id", "host_id"],
            ["tenant_id", "id"],
        )
        batch_op.create_index(
            "ix_flow_members_note_host", ["tenant_id", "host_id", "happened_on"], unique=False
        )
    # The wall stands before the owner too, who otherwise finds nothing to fill in.
    walled = op.get_bind().dialect.name == "postgresql"
    for table in TABLES if walled else ():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE flow_members_note SET host_id = (SELECT c.host_id FROM flow_members_case AS c"
        " WHERE c.tenant_id = flow_members_note.tenant_id AND c.id = flow_members_note.case_id)"
        " WHERE side = 'host'"
    )
    for table in TABLES if walled else ():
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    with op.batch_alter_table("flow_members_note", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_members_note_host")
        batch_op.drop_constraint("fk_flow_members_note_host", type_="foreignkey")
        batch_op.drop_column("host_id")
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.drop_column("hosted")
