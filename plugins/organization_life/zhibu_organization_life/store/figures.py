"""The numbers organization life keeps per unit: meetings by month, and places by year."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, and_, case, cast, extract, func, select

from zhibu.contributions import Figure
from zhibu_organization_life.rules.catalogues import Kind, Presence, State
from zhibu_organization_life.tables import Attendance, Meeting


def _held(kind: Kind) -> Callable[[UUID], Any]:
    """1 for a unit that held such a meeting in a month, so that a subtree adds up its units."""

    def per_organization(tenant_id: UUID) -> Any:
        day = Meeting.held_on
        month = cast(extract("year", day) * 100 + extract("month", day), Integer)
        return (
            select(
                Meeting.organization_id.label("organization_id"),
                cast(func.min(1), Integer).label("value"),
                month.label("period"),
            )
            .where(
                Meeting.tenant_id == tenant_id,
                Meeting.state == State.HELD,
                Meeting.kind == kind,
            )
            .group_by(Meeting.organization_id, month)
        )

    return per_organization


def _places(*states: Presence) -> Callable[[UUID], Any]:
    """Places of those who should attend what was held, by year; all, or those marked so."""

    def per_organization(tenant_id: UUID) -> Any:
        year = cast(extract("year", Meeting.held_on), Integer)
        counted = case((Attendance.state.in_(states), 1), else_=0) if states else 1
        return (
            select(
                Meeting.organization_id.label("organization_id"),
                func.sum(counted).label("value"),
                year.label("period"),
            )
            .join(
                Attendance,
                and_(
                    Attendance.tenant_id == Meeting.tenant_id,
                    Attendance.meeting_id == Meeting.id,
                    Attendance.expected.is_(True),
                ),
            )
            .where(Meeting.tenant_id == tenant_id, Meeting.state == State.HELD)
            .group_by(Meeting.organization_id, year)
        )

    return per_organization


FIGURES = [
    *(
        Figure(name=f"organization_life.{kind.value}", per_organization=_held(kind))
        for kind in Kind
    ),
    Figure(name="organization_life.expected", per_organization=_places()),
    Figure(name="organization_life.attended", per_organization=_places(Presence.PRESENT)),
    Figure(name="organization_life.on_leave", per_organization=_places(Presence.ON_LEAVE)),
    Figure(name="organization_life.absent", per_organization=_places(Presence.ABSENT)),
]
