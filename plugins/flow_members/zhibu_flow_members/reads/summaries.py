"""Reports, and the people behind their figures."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from zhibu.members.tables import Member
from zhibu.organizations.reads import below, path_of
from zhibu_flow_members.reads.stays import later
from zhibu_flow_members.rules.notes import TOUCH, NoteKind
from zhibu_flow_members.tables import Note, SpotCheck, SpotUnit, Summary
from zhibu_flow_members.tables.figures import conditions

SUMMARY: Any = Summary.__table__
SPOT_CHECK: Any = SpotCheck.__table__
SPOT_UNIT: Any = SpotUnit.__table__


def behind(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """The cases that a figure of a report counts, as the records are now."""

    def of(column: str) -> Any:
        summary = SUMMARY.alias()
        asked = summary.c.id == args.row("summary", "FlowMembersSummary")
        return select(summary.c[column]).where(asked).scalar_subquery()

    member = Member.__table__.alias()
    here = select(member.c.id).where(below(member.c.path, path_of(of("organization_id"))))
    since, until = of("since"), of("until")
    found = conditions(
        row,
        since,
        until,
        later=later(row, until),
        touched=_noted(row, TOUCH, since, until),
        reported=_noted(row, {NoteKind.REPORT}, since, until),
    )
    figure = args.bind("figure")
    one = or_(*(and_(figure == each.value, found[each]) for each in found))
    return and_(row.c.member_id.in_(here), one)


def _noted(case: Any, kinds: Collection[NoteKind], since: Any, until: Any) -> Any:
    """Whether one of these was noted of a case within a period."""
    note: Any = Note.__table__.alias()
    return (
        select(note.c.id)
        .where(
            note.c.case_id == case.c.id,
            note.c.kind.in_(sorted(kinds)),
            note.c.voided_on.is_(None),
            note.c.happened_on.between(since, until),
        )
        .correlate(case)
        .exists()
    )
