"""What hand-overs and follow-up help are given."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_discipline.rules.referrals import Answer


@strawberry.input(description="移送涉嫌违纪的线索。 Conduct that is handed over.")
class DisciplineReferInput:
    member: strawberry.ID = told("党员。 The member.")
    facts: str = told("涉嫌违纪的事实。 What seems to break discipline.")
    on: date | None = told("移送日期，不填为今天。 When; today if null.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="转交纪检机关。 A hand-over that is passed on.")
class DisciplineReferralPassInput:
    referral: strawberry.ID = told("移送。 The hand-over.")
    to: str = told("纪检机关。 To whom.")
    on: date | None = told("转交日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="纪检机关的处理结果。 What the discipline body decided.")
class DisciplineReferralAnswerInput:
    referral: strawberry.ID = told("移送。 The hand-over.")
    punishment: str | None = told(
        "处分代码（discipline.punishments），未予处分不填。 The punishment; null if there is none.",
        None,
    )
    decided_on: date = told("决定日期。 When it was decided.")
    document: str = told("决定文号。 By which document.")
    until: date | None = told(
        "影响期届满日期，不填按处分种类计算。 The first day without its influence; by its kind if "
        "null.",
        None,
    )
    reason: str | None = told("更正理由，更正已登记的结果时填写。 Why it is put right.", None)
    version: int | None = None
    idempotency_key: str | None = key()

    def answer(self) -> Answer:
        return Answer(
            punishment=self.punishment,
            decided_on=self.decided_on,
            document=self.document,
            until=self.until,
        )


@strawberry.input(description="撤回误报的移送。 A hand-over that is taken back.")
class DisciplineReferralWithdrawInput:
    referral: strawberry.ID = told("移送。 The hand-over.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="处置后通报纪检机关。 The discipline body is told of a removal.")
class DisciplineReferralNotifyInput:
    referral: strawberry.ID = told("移送。 The hand-over.")
    number: str = told("通报文号。 By which paper.")
    on: date | None = told("通报日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="处分影响期满。 The influence of a punishment is over.")
class DisciplineReferralCloseInput:
    referral: strawberry.ID = told("移送。 The hand-over.")
    note: str = told("影响期内表现。 How the member conducted himself.")
    on: date | None = told("处理日期，不填为今天。 When; today if null.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="处置后的跟进帮扶。 Help for who was removed.")
class DisciplineFollowUpInput:
    case: strawberry.ID = told("处置。 The disposition.")
    what: str = told("帮扶情况。 How he was helped.")
    on: date | None = told("日期，不填为今天。 When; today if null.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的帮扶。 Help that is taken back.")
class DisciplineFollowUpWithdrawInput:
    follow_up: strawberry.ID = told("帮扶记录。 The entry.")
    reason: str
    idempotency_key: str | None = key()
