"""Asking which members fall short, and who leads."""

from datetime import date
from typing import Annotated

import strawberry

from zhibu.members.graph import MemberType
from zhibu.reading import Connection, connection
from zhibu_education import actions, reads
from zhibu_education.graph.enums import LeaderDuty, Outlook


@strawberry.type
class MembersQuery:
    @connection(
        where=reads.falls_short,
        order=lambda row: [row.c.path, row.c.sort_name],
        permission=actions.READ,
    )
    def education_behind(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        on: date | None = None,
        outlook: Annotated[
            Outlook, strawberry.argument(description="列出哪些党员。 Whom to list.")
        ] = Outlook.WILL_MISS,
    ) -> Connection[MemberType]:
        """学时落后、预计或已经不达标的党员。 Members who fall short of the year's hours."""

    @connection(
        where=reads.leading,
        order=lambda row: [row.c.path, row.c.sort_name],
        permission=actions.READ,
    )
    def education_leaders(
        self,
        organization: strawberry.ID,
        year: int,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        lectures_below: Annotated[
            int | None,
            strawberry.argument(description="只列讲课少于此数者。 Only those with fewer lectures."),
        ] = None,
        missing: Annotated[
            LeaderDuty | None,
            strawberry.argument(
                description="只列未讲满党课，或缺席所在单位集体学习者。 Only those who owe this."
            ),
        ] = None,
    ) -> Connection[MemberType]:
        """本年任书记、副书记、委员的党员，供核对讲党课和参加学习。 Who led in the year."""
