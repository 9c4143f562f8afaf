"""years."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "scoring_0003"
down_revision = "scoring_0002"


def upgrade() -> None:
    op.create_table(
        "scoring_check",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_scoring_check_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_check")),
        sa.UniqueConstraint(
            "tenant_id", "organization_id", "year", "half", name="uq_scoring_check_once"
        ),
    )
    rls.secure(op, "scoring_check")
    op.create_table(
        "scoring_publication",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_scoring_publication_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_publication")),
    )
    rls.secure(op, "scoring_publication")
    with op.batch_alter_table("scoring_publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_publication_tenant_id_organization_id_year"),
            ["tenant_id", "organization_id", "year"],
            unique=False,
        )

    op.create_table(
        "scoring_year",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=True),
        sa.Column("drawn_up_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("notice_place", sa.String(), nullable=True),
        sa.Column("concluded_by", sa.Uuid(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_scoring_year_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_year")),
        sa.UniqueConstraint("tenant_id", "organization_id", "year", name="uq_scoring_year_once"),
    )
    rls.secure(op, "scoring_year")
    op.create_table(
        "scoring_help",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "helper_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_scoring_help_helper",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_help_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_help")),
    )
    rls.secure(op, "scoring_help")
    with op.batch_alter_table("scoring_help", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_help_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )

    op.create_table(
        "scoring_inspection",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year_id", sa.Uuid(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("inspected_by", sa.Uuid(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "year_id"],
            ["scoring_year.tenant_id", "scoring_year.id"],
            name=op.f("fk_scoring_inspection_tenant_id_year_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_inspection")),
    )
    rls.secure(op, "scoring_inspection")
    with op.batch_alter_table("scoring_inspection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_inspection_tenant_id_year_id"),
            ["tenant_id", "year_id"],
            unique=False,
        )

    op.create_table(
        "scoring_objection",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("raiser_id", sa.Uuid(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_objection_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "year_id"],
            ["scoring_year.tenant_id", "scoring_year.id"],
            name=op.f("fk_scoring_objection_tenant_id_year_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_objection")),
    )
    rls.secure(op, "scoring_objection")
    with op.batch_alter_table("scoring_objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_objection_tenant_id_member_id"),
            ["tenant_id", "member_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_scoring_objection_tenant_id_year_id"),
            ["tenant_id", "year_id"],
            unique=False,
        )

    op.create_table(
        "scoring_result",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("plus", sa.BigInteger(), nullable=True),
        sa.Column("minus", sa.BigInteger(), nullable=True),
        sa.Column("vetoed", sa.Boolean(), nullable=False),
        sa.Column("veto_reason", sa.String(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("low", sa.Boolean(), nullable=False),
        sa.Column("behind", sa.Boolean(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("correction", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_result_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "year_id"],
            ["scoring_year.tenant_id", "scoring_year.id"],
            name=op.f("fk_scoring_result_tenant_id_year_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_result")),
        sa.UniqueConstraint("tenant_id", "year_id", "member_id", name="uq_scoring_result_once"),
    )
    rls.secure(op, "scoring_result")
    with op.batch_alter_table("scoring_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_result_tenant_id_member_id_year"),
            ["tenant_id", "member_id", "year"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("scoring_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_result_tenant_id_member_id_year"))

    op.drop_table("scoring_result")
    with op.batch_alter_table("scoring_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_objection_tenant_id_year_id"))
        batch_op.drop_index(batch_op.f("ix_scoring_objection_tenant_id_member_id"))

    op.drop_table("scoring_objection")
    with op.batch_alter_table("scoring_inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_inspection_tenant_id_year_id"))

    op.drop_table("scoring_inspection")
    with op.batch_alter_table("scoring_help", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_help_tenant_id_member_id"))

    op.drop_table("scoring_help")
    op.drop_table("scoring_year")
    with op.batch_alter_table("scoring_publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_publication_tenant_id_organization_id_year"))

    op.drop_table("scoring_publication")
    op.drop_table("scoring_check")
