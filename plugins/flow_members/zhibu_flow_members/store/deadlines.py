"""What falls due of members away: talk, verification, contact, reports, reviews, the return."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true

from zhibu.contributions import Window
from zhibu.due.declaring import NOBODY, NOT_DONE, Span, all_of, ends_of_years, together
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import Organization
from zhibu_flow_members.rules.summaries import Stand, period_of
from zhibu_flow_members.tables import Card, CardReview, Case, Guest, Summary

HOME: Any = Organization.__table__.alias("home")


def talks(window: Window) -> Select[Any]:
    """The talk before somebody goes; done on the day of it (S1-28)."""
    return _of(window, Case.since, Case.since, Case.told_on)


def returns(window: Window) -> Select[Any]:
    """Who was expected back; done on the day he came, or what else ended it."""
    return _of(window, Case.since, Case.until, Case.ended_on)


def verifications(window: Window) -> Select[Any]:
    """What the host verifies; done on the day it did (S1-12)."""
    return _at_host(window, Case.since, Case.verify_by, Case.verified_on)


def filings(window: Window) -> Select[Any]:
    """What the level above the host takes into its files; done on the day it did (S1-12)."""
    return _at_host(window, Case.verified_on, Case.file_by, Case.filed_on)


def guest_answers(window: Window) -> Select[Any]:
    """Who is asked to take somebody of another institution in; done on the day of the answer."""
    return _of_guest(window, Guest.receiver_id, Guest.since, Guest.answer_by, Guest.answered_on)


def guest_verifications(window: Window) -> Select[Any]:
    """What the branch verifies of him; done on the day it did (S1-12)."""
    return _of_guest(window, Guest.host_id, Guest.since, Guest.verify_by, Guest.verified_on)


def guest_filings(window: Window) -> Select[Any]:
    """What the level above takes into its files; done on the day it did (S1-12)."""
    return _of_guest(window, Guest.host_id, Guest.verified_on, Guest.file_by, Guest.filed_on)


def contacts(window: Window) -> Select[Any]:
    """Contact with who is away; the day moves on whenever there was contact (S0-33, S1-37)."""
    return _while_away(window, Case.contact_by)


def reports(window: Window) -> Select[Any]:
    """What who is away reports; the day moves on with every report (S1-31)."""
    return _while_away(window, Case.report_by)


def reviews(window: Window) -> Select[Any]:
    """A card that was issued and holds at the end of a year is reviewed for it (S1-13)."""
    years = ends_of_years(window)
    return (
        select(
            Card.id.label("subject_id"),
            Member.organization_id.label("organization_id"),
            Card.member_id.label("member_id"),
            years.c.starts_on,
            years.c.due_on,
            CardReview.reviewed_on.label("done_on"),
        )
        .join(Member, and_(Member.tenant_id == Card.tenant_id, Member.id == Card.member_id))
        .join(years, Card.issued_on <= years.c.due_on)
        .outerjoin(
            CardReview,
            and_(
                CardReview.tenant_id == Card.tenant_id,
                CardReview.card_id == Card.id,
                CardReview.year == years.c.year,
            ),
        )
        .where(
            Card.tenant_id == window.tenant_id,
            or_(Card.ended_on.is_(None), Card.ended_on > years.c.due_on),
            Member.left_on.is_(None),
        )
    )


def _while_away(window: Window, due_on: Any) -> Select[Any]:
    found = _of(window, Case.since, due_on, NOT_DONE)
    return found.where(Case.once.is_not(None))


def _of(window: Window, starts_on: Any, due_on: Any, done_on: Any) -> Select[Any]:
    return _select(window, Member.organization_id, starts_on, due_on, done_on)


def _at_host(window: Window, starts_on: Any, due_on: Any, done_on: Any) -> Select[Any]:
    found = _select(window, Case.host_id, starts_on, due_on, done_on)
    # Whoever has gone back is verified no more.
    return found.where(Case.host_id.is_not(None), Case.ended_on.is_(None))


def _select(window: Window, where: Any, starts_on: Any, due_on: Any, done_on: Any) -> Select[Any]:
    columns: list[Any] = [
        Case.id.label("subject_id"),
        where.label("organization_id"),
        Case.member_id.label("member_id"),
        starts_on.label("starts_on"),
        due_on.label("due_on"),
        done_on.label("done_on"),
    ]
    return (
        select(*columns)
        .join(Member, and_(Member.tenant_id == Case.tenant_id, Member.id == Case.member_id))
        .where(
            Case.tenant_id == window.tenant_id,
            due_on.between(window.first, window.last),
            Case.voided_on.is_(None),
            Member.left_on.is_(None),
        )
    )


def _of_guest(window: Window, where: Any, starts_on: Any, due_on: Any, done_on: Any) -> Select[Any]:
    return select(
        Guest.id.label("subject_id"),
        where.label("organization_id"),
        NOBODY.label("member_id"),
        starts_on.label("starts_on"),
        due_on.label("due_on"),
        done_on.label("done_on"),
    ).where(
        Guest.tenant_id == window.tenant_id,
        due_on.between(window.first, window.last),
        where.is_not(None),
        Guest.ended_on.is_(None),
        Guest.withdrawn_on.is_(None),
        Guest.left_on.is_(None),
    )


def summaries(kinds: Collection[str], halves: Sequence[int]) -> Callable[[Window], Select[Any]]:
    """Periods that end in the window, of each organization with somebody away (S1-25, S1-26).

    Done on the day on which the report was handed up and not returned.
    """

    def items(window: Window) -> Select[Any]:
        spans = [
            Span(number=half, first=first, last=last, due_on=last)
            for year in range(window.first.year, window.last.year + 1)
            for half in halves
            for first, last in (period_of(year, half),)
        ]
        return all_of(
            window, [together(window, spans, lambda span: _told(window, span, kinds))], "told"
        )

    return items


def _told(window: Window, span: Any, kinds: Collection[str]) -> Select[Any]:
    there = (
        select(Case.id)
        .join(
            Affiliation,
            and_(Affiliation.tenant_id == Case.tenant_id, Affiliation.member_id == Case.member_id),
        )
        .join(
            HOME,
            and_(
                HOME.c.tenant_id == Affiliation.tenant_id,
                HOME.c.id == Affiliation.organization_id,
            ),
        )
        .where(
            Case.tenant_id == window.tenant_id,
            func.substr(HOME.c.path, 1, func.length(Organization.path)) == Organization.path,
            Affiliation.since <= span.c.ends_on,
            or_(Affiliation.until.is_(None), Affiliation.until > span.c.ends_on),
            Case.voided_on.is_(None),
            Case.since <= span.c.ends_on,
            or_(Case.ended_on.is_(None), Case.ended_on >= span.c.starts_on),
        )
        .correlate(Organization, span)
        .exists()
    )
    return (
        select(
            Organization.id.label("subject_id"),
            Organization.id.label("organization_id"),
            NOBODY.label("member_id"),
            span.c.starts_on,
            span.c.due_on,
            Summary.submitted_on.label("done_on"),
        )
        .select_from(Organization)
        .join(span, true())
        .outerjoin(
            Summary,
            and_(
                Summary.tenant_id == Organization.tenant_id,
                Summary.organization_id == Organization.id,
                Summary.year == span.c.year,
                Summary.half == span.c.number,
                Summary.state != Stand.RETURNED,
            ),
        )
        .where(
            Organization.tenant_id == window.tenant_id,
            Organization.kind.in_(sorted(kinds)),
            Organization.ended_on.is_(None),
            there,
        )
    )
