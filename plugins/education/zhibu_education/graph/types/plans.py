"""Plans, teachers and funds of organizations, as the schema shows them."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, column, entity, to_many, to_one
from zhibu_education import actions, reads
from zhibu_education.graph import content
from zhibu_education.graph.enums import ExpenseKind, Form
from zhibu_education.graph.types import places
from zhibu_education.graph.types.sessions import EducationSession


@entity(reads.PLAN_ITEM, permission=actions.PLAN_READ, path=reads.path_of_plan)
@strawberry.type(description="培训计划中的一项。 One intended session of a plan.")
class EducationPlanItem(Node):
    month: int = column(description="月份。 Month of the plan's year.")
    title: str = content.words(
        "title", withdrawn=reads.plan_withdrawn_on, description="名称。 Title."
    )
    form: Form = column(description="形式。 Form of study.")
    topic: str = column(description="主题代码。 Code of the topic.")
    hours: Decimal = column(description="学时。 Class hours.")
    audience: str | None = content.words(
        "audience", withdrawn=reads.plan_withdrawn_on, description="对象。 For whom."
    )
    original: list[str] | None = content.original("title", "audience")
    sessions: list[EducationSession] = to_many(
        lambda row, target: target.c.plan_item_id == row.c.id,
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=50,
        description="据此举办的班次。 The sessions that came of it.",
    )


@entity(reads.PLAN, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="年度培训计划。 An organization's training plan for a year.")
class EducationPlan(Node):
    year: int = column(description="年度。 Year.")
    title: str = content.words("title", description="名称。 Title.")
    aims: str | None = content.words("aims", description="目标要求。 Aims.")
    withdrawn_on: date | None = content.withdrawn_on()
    withdrawn_reason: str | None = content.withdrawn_reason()
    original: list[str] | None = content.original("title", "aims")
    published_on: date | None = column(description="发布日期。 When it was published.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        places.unit,
        shown_with_parent="names are public",
        description="制定的党组织。 Whose plan it is.",
    )
    items: list[EducationPlanItem] = to_many(
        lambda row, target: target.c.plan_id == row.c.id,
        order_by=lambda target: [target.c.month, target.c.id],
        limit=200,
        shown_with_parent="items are the plan's own lines",
        description="计划安排。 Intended sessions.",
    )


@entity(reads.TEACHER, permission=actions.PLAN_READ, path=reads.path_of_organization)
@strawberry.type(description="专兼职教师。 A full-time or part-time teacher.")
class EducationTeacher(Node):
    name: str = column(description="姓名。 Name.")
    full_time: bool = column(description="是否专职。 Whether full-time.")
    title: str | None = column(description="职称职务。 Title or post.")
    subjects: str | None = column(description="讲授专题。 What is taught.")
    since: date = column(description="聘任日期。 From this day.")
    until: date | None = column(description="解聘日期。 Before this day.")
    organization: OrganizationName = to_one(
        places.unit, shown_with_parent="names are public", description="所属党组织。 Whose roster."
    )
    sessions: list[EducationSession] = to_many(
        lambda row, target: target.c.teacher_id == row.c.id,
        order_by=lambda target: [target.c.held_on.desc(), target.c.id],
        limit=100,
        description="授课的班次，最近的在前。 The sessions taught, the latest first.",
    )


@entity(reads.EXPENSE, permission=actions.FUND_READ, path=reads.path_of_organization)
@strawberry.type(description="培训经费。 Training funds earmarked or spent.")
class EducationExpense(Node):
    year: int = column(description="年度。 Year.")
    kind: ExpenseKind = column(description="类型。 Earmarked or spent.")
    on: date = column(description="日期。 Day.")
    fen: int = column(description="金额（分）。 Amount in fen.")
    purpose: str = column(description="用途说明。 Purpose, in words.")
    category: str | None = column(description="用途代码。 Code of the purpose.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why it was voided.")
    session: EducationSession | None = to_one(
        lambda row, target: target.c.id == row.c.session_id,
        description="所用于的班次。 The session it was spent on.",
    )
    organization: OrganizationName = to_one(
        places.unit, shown_with_parent="names are public", description="党组织。 Whose funds."
    )
