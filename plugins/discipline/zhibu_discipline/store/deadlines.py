"""What falls due of dispositions, of what was handed over, and of members' files."""

from typing import Any

from sqlalchemy import Select, and_, or_, select

from zhibu.contributions import Window
from zhibu.members.tables import Member
from zhibu_discipline.rules.cases import State
from zhibu_discipline.rules.files import FileState
from zhibu_discipline.rules.grounds import Kind
from zhibu_discipline.rules.referrals import Stand
from zhibu_discipline.tables import DisciplineCase, DisciplineFileCheck, DisciplineReferral

CASE: Any = DisciplineCase
REFERRAL: Any = DisciplineReferral
CHECK: Any = DisciplineFileCheck
# Where a hand-over may still wait to be passed on; one that was answered at once no longer does.
PENDING = (Stand.HANDED_OVER, Stand.PASSED_ON)


def corrections(window: Window) -> Select[Any]:
    """Each correction by the day on which its time is over; done once it was evaluated."""
    return _cases(window, CASE.decided_on, CASE.until, CASE.ended_on).where(
        CASE.kind == Kind.CORRECTION
    )


def answers(window: Window) -> Select[Any]:
    """Each member who is persuaded to withdraw, and says whether he does."""
    return _cases(window, CASE.decided_on, CASE.answer_by, CASE.ended_on)


def deliveries(window: Window) -> Select[Any]:
    """Each decision that the member is to be told."""
    return _cases(window, CASE.decided_on, CASE.deliver_by, CASE.delivered_on)


def filings(window: Window) -> Select[Any]:
    """Each decision that is to be filed above."""
    return _cases(window, CASE.decided_on, CASE.file_by, CASE.filed_on)


def helps(window: Window) -> Select[Any]:
    """Each removed person who is to be helped on (S3D-33)."""
    return _cases(window, CASE.decided_on, CASE.help_by, CASE.helped_on)


def passings(window: Window) -> Select[Any]:
    """Each hand-over that is to be passed on (S3D-24)."""
    return _referrals(window, REFERRAL.handed_on, REFERRAL.pass_by, REFERRAL.passed_on).where(
        REFERRAL.state.in_(sorted(PENDING))
    )


def replies(window: Window) -> Select[Any]:
    """Each hand-over that the discipline body is to answer."""
    return _referrals(window, REFERRAL.handed_on, REFERRAL.answer_by, REFERRAL.answered_on).where(
        REFERRAL.state != Stand.WITHDRAWN
    )


def notices(window: Window) -> Select[Any]:
    """Each removal that the discipline body is to be told of (S3D-31)."""
    return _referrals(window, REFERRAL.answered_on, REFERRAL.notice_by, REFERRAL.noticed_on)


def influences(window: Window) -> Select[Any]:
    """Each punishment whose influence is over."""
    return _referrals(window, REFERRAL.decided_on, REFERRAL.until, REFERRAL.closed_on)


def files(window: Window) -> Select[Any]:
    """Each file that lacks something, by the day on which it is made good (S3D-34).

    It is the branch's that the member belongs to now, until he leaves.
    """
    return (
        select(
            CHECK.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            CHECK.member_id.label("member_id"),
            CHECK.checked_on.label("starts_on"),
            CHECK.repair_by.label("due_on"),
            CHECK.completed_on.label("done_on"),
        )
        .join(Member, and_(Member.tenant_id == CHECK.tenant_id, Member.id == CHECK.member_id))
        .where(
            CHECK.tenant_id == window.tenant_id,
            CHECK.repair_by.between(window.first, window.last),
            CHECK.state == FileState.STANDING,
            Member.left_on.is_(None),
        )
    )


def _referrals(window: Window, start: Any, due: Any, done: Any) -> Select[Any]:
    return select(
        REFERRAL.id.label("subject_id"),
        REFERRAL.organization_id.label("organization_id"),
        REFERRAL.member_id.label("member_id"),
        start.label("starts_on"),
        due.label("due_on"),
        done.label("done_on"),
    ).where(REFERRAL.tenant_id == window.tenant_id, due.between(window.first, window.last))


def _cases(window: Window, start: Any, due: Any, done: Any) -> Select[Any]:
    return select(
        CASE.id.label("subject_id"),
        CASE.organization_id.label("organization_id"),
        CASE.member_id.label("member_id"),
        start.label("starts_on"),
        due.label("due_on"),
        done.label("done_on"),
    ).where(
        CASE.tenant_id == window.tenant_id,
        due.between(window.first, window.last),
        or_(CASE.state == State.DECIDED, CASE.state == State.ENDED),
    )
