"""records."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "dues_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "dues_handover",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("above_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("collected_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("handed_by", sa.Uuid(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.Column("passed_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "above_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_dues_handover_tenant_id_above_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_dues_handover_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "passed_id"],
            ["dues_handover.tenant_id", "dues_handover.id"],
            name=op.f("fk_dues_handover_tenant_id_passed_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_handover")),
    )
    rls.secure(op, "dues_handover")
    with op.batch_alter_table("dues_handover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_handover_tenant_id_above_id"),
            ["tenant_id", "above_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_handover_tenant_id_organization_id_until"),
            ["tenant_id", "organization_id", "until"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_handover_tenant_id_passed_id"),
            ["tenant_id", "passed_id"],
            unique=False,
        )

    op.create_table(
        "dues_publication",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("paid_up", sa.Integer(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("collected_fen", sa.BigInteger(), nullable=False),
        sa.Column("handed_fen", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_dues_publication_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_publication")),
    )
    rls.secure(op, "dues_publication")
    with op.batch_alter_table("dues_publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_publication_tenant_id_organization_id_year"),
            ["tenant_id", "organization_id", "year"],
            unique=False,
        )

    op.create_table(
        "dues_arrears",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_arrears_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_arrears")),
    )
    rls.secure(op, "dues_arrears")
    with op.batch_alter_table("dues_arrears", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_arrears_tenant_id_member_id_level"),
            ["tenant_id", "member_id", "level"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_arrears_tenant_id_reached_on"),
            ["tenant_id", "reached_on"],
            unique=False,
        )

    op.create_table(
        "dues_base",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Integer(), nullable=False),
        sa.Column("income", sa.String(), nullable=False),
        sa.Column("base_fen", sa.BigInteger(), nullable=True),
        sa.Column("chosen_fen", sa.BigInteger(), nullable=True),
        sa.Column("monthly_fen", sa.BigInteger(), nullable=False),
        sa.Column("standard_since", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorder_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_base_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_base")),
    )
    rls.secure(op, "dues_base")
    with op.batch_alter_table("dues_base", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_base_tenant_id_member_id_year"),
            ["tenant_id", "member_id", "year"],
            unique=False,
        )

    op.create_table(
        "dues_month",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_month_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_month")),
        sa.UniqueConstraint("tenant_id", "member_id", "month", name="uq_dues_month_once"),
    )
    rls.secure(op, "dues_month")
    with op.batch_alter_table("dues_month", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_month_tenant_id_due_on_member_id"),
            ["tenant_id", "due_on", "member_id"],
            unique=False,
        )

    op.create_table(
        "dues_payment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("voluntary_fen", sa.BigInteger(), nullable=False),
        sa.Column("late_months", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=True),
        sa.Column("payer_member_id", sa.Uuid(), nullable=True),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("approval", sa.String(), nullable=True),
        sa.Column("entry_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "corrects_id"],
            ["dues_payment.tenant_id", "dues_payment.id"],
            name=op.f("fk_dues_payment_tenant_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "handover_id"],
            ["dues_handover.tenant_id", "dues_handover.id"],
            name=op.f("fk_dues_payment_tenant_id_handover_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_payment_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_dues_payment_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payer_member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_payment_tenant_id_payer_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_payment")),
        sa.UniqueConstraint(
            "tenant_id", "organization_id", "year", "serial", name="uq_dues_payment_serial"
        ),
    )
    rls.secure(op, "dues_payment")
    with op.batch_alter_table("dues_payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_payment_tenant_id_handover_id"),
            ["tenant_id", "handover_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_payment_tenant_id_member_id_paid_on"),
            ["tenant_id", "member_id", "paid_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_payment_tenant_id_organization_id_paid_on"),
            ["tenant_id", "organization_id", "paid_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dues_payment_tenant_id_payer_member_id"),
            ["tenant_id", "payer_member_id"],
            unique=False,
        )

    op.create_table(
        "dues_quarterly",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_quarterly_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_quarterly")),
    )
    rls.secure(op, "dues_quarterly")
    with op.batch_alter_table("dues_quarterly", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_quarterly_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "dues_reduction",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_dues_reduction_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_reduction")),
        sa.UniqueConstraint("tenant_id", "procedure_id", name="uq_dues_reduction_procedure"),
    )
    rls.secure(op, "dues_reduction")
    with op.batch_alter_table("dues_reduction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_reduction_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "dues_share",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["dues_payment.tenant_id", "dues_payment.id"],
            name=op.f("fk_dues_share_tenant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dues_share")),
        sa.UniqueConstraint("tenant_id", "payment_id", "month", name="uq_dues_share_once"),
    )
    rls.secure(op, "dues_share")
    with op.batch_alter_table("dues_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dues_share_tenant_id_member_id_month"),
            ["tenant_id", "member_id", "month"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("dues_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_share_tenant_id_member_id_month"))

    op.drop_table("dues_share")
    with op.batch_alter_table("dues_reduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_reduction_tenant_id_member_id"))

    op.drop_table("dues_reduction")
    with op.batch_alter_table("dues_quarterly", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_quarterly_tenant_id_member_id"))

    op.drop_table("dues_quarterly")
    with op.batch_alter_table("dues_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_payment_tenant_id_payer_member_id"))
        batch_op.drop_index(batch_op.f("ix_dues_payment_tenant_id_organization_id_paid_on"))
        batch_op.drop_index(batch_op.f("ix_dues_payment_tenant_id_member_id_paid_on"))
        batch_op.drop_index(batch_op.f("ix_dues_payment_tenant_id_handover_id"))

    op.drop_table("dues_payment")
    with op.batch_alter_table("dues_month", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_month_tenant_id_due_on_member_id"))

    op.drop_table("dues_month")
    with op.batch_alter_table("dues_base", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_base_tenant_id_member_id_year"))

    op.drop_table("dues_base")
    with op.batch_alter_table("dues_arrears", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_arrears_tenant_id_reached_on"))
        batch_op.drop_index(batch_op.f("ix_dues_arrears_tenant_id_member_id_level"))

    op.drop_table("dues_arrears")
    with op.batch_alter_table("dues_publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_publication_tenant_id_organization_id_year"))

    op.drop_table("dues_publication")
    with op.batch_alter_table("dues_handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dues_handover_tenant_id_passed_id"))
        batch_op.drop_index(batch_op.f("ix_dues_handover_tenant_id_organization_id_until"))
        batch_op.drop_index(batch_op.f("ix_dues_handover_tenant_id_above_id"))

    op.drop_table("dues_handover")
