"""checks withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0007"
down_revision = "scoring_0006"


def upgrade() -> None:
    with op.batch_alter_table("scoring_check", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=True))
        batch_op.drop_constraint("uq_scoring_check_once", type_="unique")
    with op.batch_alter_table("scoring_check", schema=None) as batch_op:
        batch_op.create_index(
            "uq_scoring_check_standing",
            ["tenant_id", "organization_id", "year", "half"],
            unique=True,
            sqlite_where=sa.text("withdrawn_on IS NULL"),
            postgresql_where=sa.text("withdrawn_on IS NULL"),
        )


def downgrade() -> None:
    # The wall stands before the owner too, who otherwise finds nothing to delete.
    walled = op.get_bind().dialect.name == "postgresql"
    if walled:
        op.execute("ALTER TABLE scoring_check NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM scoring_check WHERE withdrawn_on IS NOT NULL")
    if walled:
        op.execute("ALTER TABLE scoring_check FORCE ROW LEVEL SECURITY")
    with op.batch_alter_table("scoring_check", schema=None) as batch_op:
        batch_op.drop_index("uq_scoring_check_standing")
    with op.batch_alter_table("scoring_check", schema=None) as batch_op:
        batch_op.create_unique_constraint(
            "uq_scoring_check_once", ["tenant_id", "organization_id", "year", "half"]
        )
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_on")
