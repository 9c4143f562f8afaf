"""Pages to print. Printing is an act: who printed whose record stands in the ledger."""

from datetime import date
from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_education import actions
from zhibu_education.graph import printing
from zhibu_education.service import pages

Info = strawberry.Info[Any]


@strawberry.type
class EducationPages:
    @resolved("党员年度学习档案，供打印。 A member's study record of a year.", actions.READ)
    async def education_archive_page(self, info: Info, member: strawberry.ID, year: int) -> str:
        async with info.context.act() as act:
            return await pages.archive(act, row(member, "Member", "member"), year)

    @resolved("培训结业证书，供打印。 A certificate of completed training.", actions.READ)
    async def education_certificate_page(
        self,
        info: Info,
        certificate: Annotated[
            strawberry.ID, strawberry.argument(description="证书。 The certificate.")
        ],
    ) -> str:
        async with info.context.act() as act:
            id = row(certificate, "EducationCertificate", "certificate")
            return await pages.certificate(act, id)

    @resolved(
        "年度培训计划及执行情况，供打印。 A training plan and its progress.", actions.PLAN_READ
    )
    async def education_plan_page(
        self,
        info: Info,
        plan: Annotated[strawberry.ID, strawberry.argument(description="计划。 The plan.")],
    ) -> str:
        async with info.context.act() as act:
            return await pages.plan(act, row(plan, "EducationPlan", "plan"))

    @resolved("专兼职教师名册，供打印。 The roster of teachers.", actions.PLAN_READ)
    async def education_teachers_page(
        self, info: Info, organization: strawberry.ID, on: date | None = None
    ) -> str:
        async with info.context.act() as act:
            return await pages.teachers(act, row(organization, "Organization", "organization"), on)

    @resolved("培训签到表，供打印。 The register of a session.", actions.PLAN_READ)
    async def education_session_page(
        self,
        info: Info,
        session: Annotated[strawberry.ID, strawberry.argument(description="班次。 The session.")],
    ) -> str:
        async with info.context.act() as act:
            return await pages.attendance(act, row(session, "EducationSession", "session"))

    @resolved("培训经费使用情况表，供打印。 Training funds of a year.", actions.FUND_READ)
    async def education_funds_page(self, info: Info, organization: strawberry.ID, year: int) -> str:
        async with info.context.act() as act:
            return await pages.expenses(
                act, row(organization, "Organization", "organization"), year
            )

    @resolved("本级和直接下级的考评结果，供打印。 Results of a unit and those below.", actions.READ)
    async def education_evaluation_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        unit = row(organization, "Organization", "organization")
        shown = await printing.units(info.context, organization, year)
        async with info.context.act() as act:
            return await pages.evaluation(act, unit, year, shown)

    @resolved("领导干部讲党课和参加学习情况，供打印。 Lectures and study of leaders.", actions.READ)
    async def education_leaders_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        unit = row(organization, "Organization", "organization")
        shown = await printing.leaders(info.context, organization, year)
        async with info.context.act() as act:
            return await pages.leaders(act, unit, year, shown)
