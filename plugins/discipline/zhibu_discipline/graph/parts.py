"""What discipline adds to members and organizations."""

import strawberry

from zhibu.reading import expression, part, public, to_many
from zhibu_discipline import actions
from zhibu_discipline.graph.files import DisciplineFileCheck
from zhibu_discipline.graph.referrals import DisciplineReferral
from zhibu_discipline.graph.types import DisciplineCase
from zhibu_discipline.reads import cases, files, referrals

WITH_PART = "shown with the part, which has its permission"


@public(WITH_PART)
@strawberry.type(description="对党员的组织处置。 Dispositions of a member.")
class MemberDiscipline:
    cases: list[DisciplineCase] = to_many(
        cases.of_member,
        order_by=lambda target: [target.c.opened_on, target.c.id],
        limit=50,
        description="历次处置。 Every disposition that the caller may see.",
    )
    referrals: list[DisciplineReferral] = to_many(
        referrals.of_member,
        order_by=lambda target: [target.c.handed_on, target.c.id],
        limit=50,
        description="移送纪检机关的情况和处分。 What was handed over, and punishments.",
    )
    files: list[DisciplineFileCheck] = to_many(
        files.of_member,
        order_by=lambda target: [target.c.checked_on, target.c.id],
        limit=50,
        description="历次档案核查。 Every check of his file.",
    )


@public(WITH_PART)
@strawberry.type(description="党组织及下级的处置。 Dispositions here and below.")
class OrganizationDiscipline:
    under_way: int = expression(
        cases.under_way, description="办理中的，明细见 disciplineCases。 Under way."
    )
    correcting: int = expression(
        cases.correcting, description="限期改正中的。 Corrections that go on."
    )
    waiting: int = expression(
        referrals.waiting,
        description="移送未复的，明细见 disciplineReferrals。 Handed over, and not answered.",
    )
    undelivered: int = expression(
        cases.undelivered, description="已决定未送达的。 Decided, and not delivered."
    )
    incomplete_files: int = expression(
        files.incomplete,
        description="档案不齐全的，明细见 disciplineFileChecks。 Files that lack something.",
    )
    doubtful_files: int = expression(
        files.doubtful, description="档案有存疑材料的。 Files of which something is doubted."
    )


@strawberry.type
class DisciplineOfMember:
    @part(cases.OfMember, permission=actions.READ)
    def discipline(self) -> MemberDiscipline | None:
        """对党员的组织处置；无权查看时为空。 Dispositions; null if the caller may not see."""


@strawberry.type
class DisciplineOfOrganization:
    @part(cases.OfOrganization, permission=actions.READ)
    def discipline(self) -> OrganizationDiscipline | None:
        """党组织及其下级的组织处置。 Dispositions, here and below."""
