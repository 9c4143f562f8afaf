"""What discipline is given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, told
from zhibu.procedures.graph import ProcedureDocumentInput
from zhibu_discipline.graph.words import Delivery, Missed, Result
from zhibu_discipline.rules.opening import Opening
from zhibu_discipline.rules.proposing import Hearing, Help


@strawberry.input(description="提出组织处置。 A disposition to be opened.")
class DisciplineOpenInput:
    member: strawberry.ID = told("党员。 The member.")
    ground: str = told("事由代码（discipline.grounds）。 The ground, by its code.")
    facts: str = told("主要事实。 What happened.")
    since: date | None = told("情形起始日期。 From when it has lasted.", None)
    missed: Missed | None = told("未履行的义务。 Which duty was left undone.", None)
    previous: strawberry.ID | None = told("此前未奏效的处置。 What failed before.", None)
    idempotency_key: str | None = key()

    def opening(self) -> Opening:
        return Opening(
            ground=self.ground,
            facts=self.facts,
            since=self.since,
            missed=self.missed,
            previous_id=optional(self.previous, "DisciplineCase", "previous"),
        )


@strawberry.input(description="提交支部委员会。 A disposition put to the branch.")
class DisciplineProposeInput:
    case: strawberry.ID = told("处置。 The disposition.")
    notified_on: date | None = told("向上级报告名单日期。 When the committee was told.", None)
    told_on: date | None = told("告知本人事实和依据日期。 When the member was told.", None)
    account: str | None = told("本人陈述。 What the member said.", None)
    unheard: str | None = told("未能听取的原因。 Why he was not heard.", None)
    defender: str | None = told("为其作证或辩护的人。 Who spoke for him.", None)
    breach: bool | None = told(
        "是否涉嫌违纪；涉嫌的须先移送纪检机关。 Whether discipline seems broken.",
        None,
    )
    months: int | None = told("改正期限（月）。 Months of a correction.", None)
    keeper: strawberry.ID | None = told("帮教责任人。 Who helps him.", None)
    measures: str | None = told("帮教措施。 How he is helped.", None)
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list, description="材料。 Documents."
    )
    version: int | None = None
    idempotency_key: str | None = key()

    def hearing(self) -> Hearing:
        return Hearing(
            told_on=self.told_on,
            account=self.account,
            unheard=self.unheard,
            defender=self.defender,
            notified_on=self.notified_on,
            breach=self.breach,
        )

    def help(self) -> Help:
        return Help(
            months=self.months,
            keeper_id=optional(self.keeper, "Member", "keeper"),
            measures=self.measures,
        )


@strawberry.input(description="不再提出处置。 A disposition that is dropped.")
class DisciplineDropInput:
    case: strawberry.ID = told("处置。 The disposition.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="送达决定。 A decision that was delivered.")
class DisciplineDeliverInput:
    case: strawberry.ID = told("处置。 The disposition.")
    delivery: Delivery = told("送达情况。 How the member was told.")
    on: date | None = told("送达日期，不填为今天。 When; today if null.", None)
    opinion: str | None = told("本人意见。 What he wrote to it.", None)
    explanation: str | None = told("未签字的说明。 Why he did not sign.", None)
    announced_on: date | None = told("宣布日期。 When it was announced.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="劝其退党后的答复。 What who was persuaded says.")
class DisciplineAnswerInput:
    case: strawberry.ID = told("处置。 The disposition.")
    withdraws: bool = told("本人是否同意退党。 Whether he withdraws.")
    on: date | None = told("答复日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="限期改正评议。 How a correction ended.")
class DisciplineEvaluateInput:
    case: strawberry.ID = told("处置。 The disposition.")
    result: Result = told("改正、未改正或拒不改正。 Corrected, not, or refused.")
    evaluation: str = told("评议情况。 What it rests on.")
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="书面申诉。 An appeal that was handed in on paper.")
class DisciplineAppealInput:
    case: strawberry.ID = told("处置。 The disposition.")
    reason: str = told("申诉理由。 What is said against it.")
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="处置备案。 A disposition that was filed.")
class DisciplineFileInput:
    case: strawberry.ID = told("处置。 The disposition.")
    number: str = told("备案编号。 Its number.")
    on: date | None = told("备案日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()
