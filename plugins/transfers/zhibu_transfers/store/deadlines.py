"""What of transfers falls due: letters to be used, answers, receipts, refusals to be settled."""

from typing import Any

from sqlalchemy import Select, and_, case, func, select

from zhibu.contributions import Window
from zhibu.members.rules import Stage
from zhibu.members.tables import Member, StagePeriod
from zhibu_transfers.rules.cases import OPEN, Kind, State
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.rules.matters import Matter, Standing
from zhibu_transfers.tables import TransfersCase, TransfersLetter, TransfersMembership

CASE: Any = TransfersCase
LETTER: Any = TransfersLetter
MATTER: Any = TransfersMembership
PERIOD: Any = StagePeriod


def letters(window: Window) -> Select[Any]:
    """Each letter by its last day; done once it is used, or void."""
    home = func.coalesce(CASE.from_id, CASE.to_id)
    return (
        select(
            CASE.id.label("subject_id"),
            home.label("organization_id"),
            CASE.member_id.label("member_id"),
            LETTER.issued_on.label("starts_on"),
            LETTER.valid_until.label("due_on"),
            case((LETTER.state == LetterState.USED, LETTER.ended_on)).label("done_on"),
        )
        .join(LETTER, and_(LETTER.tenant_id == CASE.tenant_id, LETTER.case_id == CASE.id))
        .where(
            CASE.tenant_id == window.tenant_id,
            LETTER.state != LetterState.VOID,
            LETTER.valid_until.between(window.first, window.last),
        )
    )


def answers(window: Window) -> Select[Any]:
    """Each transfer that a branch here must answer; done once it is accepted or refused."""
    done = func.coalesce(CASE.refused_on, CASE.accepted_on)
    asked = case((CASE.kind == Kind.OFFERED, CASE.receiver_id), else_=CASE.to_id)
    return _cases(window, asked, CASE.opened_on, CASE.answer_by, done).where(
        CASE.state != State.WITHDRAWN
    )


def refusals(window: Window) -> Select[Any]:
    """Each refusal without a cause of the catalogue, at the body above both (S3A-42)."""
    return _cases(
        window, CASE.escalated_id, CASE.refused_on, CASE.settle_by, CASE.accepted_on
    ).where(CASE.state != State.WITHDRAWN, CASE.escalated_id.is_not(None))


def settles(window: Window) -> Select[Any]:
    """Each transfer whose next step is the sender's: a letter to be written, or what follows a
    refusal or a trace; gone once it was taken."""
    place = func.coalesce(CASE.from_id, CASE.to_id, CASE.receiver_id)
    start = func.coalesce(CASE.refused_on, CASE.found_on, CASE.opened_on)
    return _cases(window, place, start, CASE.settle_by, CASE.accepted_on).where(
        CASE.state.in_(sorted(OPEN)), CASE.escalated_id.is_(None)
    )


def receipts(window: Window) -> Select[Any]:
    """Each receipt, at the committee that owes it, or misses it for who went elsewhere."""
    sent = CASE.kind.in_((Kind.OUT, Kind.BETWEEN))
    place = case((sent, CASE.committee_id), else_=CASE.receiver_id)
    done = func.coalesce(CASE.receipt_on, CASE.found_on)
    start = func.coalesce(CASE.accepted_on, CASE.opened_on)
    return _cases(window, place, start, CASE.receipt_by, done).where(CASE.state != State.WITHDRAWN)


def stops(window: Window) -> Select[Any]:
    """Each stop by the end of its years; done once the membership is restored, or over."""
    return (
        select(
            MATTER.id.label("subject_id"),
            MATTER.organization_id.label("organization_id"),
            MATTER.member_id.label("member_id"),
            MATTER.effective_on.label("starts_on"),
            MATTER.review_on.label("due_on"),
            PERIOD.until.label("done_on"),
        )
        .join(
            PERIOD,
            and_(
                PERIOD.tenant_id == MATTER.tenant_id,
                PERIOD.member_id == MATTER.member_id,
                PERIOD.stage == Stage.STOPPED,
                PERIOD.since == MATTER.effective_on,
            ),
        )
        .where(
            MATTER.tenant_id == window.tenant_id,
            MATTER.matter == Matter.STOP,
            MATTER.standing == Standing.GRANTED,
            MATTER.review_on.between(window.first, window.last),
        )
    )


def contacts(window: Window) -> Select[Any]:
    """Contact with each member abroad; the day moves on whenever there was contact (EM 34)."""
    return _abroad(window, MATTER.contact_by)


def returns(window: Window) -> Select[Any]:
    """Each return by the day on which it is expected; done once he is back."""
    return _abroad(window, MATTER.until)


def stays(window: Window) -> Select[Any]:
    """Each stay abroad by the end of the years after which a membership is stopped (S0-17)."""
    return _abroad(window, MATTER.review_on)


def _abroad(window: Window, due: Any) -> Select[Any]:
    """Matters by which a relationship is retained today, where the member belongs today."""
    return (
        select(
            MATTER.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            MATTER.member_id.label("member_id"),
            MATTER.effective_on.label("starts_on"),
            due.label("due_on"),
            MATTER.returned_on.label("done_on"),
        )
        .join(Member, and_(Member.tenant_id == MATTER.tenant_id, Member.id == MATTER.member_id))
        .where(
            MATTER.tenant_id == window.tenant_id,
            MATTER.matter == Matter.RETAIN,
            MATTER.standing == Standing.GRANTED,
            Member.stage.in_((Stage.FULL, Stage.PROBATIONARY)),
            due.between(window.first, window.last),
        )
    )


def _cases(window: Window, place: Any, start: Any, due: Any, done: Any) -> Select[Any]:
    return select(
        CASE.id.label("subject_id"),
        place.label("organization_id"),
        CASE.member_id.label("member_id"),
        start.label("starts_on"),
        due.label("due_on"),
        done.label("done_on"),
    ).where(
        CASE.tenant_id == window.tenant_id,
        due.between(window.first, window.last),
    )
