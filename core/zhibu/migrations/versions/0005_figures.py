"""Figures are found by their organization, as every act looks for those it may have changed."""

from alembic import op

revision = "core_0005"
down_revision = "core_0004"


def upgrade() -> None:
    with op.batch_alter_table("core_figure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_figure_tenant_id_organization_id"),
            ["tenant_id", "organization_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("core_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_figure_tenant_id_organization_id"))
