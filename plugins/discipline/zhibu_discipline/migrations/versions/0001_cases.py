"""Dispositions."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "discipline_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "discipline_case",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("missed", sa.String(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("drop_reason", sa.String(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("unheard", sa.String(), nullable=True),
        sa.Column("defender", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("procedure_id", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("deliver_by", sa.Date(), nullable=True),
        sa.Column("delivery", sa.String(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("evaluation_id", sa.Uuid(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("file_by", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filing", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_discipline_case_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "keeper_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_discipline_case_tenant_id_keeper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_discipline_case_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_case")),
    )
    rls.secure(op, "discipline_case")
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_discipline_case_tenant_id_decided_on"),
            ["tenant_id", "decided_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_discipline_case_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_discipline_case_tenant_id_organization_id_state"),
            ["tenant_id", "organization_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_discipline_case_tenant_id_until"),
            ["tenant_id", "until"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("discipline_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discipline_case_tenant_id_decided_on"))
        batch_op.drop_index(batch_op.f("ix_discipline_case_tenant_id_member_id"))
        batch_op.drop_index(batch_op.f("ix_discipline_case_tenant_id_organization_id_state"))
        batch_op.drop_index(batch_op.f("ix_discipline_case_tenant_id_until"))

    op.drop_table("discipline_case")
