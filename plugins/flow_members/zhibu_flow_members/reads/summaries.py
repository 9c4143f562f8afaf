"""Reports, and the people behind their figures."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from zhibu.members.tables import Affiliation
from zhibu.organizations.reads import below, path_of
from zhibu.organizations.tables import Organization
from zhibu_flow_members.reads.stays import later
from zhibu_flow_members.rules.notes import TOUCH, NoteKind
from zhibu_flow_members.tables import Note, SpotCheck, SpotUnit, Summary
from zhibu_flow_members.tables.figures import belonged, belongs, conditions, within

AFFILIATION: Any = Affiliation.__table__
ORGANIZATION: Any = Organization.__table__
SUMMARY: Any = Summary.__table__
SPOT_CHECK: Any = SpotCheck.__table__
SPOT_UNIT: Any = SpotUnit.__table__


def behind(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """The cases that a figure of a report counts, as the records are now."""

    def of(column: str) -> Any:
        summary = SUMMARY.alias()
        asked = summary.c.id == args.row("summary", "FlowMembersSummary")
        return select(summary.c[column]).where(asked).scalar_subquery()

    since, until = of("since"), of("until")
    top = path_of(of("organization_id"))

    def here(belonging: Any, day: Any) -> Any:
        joined, unit = AFFILIATION.alias(), ORGANIZATION.alias()
        return (
            select(joined.c.id)
            .join(unit, unit.c.id == joined.c.organization_id)
            .where(belonging(joined, row, day), below(unit.c.path, top))
            .correlate(row)
            .exists()
        )

    found = conditions(
        row,
        since,
        until,
        there=here(belongs, until),
        went_there=here(belongs, row.c.since),
        ended_there=here(belonged, row.c.ended_on),
        later=later(row, until),
        touched=within(row.c.touched_on, since, until, _noted(row, TOUCH, since, until)),
        reported=within(
            row.c.reported_on, since, until, _noted(row, {NoteKind.REPORT}, since, until)
        ),
    )
    figure = args.bind("figure")
    return or_(*(and_(figure == each.value, found[each]) for each in found))


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
