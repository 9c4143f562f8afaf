"""A year of a branch: open, drawn up, decided, reviewed, noticed, concluded (《办法》二)."""

from zhibu_scoring.rules.years.deciding import deciding_refusals
from zhibu_scoring.rules.years.following import (
    concluding_refusals,
    inspecting_refusals,
    last_day,
    noticing_refusals,
    reviewing_refusals,
)
from zhibu_scoring.rules.years.opening import (
    drawing_refusals,
    open_refusals,
    open_years,
    stand_refusals,
)
from zhibu_scoring.rules.years.values import (
    APPROVED,
    OPEN,
    SETTLED,
    Body,
    Deciders,
    Decision,
    Entered,
    Outcome,
    Review,
    Share,
    Stand,
    Year,
)

__all__ = [
    "APPROVED",
    "OPEN",
    "SETTLED",
    "Body",
    "Deciders",
    "Decision",
    "Entered",
    "Outcome",
    "Review",
    "Share",
    "Stand",
    "Year",
    "concluding_refusals",
    "deciding_refusals",
    "drawing_refusals",
    "inspecting_refusals",
    "last_day",
    "noticing_refusals",
    "open_refusals",
    "open_years",
    "reviewing_refusals",
    "stand_refusals",
]
