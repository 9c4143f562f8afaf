"""Hand-overs to the discipline body, punishments, and help after a removal."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "discipline_0002"
down_revision = "discipline_0001"


def upgrade() -> None:
    op.add_column("discipline_case", sa.Column("breach", sa.Boolean(), nullable=True))
    op.add_column("discipline_case", sa.Column("help_by", sa.Date(), nullable=True))
    op.add_column("discipline_case", sa.Column("helped_on", sa.Date(), nullable=True))
    op.create_table(
        "discipline_referral",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_by", sa.Uuid(), nullable=True),
        sa.Column("pass_by", sa.Date(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("passed_to", sa.String(), nullable=True),
        sa.Column("passed_by", sa.Uuid(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("punishment", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("limit_id", sa.Uuid(), nullable=True),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("notice_by", sa.Date(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("notice", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_discipline_referral_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_discipline_referral_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_referral")),
    )
    rls.secure(op, "discipline_referral")
    with op.batch_alter_table("discipline_referral", schema=None) as batch_op:
        for columns in (["member_id"], ["organization_id", "state"], ["until"]):
            name = "_".join(["ix_discipline_referral_tenant_id", *columns])
            batch_op.create_index(batch_op.f(name), ["tenant_id", *columns], unique=False)
    op.create_table(
        "discipline_follow_up",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("helped_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["discipline_case.tenant_id", "discipline_case.id"],
            name=op.f("fk_discipline_follow_up_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_follow_up")),
    )
    rls.secure(op, "discipline_follow_up")
    with op.batch_alter_table("discipline_follow_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_discipline_follow_up_tenant_id_case_id"),
            ["tenant_id", "case_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("discipline_follow_up")
    op.drop_table("discipline_referral")
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        for column in ("helped_on", "help_by", "breach"):
            batch_op.drop_column(column)
