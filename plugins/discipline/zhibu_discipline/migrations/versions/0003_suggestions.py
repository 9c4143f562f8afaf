"""What was noted of stays away, and suggests a disposition."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "discipline_0003"
down_revision = "discipline_0002"


def upgrade() -> None:
    op.create_table(
        "discipline_suggestion",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_discipline_suggestion_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_suggestion")),
    )
    rls.secure(op, "discipline_suggestion")
    with op.batch_alter_table("discipline_suggestion", schema=None) as batch_op:
        for column in ("member_id", "note_id"):
            name = f"ix_discipline_suggestion_tenant_id_{column}"
            batch_op.create_index(batch_op.f(name), ["tenant_id", column], unique=False)


def downgrade() -> None:
    op.drop_table("discipline_suggestion")
