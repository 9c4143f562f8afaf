"""Changing plans, teachers, funds and the training year."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import optional, row
from zhibu.identifiers import global_id
from zhibu_education import actions
from zhibu_education.graph.inputs import plans as inputs
from zhibu_education.graph.payloads import (
    EducationExpensePayload,
    EducationPlanPayload,
    EducationTeacherPayload,
    EducationYearPayload,
)
from zhibu_education.service import funds, plans, standings


@strawberry.type
class PlanMutation:
    @mutation(permission=actions.PLAN)
    async def education_plan_make(
        self, act: Act, input: inputs.EducationPlanMakeInput
    ) -> EducationPlanPayload:
        """制定年度培训计划。 Begin a training plan for a year."""
        organization = row(input.organization, "Organization", "organization")
        plan = await plans.make_plan(act, organization, input.year, input.title, input.aims)
        return EducationPlanPayload(row=plan)

    @mutation(permission=actions.PLAN)
    async def education_plan_add_item(
        self, act: Act, input: inputs.EducationPlanItemInput
    ) -> EducationPlanPayload:
        """向计划添加一项。 Put an intended session into a plan."""
        return EducationPlanPayload(
            row=await plans.add_item(act, row(input.plan, "EducationPlan", "plan"), input.item())
        )

    @mutation(permission=actions.PLAN)
    async def education_plan_remove_item(
        self, act: Act, input: inputs.EducationPlanItemRemoveInput
    ) -> EducationPlanPayload:
        """从计划删除一项。 Take an intended session out of a plan."""
        return EducationPlanPayload(
            row=await plans.remove_item(act, row(input.item, "EducationPlanItem", "item"))
        )

    @mutation(permission=actions.PLAN)
    async def education_plan_publish(
        self, act: Act, input: inputs.EducationPlanPublishInput
    ) -> EducationPlanPayload:
        """发布年度培训计划。 Publish a training plan."""
        plan = row(input.plan, "EducationPlan", "plan")
        await plans.publish_plan(act, plan)
        return EducationPlanPayload(row=plan)

    @mutation(permission=actions.TEACHERS)
    async def education_teacher_add(
        self, act: Act, input: inputs.EducationTeacherAddInput
    ) -> EducationTeacherPayload:
        """登记专兼职教师。 Put a teacher on the roster."""
        organization = row(input.organization, "Organization", "organization")
        teacher = await plans.add_teacher(act, organization, input.teacher())
        return EducationTeacherPayload(row=teacher)

    @mutation(permission=actions.TEACHERS)
    async def education_teacher_end(
        self, act: Act, input: inputs.EducationTeacherEndInput
    ) -> EducationTeacherPayload:
        """教师解聘。 Take a teacher off the roster."""
        teacher = row(input.teacher, "EducationTeacher", "teacher")
        await plans.end_teacher(act, teacher, input.until)
        return EducationTeacherPayload(row=teacher)

    @mutation(permission=actions.FUND)
    async def education_expense_record(
        self, act: Act, input: inputs.EducationExpenseRecordInput
    ) -> EducationExpensePayload:
        """登记培训经费预算或支出。 Record training funds or their use."""
        expense = await funds.record(
            act,
            row(input.organization, "Organization", "organization"),
            input.entry(),
            session_id=optional(input.session, "EducationSession", "session"),
        )
        return EducationExpensePayload(row=expense)

    @mutation(permission=actions.FUND)
    async def education_expense_void(
        self, act: Act, input: inputs.EducationExpenseVoidInput
    ) -> EducationExpensePayload:
        """作废误登的经费记录，原记录保留。 Take back an entry of funds; it stays readable."""
        expense = row(input.expense, "EducationExpense", "expense")
        await funds.void(act, expense, input.reason)
        return EducationExpensePayload(row=expense)

    @mutation(permission=actions.OPEN_YEAR)
    async def education_year_open(
        self, act: Act, input: inputs.EducationYearOpenInput
    ) -> EducationYearPayload:
        """开启或重算年度学时账。 Open a training year, or compute it afresh."""
        organization = row(input.organization, "Organization", "organization")
        members, job = await standings.open_large_year(act, organization, input.year)
        id = strawberry.ID(global_id("Job", job)) if job else None
        return EducationYearPayload(row=organization, members=members, job=id)
