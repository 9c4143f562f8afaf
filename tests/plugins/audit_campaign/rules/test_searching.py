"""Who may review the file of somebody who was searched, and when."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from zhibu_audit_campaign.errors import NotReviewable, OwnWork, Unsaid
from zhibu_audit_campaign.rules import searching
from zhibu_audit_campaign.rules.searching import Outcome, Search

WORKER, REVIEWER = UUID(int=1), UUID(int=2)
OVER = Search(
    id=UUID(int=3),
    audited_id=UUID(int=4),
    member_id=UUID(int=5),
    organization_id=UUID(int=6),
    path="1.",
    sheet_id=UUID(int=7),
    opened_on=date(2026, 6, 1),
    outcome=Outcome.NOT_FOUND,
    reviewed=False,
    concluded_by=WORKER,
    version=1,
)


def refused(known: Search, by: UUID, remark: str = "属实") -> list[type]:
    return [type(each) for each in searching.reviewing_refusals(known, remark, by=by)]


@pytest.mark.clause("S3A-21")
def test_a_file_is_reviewed_once_and_by_nobody_who_concluded_it() -> None:
    assert refused(OVER, REVIEWER) == []
    assert refused(OVER, WORKER, " ") == [OwnWork, Unsaid]
    assert refused(replace(OVER, reviewed=True), REVIEWER) == [NotReviewable]
    going_on = replace(OVER, outcome=Outcome.SEARCHING, concluded_by=None)
    assert refused(going_on, REVIEWER) == [NotReviewable]
