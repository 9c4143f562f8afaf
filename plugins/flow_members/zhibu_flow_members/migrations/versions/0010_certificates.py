"""Certificate letters have a number of their branch and year."""

import sqlalchemy as sa
from alembic import op

revision = "flow_members_0010"
down_revision = "flow_members_0009"

COLUMNS = ("certificate_year", "certificate_serial")


def upgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("certificate_unit_id", sa.Uuid(), nullable=True))
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_flow_members_case_certificate",
            "core_organization",
            ["tenant_id", "certificate_unit_id"],
            ["tenant_id", "id"],
        )
        batch_op.create_unique_constraint(
            "uq_flow_members_case_certificate",
            ["tenant_id", "certificate_unit_id", *COLUMNS],
        )


def downgrade() -> None:
    with op.batch_alter_table("flow_members_case", schema=None) as batch_op:
        batch_op.drop_constraint("uq_flow_members_case_certificate", type_="unique")
        batch_op.drop_constraint("fk_flow_members_case_certificate", type_="foreignkey")
        for name in ("certificate_unit_id", *COLUMNS):
            batch_op.drop_column(name)
