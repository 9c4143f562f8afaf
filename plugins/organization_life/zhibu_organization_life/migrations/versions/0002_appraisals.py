"""Democratic appraisal: who is appraised, what was said, who voted, what was decided."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0002"
down_revision = "organization_life_0001"


def upgrade() -> None:
    op.create_table(
        "organization_life_appraisal",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("voted", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("places_basis", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name="fk_organization_life_appraisal_unit",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "meeting_id"],
            ["organization_life_meeting.tenant_id", "organization_life_meeting.id"],
            name=op.f("fk_organization_life_appraisal_tenant_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_appraisal")),
        sa.UniqueConstraint(
            "tenant_id",
            "organization_id",
            "year",
            "round",
            name="uq_organization_life_appraisal_round",
        ),
    )
    rls.secure(op, "organization_life_appraisal")
    op.create_index(
        "ix_organization_life_appraisal_meeting",
        "organization_life_appraisal",
        ["tenant_id", "meeting_id"],
    )

    op.create_table(
        "organization_life_result",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("graded", sa.Boolean(), nullable=False),
        sa.Column("self_text", sa.String(), nullable=True),
        sa.Column("self_grade", sa.String(), nullable=True),
        sa.Column("self_by", sa.Uuid(), nullable=True),
        sa.Column("self_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("excellent", sa.Integer(), nullable=True),
        sa.Column("qualified", sa.Integer(), nullable=True),
        sa.Column("basically_qualified", sa.Integer(), nullable=True),
        sa.Column("unqualified", sa.Integer(), nullable=True),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appraisal_id"],
            ["organization_life_appraisal.tenant_id", "organization_life_appraisal.id"],
            name=op.f("fk_organization_life_result_tenant_id_appraisal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_result_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_result")),
        sa.UniqueConstraint(
            "tenant_id", "appraisal_id", "member_id", name="uq_organization_life_result_once"
        ),
    )
    rls.secure(op, "organization_life_result")
    op.create_index(
        "ix_organization_life_result_member",
        "organization_life_result",
        ["tenant_id", "member_id"],
    )

    op.create_table(
        "organization_life_remark",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appraisal_id"],
            ["organization_life_appraisal.tenant_id", "organization_life_appraisal.id"],
            name=op.f("fk_organization_life_remark_tenant_id_appraisal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_remark_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_organization_life_remark_author",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_remark")),
        sa.UniqueConstraint(
            "tenant_id",
            "appraisal_id",
            "member_id",
            "author_id",
            name="uq_organization_life_remark_once",
        ),
    )
    rls.secure(op, "organization_life_remark")
    op.create_index(
        "ix_organization_life_remark_member",
        "organization_life_remark",
        ["tenant_id", "member_id"],
    )

    op.create_table(
        "organization_life_ballot",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appraisal_id"],
            ["organization_life_appraisal.tenant_id", "organization_life_appraisal.id"],
            name=op.f("fk_organization_life_ballot_tenant_id_appraisal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_ballot_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_ballot")),
        sa.UniqueConstraint(
            "tenant_id", "appraisal_id", "member_id", name="uq_organization_life_ballot_once"
        ),
    )
    rls.secure(op, "organization_life_ballot")


def downgrade() -> None:
    op.drop_table("organization_life_ballot")

    op.drop_table("organization_life_remark")

    op.drop_table("organization_life_result")

    op.drop_table("organization_life_appraisal")
