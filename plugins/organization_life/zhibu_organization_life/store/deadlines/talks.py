"""Which talks are to be followed up."""

from typing import Any

from sqlalchemy import Select, and_, select

from zhibu.contributions import Window
from zhibu.members.tables import Member
from zhibu_organization_life.tables import Talk


def follow_ups(window: Window) -> Select[Any]:
    """Follow-ups of talks; done on the day of which it is told what came of them.

    Whoever has left is followed up no more.
    """
    columns: list[Any] = [
        Talk.id.label("subject_id"),
        Talk.organization_id.label("organization_id"),
        Talk.member_id.label("member_id"),
        Talk.talked_on.label("starts_on"),
        Talk.follow_up_on.label("due_on"),
        Talk.followed_on.label("done_on"),
    ]
    return (
        select(*columns)
        .join(Member, and_(Member.tenant_id == Talk.tenant_id, Member.id == Talk.member_id))
        .where(
            Talk.tenant_id == window.tenant_id,
            Talk.follow_up_on.between(window.first, window.last),
            Talk.voided_on.is_(None),
            Member.left_on.is_(None),
        )
    )
