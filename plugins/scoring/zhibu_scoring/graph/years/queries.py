"""Asking for years of branches."""

import strawberry

from zhibu.reading import Connection, connection
from zhibu_scoring import reads
from zhibu_scoring.graph.years import beside, types


@strawberry.type
class YearQuery:
    @connection(where=reads.of_units_inside, order=lambda row: [row.c.drawn_up_on.desc(), row.c.id])
    def scoring_years(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[types.ScoringYear]:
        """各支部的年度考核。 Years of branches, here and below."""

    @connection(
        where=reads.of_units_inside, order=lambda row: [row.c.published_on.desc(), row.c.id]
    )
    def scoring_publications(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[beside.ScoringPublication]:
        """各支部的季度公布，含已撤回的。 What branches made known."""

    @connection(where=reads.of_units_inside, order=lambda row: [row.c.half, row.c.id])
    def scoring_checks(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[beside.ScoringCheck]:
        """各支部的半年检查，含已撤回的。 Half-yearly checks of branches, withdrawn ones too."""

    @connection(where=reads.of_year_inside, order=lambda row: [row.c.planned_on.desc(), row.c.id])
    def scoring_helps(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[beside.ScoringHelp]:
        """某年度之后的帮扶。 Help after a low year."""

    @connection(where=reads.of_units, order=lambda row: [row.c.held_on.desc(), row.c.id])
    def scoring_recommendations(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[beside.ScoringRecommendation]:
        """各支部考核记录员、考核监督员的民主推荐，含已撤回的。 Whom branches recommended."""
