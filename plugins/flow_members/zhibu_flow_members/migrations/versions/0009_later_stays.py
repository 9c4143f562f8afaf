"""Later stays of a member are found by the member."""

from alembic import op

revision = "flow_members_0009"
down_revision = "flow_members_0008"


def upgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flow_members_case_member", ["tenant_id", "member_id", "since"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.drop_index("ix_flow_members_case_member")
