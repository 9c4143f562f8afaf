"""Transfers and their letters."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "transfers_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "transfers_case",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("elsewhere", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("chosen", sa.String(), nullable=True),
        sa.Column("otherwise", sa.String(), nullable=True),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("letter_number", sa.String(), nullable=True),
        sa.Column("letter_until", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("file_check", sa.String(), nullable=True),
        sa.Column("file_note", sa.String(), nullable=True),
        sa.Column("custodian", sa.String(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("escalated_id", sa.Uuid(), nullable=True),
        sa.Column("settle_by", sa.Date(), nullable=True),
        sa.Column("receipt_by", sa.Date(), nullable=True),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("means", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("found", sa.String(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "committee_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_case_tenant_id_committee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "escalated_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_case_tenant_id_escalated_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "from_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_case_tenant_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_transfers_case_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "receiver_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_case_tenant_id_receiver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "to_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_case_tenant_id_to_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfers_case")),
    )
    rls.secure(op, "transfers_case")
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_from_id_state"),
            ["tenant_id", "from_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_receipt_by"),
            ["tenant_id", "receipt_by"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_to_id_state"),
            ["tenant_id", "to_id", "state"],
            unique=False,
        )

    op.create_table(
        "transfers_letter",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("paid_to", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["transfers_case.tenant_id", "transfers_case.id"],
            name=op.f("fk_transfers_letter_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_transfers_letter_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "replaces_id"],
            ["transfers_letter.tenant_id", "transfers_letter.id"],
            name=op.f("fk_transfers_letter_tenant_id_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfers_letter")),
        sa.UniqueConstraint(
            "tenant_id", "organization_id", "year", "serial", name="uq_transfers_letter_serial"
        ),
    )
    rls.secure(op, "transfers_letter")
    with op.batch_alter_table("transfers_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_letter_tenant_id_case_id"),
            ["tenant_id", "case_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_transfers_letter_tenant_id_valid_until"),
            ["tenant_id", "valid_until"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_letter_tenant_id_valid_until"))
        batch_op.drop_index(batch_op.f("ix_transfers_letter_tenant_id_case_id"))

    op.drop_table("transfers_letter")
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_to_id_state"))
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_receipt_by"))
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_member_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_from_id_state"))

    op.drop_table("transfers_case")
