"""Parts of what long work makes."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0014"
down_revision = "core_0013"


def upgrade() -> None:
    op.create_table(
        "core_job_part",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rests_on", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "job_id"],
            ["core_job.tenant_id", "core_job.id"],
            name=op.f("fk_core_job_part_tenant_id_job_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_job_part")),
        sa.UniqueConstraint(
            "tenant_id", "job_id", "number", name=op.f("uq_core_job_part_tenant_id_job_id_number")
        ),
    )
    with op.batch_alter_table("core_job_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_job_part_tenant_id_sha256"), ["tenant_id", "sha256"], unique=False
        )
    rls.secure(op, "core_job_part")


def downgrade() -> None:
    op.drop_table("core_job_part")
