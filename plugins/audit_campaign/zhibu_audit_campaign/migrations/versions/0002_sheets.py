"""sheets."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "audit_campaign_0002"
down_revision = "audit_campaign_0001"


def upgrade() -> None:
    op.create_table(
        "audit_campaign_check",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sheet_id"],
            ["audit_campaign_sheet.tenant_id", "audit_campaign_sheet.id"],
            name=op.f("fk_audit_campaign_check_tenant_id_sheet_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_check")),
        sa.UniqueConstraint(
            "tenant_id",
            "sheet_id",
            "code",
            name=op.f("uq_audit_campaign_check_tenant_id_sheet_id_code"),
        ),
    )
    rls.secure(op, "audit_campaign_check")
    op.create_table(
        "audit_campaign_issue",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_issue_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_issue_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_issue_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sheet_id"],
            ["audit_campaign_sheet.tenant_id", "audit_campaign_sheet.id"],
            name=op.f("fk_audit_campaign_issue_tenant_id_sheet_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_issue")),
        sa.UniqueConstraint(
            "tenant_id",
            "sheet_id",
            "label",
            name=op.f("uq_audit_campaign_issue_tenant_id_sheet_id_label"),
        ),
    )
    rls.secure(op, "audit_campaign_issue")
    with op.batch_alter_table("audit_campaign_issue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_issue_branch", ["tenant_id", "campaign_id", "organization_id"], unique=False
        )

    op.create_table(
        "audit_campaign_search",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("lost_since", sa.Date(), nullable=True),
        sa.Column("circumstances", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("conduct", sa.String(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_search_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"],
            name=op.f("fk_audit_campaign_search_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_search_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_search_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "responsible_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_audit_search_responsible",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sheet_id"],
            ["audit_campaign_sheet.tenant_id", "audit_campaign_sheet.id"],
            name=op.f("fk_audit_campaign_search_tenant_id_sheet_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_search")),
        sa.UniqueConstraint(
            "tenant_id", "sheet_id", name=op.f("uq_audit_campaign_search_tenant_id_sheet_id")
        ),
    )
    rls.secure(op, "audit_campaign_search")
    with op.batch_alter_table("audit_campaign_search", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_search_branch", ["tenant_id", "campaign_id", "organization_id"], unique=False
        )
        batch_op.create_index("ix_audit_search_due", ["tenant_id", "due_on"], unique=False)

    op.create_table(
        "audit_campaign_training",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_training_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_training_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_training")),
    )
    rls.secure(op, "audit_campaign_training")
    with op.batch_alter_table("audit_campaign_training", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_training_tenant_id_audited_id"),
            ["tenant_id", "audited_id"],
            unique=False,
        )

    op.create_table(
        "audit_campaign_worker",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audited_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "audited_id"],
            ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"],
            name=op.f("fk_audit_campaign_worker_tenant_id_audited_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_worker_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_audit_campaign_worker_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_worker")),
        sa.UniqueConstraint("tenant_id", "audited_id", "member_id", "once", name="uq_audit_worker"),
    )
    rls.secure(op, "audit_campaign_worker")
    op.create_table(
        "audit_campaign_entry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("search_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "by_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_audit_campaign_entry_tenant_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "search_id"],
            ["audit_campaign_search.tenant_id", "audit_campaign_search.id"],
            name=op.f("fk_audit_campaign_entry_tenant_id_search_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_campaign_entry")),
    )
    rls.secure(op, "audit_campaign_entry")
    with op.batch_alter_table("audit_campaign_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_campaign_entry_tenant_id_search_id_happened_on"),
            ["tenant_id", "search_id", "happened_on"],
            unique=False,
        )

    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("completed", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("floating", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("hanging", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("pocket", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("lost", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("unreceipted", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("found", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("not_found", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("content", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("focus", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("method", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("timetable", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("responsible_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("planned_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("state", sa.String(), server_default="working", nullable=False)
        )
        batch_op.add_column(sa.Column("submitted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("submitted_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_foreign_key(
            "fk_audit_audited_responsible",
            "core_member",
            ["tenant_id", "responsible_id"],
            ["tenant_id", "id"],
        )

    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("streak", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("expected", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("heard_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("away_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("letter_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("evidence", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("evidence_note", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("contacted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("completed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("completed_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.drop_column("completed_by")
        batch_op.drop_column("completed_on")
        batch_op.drop_column("note")
        batch_op.drop_column("contacted_on")
        batch_op.drop_column("evidence_note")
        batch_op.drop_column("evidence")
        batch_op.drop_column("letter_until")
        batch_op.drop_column("away_since")
        batch_op.drop_column("heard_on")
        batch_op.drop_column("attended_on")
        batch_op.drop_column("expected")
        batch_op.drop_column("streak")
        batch_op.drop_column("known_on")

    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.drop_constraint("fk_audit_audited_responsible", type_="foreignkey")
        batch_op.drop_column("version")
        batch_op.drop_column("submitted_by")
        batch_op.drop_column("submitted_on")
        batch_op.drop_column("state")
        batch_op.drop_column("planned_on")
        batch_op.drop_column("responsible_id")
        batch_op.drop_column("timetable")
        batch_op.drop_column("method")
        batch_op.drop_column("focus")
        batch_op.drop_column("content")
        batch_op.drop_column("not_found")
        batch_op.drop_column("found")
        batch_op.drop_column("unreceipted")
        batch_op.drop_column("lost")
        batch_op.drop_column("pocket")
        batch_op.drop_column("hanging")
        batch_op.drop_column("floating")
        batch_op.drop_column("completed")

    with op.batch_alter_table("audit_campaign_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_entry_tenant_id_search_id_happened_on"))

    op.drop_table("audit_campaign_entry")
    op.drop_table("audit_campaign_worker")
    with op.batch_alter_table("audit_campaign_training", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_campaign_training_tenant_id_audited_id"))

    op.drop_table("audit_campaign_training")
    with op.batch_alter_table("audit_campaign_search", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_search_due")
        batch_op.drop_index("ix_audit_search_branch")

    op.drop_table("audit_campaign_search")
    with op.batch_alter_table("audit_campaign_issue", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_issue_branch")

    op.drop_table("audit_campaign_issue")
    op.drop_table("audit_campaign_check")
