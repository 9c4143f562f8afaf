"""Asking for entries and exemptions."""

from typing import Any

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection
from zhibu_scoring import reads
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption, ScoringFact
from zhibu_scoring.graph.words import Part, State
from zhibu_scoring.reads import homes


@strawberry.input(description="记分的筛选条件。 What the entries must be.")
class ScoringEntryFilter:
    state: State | None = told("只看这个状态的。 Only in this state.", None)
    part: Part | None = told("只看这个部分的。 Only of this part.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)


def _of_year(row: Any, args: Any, env: Any) -> Any:
    year = reads.year_of_query(args)
    return (row.c.year == year) & homes.of_homes_inside(row, args, year)


@strawberry.type
class ScoringQuery:
    @connection(
        where=_of_year,
        order=lambda row: [row.c.happened_on.desc(), row.c.id],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.part": lambda row, args, env: row.c.part == args.bind("filter.part"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
        },
    )
    def scoring_entries(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: ScoringEntryFilter | None = None,
    ) -> Connection[ScoringEntry]:
        """某年度的记分，最近发生的在前。 Entries of a year, the latest first."""

    @connection(
        where=reads.exempt_inside,
        order=lambda row: [row.c.first_year.desc(), row.c.id],
        filters={"year": lambda row, args, env: reads.holds(row, reads.year_of_query(args))},
    )
    def scoring_exemptions(
        self,
        organization: strawberry.ID,
        first: int,
        year: int | None = None,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[ScoringExemption]:
        """不列入积分考核的党员。 Who is left out of the assessment."""

    @connection(
        where=reads.decided_in_year,
        order=lambda row: [row.c.decided_on.desc(), row.c.id],
    )
    def scoring_facts(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[ScoringFact]:
        """某年度的表彰和处分，含已撤销登记的。 Honours and punishments of a year."""
