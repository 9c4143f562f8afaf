"""What a client says about plans, teachers, funds and the training year."""

from datetime import date
from decimal import Decimal

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu_education.graph.enums import ExpenseKind, Form
from zhibu_education.rules.funds import Entry
from zhibu_education.service.plans import Item, Teacher


@strawberry.input(description="制定年度培训计划。 A training plan for a year.")
class EducationPlanMakeInput:
    organization: strawberry.ID = told("党组织。 Whose plan it is.")
    year: int = told("年度。 Year.")
    title: str = told("名称。 Title.")
    aims: str | None = told("目标要求。 Aims.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="计划中的一项。 An intended session.")
class EducationPlanItemInput:
    plan: strawberry.ID = told("计划。 The plan.")
    month: int = told("月份，1 至 12。 Month of the plan's year.")
    title: str = told("名称。 Title.")
    form: Form = told("形式。 Form of study.")
    topic: str = told("主题代码。 A code of the topics in force.")
    hours: Decimal = told("学时。 Class hours.")
    audience: str | None = told("对象。 For whom.", None)
    idempotency_key: str | None = key()

    def item(self) -> Item:
        return Item(
            month=self.month,
            title=self.title,
            form=self.form,
            topic=self.topic,
            hours=self.hours,
            audience=self.audience,
        )


@strawberry.input(description="删除计划中的一项。 An intended session to be removed.")
class EducationPlanItemRemoveInput:
    item: strawberry.ID = told("计划安排。 The item.")
    idempotency_key: str | None = key()


@strawberry.input(description="发布计划。 A plan to be published.")
class EducationPlanPublishInput:
    plan: strawberry.ID = told("计划。 The plan.")
    idempotency_key: str | None = key()


@strawberry.input(description="登记教师。 A teacher for the roster.")
class EducationTeacherAddInput:
    organization: strawberry.ID = told("党组织。 Whose roster.")
    name: str = told("姓名。 Name.")
    full_time: bool = told("是否专职。 Whether full-time.")
    since: date = told("聘任日期。 From this day.")
    member: strawberry.ID | None = told("本人是党员时。 The member, if it is one.", None)
    title: str | None = told("职称职务。 Title or post.", None)
    subjects: str | None = told("讲授专题。 What is taught.", None)
    until: date | None = told("解聘日期。 Before this day.", None)
    idempotency_key: str | None = key()

    def teacher(self) -> Teacher:
        return Teacher(
            name=self.name,
            full_time=self.full_time,
            since=self.since,
            until=self.until,
            member_id=optional(self.member, "Member", "member"),
            title=self.title,
            subjects=self.subjects,
        )


@strawberry.input(description="解聘教师。 A teacher leaving the roster.")
class EducationTeacherEndInput:
    teacher: strawberry.ID = told("教师。 The teacher.")
    until: date = told("解聘日期。 Before this day.")
    idempotency_key: str | None = key()


@strawberry.input(description="登记培训经费。 Funds earmarked or spent, in fen.")
class EducationExpenseRecordInput:
    organization: strawberry.ID = told("党组织。 Whose funds.")
    kind: ExpenseKind = told("预算或支出。 Earmarked or spent.")
    on: date = told("日期。 Day.")
    fen: int = told("金额（分）。 Amount in fen.")
    purpose: str = told("用途说明。 Purpose, in words.")
    category: str | None = told(
        "用途代码，见参数 education.fund_purposes，必填。 A code of the purposes in force; needed.",
        None,
    )
    session: strawberry.ID | None = told("所用于的班次。 The session it was spent on.", None)
    idempotency_key: str | None = key()

    def entry(self) -> Entry:
        return Entry(
            kind=self.kind.value,
            on=self.on,
            fen=self.fen,
            category=self.category,
            purpose=self.purpose,
        )


@strawberry.input(description="作废经费记录。 An entry of funds made by mistake.")
class EducationExpenseVoidInput:
    expense: strawberry.ID = told("经费记录。 The entry.")
    reason: str = told("作废原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="开启年度学时账。 A training year to be opened or computed afresh.")
class EducationYearOpenInput:
    organization: strawberry.ID = told("党组织。 The organization, with all below it.")
    year: int = told("年度。 Year.")
    idempotency_key: str | None = key()
