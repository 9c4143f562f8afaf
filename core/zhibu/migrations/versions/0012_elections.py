"""Elections: whom proposals name, and what came of each name."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0012"
down_revision = "core_0011"


def upgrade() -> None:
    with op.batch_alter_table("core_procedure_sitting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_fill", sa.Integer(), nullable=True))
    op.create_table(
        "core_procedure_named",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_named_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_named_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_named")),
        sa.UniqueConstraint(
            "tenant_id",
            "procedure_id",
            "part",
            "member_id",
            name="uq_core_procedure_named_once",
        ),
    )
    rls.secure(op, "core_procedure_named")
    op.create_table(
        "core_procedure_tally",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("standing", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_tally_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sitting_id"],
            ["core_procedure_sitting.tenant_id", "core_procedure_sitting.id"],
            name=op.f("fk_core_procedure_tally_tenant_id_sitting_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_tally")),
        sa.UniqueConstraint(
            "tenant_id",
            "sitting_id",
            "member_id",
            name=op.f("uq_core_procedure_tally_tenant_id_sitting_id_member_id"),
        ),
    )
    rls.secure(op, "core_procedure_tally")


def downgrade() -> None:
    op.drop_table("core_procedure_tally")
    op.drop_table("core_procedure_named")
    with op.batch_alter_table("core_procedure_sitting", schema=None) as batch_op:
        batch_op.drop_column("to_fill")
