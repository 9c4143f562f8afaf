"""Checks of members' files, and what was found of each document."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "discipline_0003"
down_revision = "discipline_0002"


def upgrade() -> None:
    op.create_table(
        "discipline_file_check",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checker", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("custody", sa.String(), nullable=True),
        sa.Column("custodian", sa.String(), nullable=True),
        sa.Column("compiled_on", sa.Date(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("repair_by", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("correction", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_discipline_file_check_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_discipline_file_check_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_file_check")),
    )
    rls.secure(op, "discipline_file_check")
    with op.batch_alter_table("discipline_file_check", schema=None) as batch_op:
        for column in ("member_id", "repair_by"):
            name = f"ix_discipline_file_check_tenant_id_{column}"
            batch_op.create_index(batch_op.f(name), ["tenant_id", column], unique=False)
        batch_op.create_index(
            "ix_discipline_file_check_unit", ["tenant_id", "organization_id", "state"], unique=False
        )
    op.create_table(
        "discipline_file_document",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("repaired_on", sa.Date(), nullable=True),
        sa.Column("repair", sa.String(), nullable=True),
        sa.Column("repaired_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "check_id"],
            ["discipline_file_check.tenant_id", "discipline_file_check.id"],
            name=op.f("fk_discipline_file_document_tenant_id_check_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_discipline_file_document")),
    )
    rls.secure(op, "discipline_file_document")
    with op.batch_alter_table("discipline_file_document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_discipline_file_document_tenant_id_check_id"),
            ["tenant_id", "check_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("discipline_file_document")
    op.drop_table("discipline_file_check")
