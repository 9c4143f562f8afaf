"""Appraisals, who is on their lists, what was said, votes, and what was published."""

from zhibu_organization_life.store.appraisals.cases import (
    add,
    appraisal_of,
    at_meeting,
    change,
    stands_of,
)
from zhibu_organization_life.store.appraisals.lists import (
    change_results,
    enlist,
    keep,
    remark,
    roll_of,
    said,
    spoken_of,
    strike,
)
from zhibu_organization_life.store.appraisals.published import (
    grades_below,
    published_of,
)
from zhibu_organization_life.store.appraisals.votes import (
    ballots,
    cast,
    erase,
    forget_votes,
)

__all__ = [
    "add",
    "appraisal_of",
    "at_meeting",
    "ballots",
    "cast",
    "change",
    "change_results",
    "enlist",
    "erase",
    "forget_votes",
    "grades_below",
    "keep",
    "published_of",
    "remark",
    "roll_of",
    "said",
    "spoken_of",
    "stands_of",
    "strike",
]
