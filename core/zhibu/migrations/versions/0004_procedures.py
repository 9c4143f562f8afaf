"""procedures."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "core_0004"
down_revision = "core_0003"


def upgrade() -> None:
    op.create_table(
        "core_procedure",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("single", sa.Uuid(), nullable=True),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposer_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("objection_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_procedure_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure")),
        sa.UniqueConstraint(
            "tenant_id", "name", "single", name=op.f("uq_core_procedure_tenant_id_name_single")
        ),
    )
    rls.secure(op, "core_procedure")
    with op.batch_alter_table("core_procedure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_procedure_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_core_procedure_tenant_id_path_state"),
            ["tenant_id", "path", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_core_procedure_tenant_id_subject_id"),
            ["tenant_id", "subject_id"],
            unique=False,
        )

    op.create_table(
        "core_procedure_delegation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("to_account_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_procedure_delegation_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_procedure_delegation_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "to_account_id"],
            ["core_account.tenant_id", "core_account.id"],
            name=op.f("fk_core_procedure_delegation_tenant_id_to_account_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_delegation")),
    )
    rls.secure(op, "core_procedure_delegation")
    with op.batch_alter_table("core_procedure_delegation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_procedure_delegation_tenant_id_account_id"),
            ["tenant_id", "account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_core_procedure_delegation_tenant_id_to_account_id"),
            ["tenant_id", "to_account_id"],
            unique=False,
        )

    op.create_table(
        "core_procedure_document",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["core_attachment.tenant_id", "core_attachment.id"],
            name=op.f("fk_core_procedure_document_tenant_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_document_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_document")),
        sa.UniqueConstraint(
            "tenant_id",
            "procedure_id",
            "kind",
            "attachment_id",
            name="uq_core_procedure_document_once",
        ),
    )
    rls.secure(op, "core_procedure_document")
    op.create_table(
        "core_procedure_objection",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_objection_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_procedure_objection_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_objection_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_objection")),
    )
    rls.secure(op, "core_procedure_objection")
    with op.batch_alter_table("core_procedure_objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_procedure_objection_tenant_id_procedure_id"),
            ["tenant_id", "procedure_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_core_procedure_objection_open",
            ["tenant_id", "procedure_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "core_procedure_override",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("approves", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asker_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["core_attachment.tenant_id", "core_attachment.id"],
            name=op.f("fk_core_procedure_override_tenant_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_procedure_override_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_override_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_override")),
    )
    rls.secure(op, "core_procedure_override")
    with op.batch_alter_table("core_procedure_override", schema=None) as batch_op:
        batch_op.create_index(
            "uq_core_procedure_override_open",
            ["tenant_id", "procedure_id"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.create_table(
        "core_procedure_step",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("separate", sa.Boolean(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("superior", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decider_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of", sa.Uuid(), nullable=True),
        sa.Column("delegation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_core_procedure_step_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_step_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_step")),
        sa.UniqueConstraint(
            "tenant_id",
            "procedure_id",
            "number",
            name=op.f("uq_core_procedure_step_tenant_id_procedure_id_number"),
        ),
    )
    rls.secure(op, "core_procedure_step")
    with op.batch_alter_table("core_procedure_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_procedure_step_tenant_id_path_due_on"),
            ["tenant_id", "path", "due_on"],
            unique=False,
        )

    op.create_table(
        "core_vote_limit",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_vote_limit_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_vote_limit_tenant_id_procedure_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_vote_limit")),
    )
    rls.secure(op, "core_vote_limit")
    with op.batch_alter_table("core_vote_limit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_vote_limit_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "core_procedure_sitting",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("procedure_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "path", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("superior", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("spoiled", sa.Integer(), nullable=True),
        sa.Column("written_yes", sa.Integer(), nullable=True),
        sa.Column("written_no", sa.Integer(), nullable=True),
        sa.Column("written_abstained", sa.Integer(), nullable=True),
        sa.Column("needed_present", sa.Integer(), nullable=True),
        sa.Column("needed_yes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["core_procedure.tenant_id", "core_procedure.id"],
            name=op.f("fk_core_procedure_sitting_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "step_id"],
            ["core_procedure_step.tenant_id", "core_procedure_step.id"],
            name=op.f("fk_core_procedure_sitting_tenant_id_step_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_sitting")),
    )
    rls.secure(op, "core_procedure_sitting")
    with op.batch_alter_table("core_procedure_sitting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_procedure_sitting_tenant_id_procedure_id"),
            ["tenant_id", "procedure_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_core_procedure_sitting_open",
            ["tenant_id", "procedure_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "core_procedure_seat",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_seat_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sitting_id"],
            ["core_procedure_sitting.tenant_id", "core_procedure_sitting.id"],
            name=op.f("fk_core_procedure_seat_tenant_id_sitting_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_seat")),
        sa.UniqueConstraint(
            "tenant_id",
            "sitting_id",
            "member_id",
            name=op.f("uq_core_procedure_seat_tenant_id_sitting_id_member_id"),
        ),
    )
    rls.secure(op, "core_procedure_seat")
    op.create_table(
        "core_procedure_vote",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cast_by", sa.Uuid(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_core_procedure_vote_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "sitting_id"],
            ["core_procedure_sitting.tenant_id", "core_procedure_sitting.id"],
            name=op.f("fk_core_procedure_vote_tenant_id_sitting_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_core_procedure_vote")),
        sa.UniqueConstraint(
            "tenant_id",
            "sitting_id",
            "member_id",
            name=op.f("uq_core_procedure_vote_tenant_id_sitting_id_member_id"),
        ),
    )
    rls.secure(op, "core_procedure_vote")


def downgrade() -> None:
    op.drop_table("core_procedure_vote")
    op.drop_table("core_procedure_seat")
    with op.batch_alter_table("core_procedure_sitting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_procedure_sitting_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_procedure_sitting_tenant_id_procedure_id"))

    op.drop_table("core_procedure_sitting")
    with op.batch_alter_table("core_vote_limit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_vote_limit_tenant_id_member_id"))

    op.drop_table("core_vote_limit")
    with op.batch_alter_table("core_procedure_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_procedure_step_tenant_id_path_due_on"))

    op.drop_table("core_procedure_step")
    with op.batch_alter_table("core_procedure_override", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_procedure_override_open",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.drop_table("core_procedure_override")
    with op.batch_alter_table("core_procedure_objection", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_procedure_objection_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_procedure_objection_tenant_id_procedure_id"))

    op.drop_table("core_procedure_objection")
    op.drop_table("core_procedure_document")
    with op.batch_alter_table("core_procedure_delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_procedure_delegation_tenant_id_to_account_id"))
        batch_op.drop_index(batch_op.f("ix_core_procedure_delegation_tenant_id_account_id"))

    op.drop_table("core_procedure_delegation")
    with op.batch_alter_table("core_procedure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_procedure_tenant_id_subject_id"))
        batch_op.drop_index(batch_op.f("ix_core_procedure_tenant_id_path_state"))
        batch_op.drop_index(batch_op.f("ix_core_procedure_tenant_id_member_id"))

    op.drop_table("core_procedure")
