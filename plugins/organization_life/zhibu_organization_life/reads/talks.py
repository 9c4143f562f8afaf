"""Talks, and with whom nobody had one."""

from typing import Any

from sqlalchemy import ColumnElement, and_, extract, not_, select

from zhibu.members.reads import members_inside
from zhibu_organization_life.rules.talks import TalkKind
from zhibu_organization_life.tables import Talk

TALK: Any = Talk.__table__


def untalked(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Members of an organization with whom nobody had a heart-to-heart talk in a year."""
    talk = TALK.alias()
    had = (
        select(talk.c.id)
        .where(
            talk.c.member_id == row.c.id,
            talk.c.kind == TalkKind.HEART,
            talk.c.voided_on.is_(None),
            extract("year", talk.c.talked_on) == args.bind("year"),
        )
        .correlate(row)
        .exists()
    )
    here = members_inside(row.c.id, args.row("organization", "Organization"))
    return and_(row.c.left_on.is_(None), here, not_(had))
