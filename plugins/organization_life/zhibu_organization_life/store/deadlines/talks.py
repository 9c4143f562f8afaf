"""Which talks are to be followed up, and after which something is to be decided."""

from typing import Any

from sqlalchemy import Select, and_, select

from zhibu.contributions import Window
from zhibu.members.tables import Member
from zhibu_organization_life.tables import Talk


def follow_ups(window: Window) -> Select[Any]:
    """Follow-ups of talks; done on the day of which it is told what came of them.

    Whoever has left is followed up no more.
    """
    return _of(window, Talk.talked_on, Talk.follow_up_on, Talk.followed_on)


def unreformed(window: Window) -> Select[Any]:
    """Talks without improvement; done on the day on which was decided what to do (S2-13)."""
    return _of(window, Talk.followed_on, Talk.handle_by, Talk.handled_on)


def _of(window: Window, starts_on: Any, due_on: Any, done_on: Any) -> Select[Any]:
    columns: list[Any] = [
        Talk.id.label("subject_id"),
        Talk.organization_id.label("organization_id"),
        Talk.member_id.label("member_id"),
        starts_on.label("starts_on"),
        due_on.label("due_on"),
        done_on.label("done_on"),
    ]
    return (
        select(*columns)
        .join(Member, and_(Member.tenant_id == Talk.tenant_id, Member.id == Talk.member_id))
        .where(
            Talk.tenant_id == window.tenant_id,
            due_on.between(window.first, window.last),
            Talk.voided_on.is_(None),
            Member.left_on.is_(None),
        )
    )
