"""What mutations of objections take."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, optional, row, told
from zhibu_scoring.graph.words import Outcome
from zhibu_scoring.rules.objections import Written


@strawberry.input(description="提出异议。 An objection to a result.")
class ScoringObjectInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    member: strawberry.ID = told("所涉党员。 Whom it is about.")
    body: str = told("异议内容。 What is objected.")
    idempotency_key: str | None = key()


@strawberry.input(description="补录书面异议。 An objection that was handed in on paper.")
class ScoringObjectionEnterInput:
    scoring_year: strawberry.ID = told("支部年度考核。 The branch's year.")
    member: strawberry.ID = told("所涉党员。 Whom it is about.")
    raiser: strawberry.ID | None = told("提出异议的党员；非党员的在内容中写明。 By whom.", None)
    body: str = told("异议内容。 What is objected.")
    handed_in_on: date = told("收到书面异议的日期，须在公示期内。 When it was handed in.")
    reason: str = told("补录原因。 Why it is entered by the branch, and only now.")
    idempotency_key: str | None = key()

    def written(self) -> Written:
        return Written(
            member_id=row(self.member, "Member", "member"),
            raiser_id=optional(self.raiser, "Member", "raiser"),
            body=self.body,
            handed_in_on=self.handed_in_on,
            reason=self.reason,
        )


@strawberry.input(description="答复异议。 An objection to be answered.")
class ScoringObjectionAnswerInput:
    objection: strawberry.ID = told("异议。 The objection.")
    outcome: Outcome = told("解释说明，或按现已认定的记分更正。 Explained, or corrected.")
    answer: str = told("调查核实情况和答复。 What was found, and the answer.")
    idempotency_key: str | None = key()
