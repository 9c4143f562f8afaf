"""What forms are made from: whole tables at and below an organization, a few statements each."""

from zhibu_audit_campaign.store.forms.joins import Where
from zhibu_audit_campaign.store.forms.people import checks, groups, labels, people, searches, steps
from zhibu_audit_campaign.store.forms.units import (
    branches,
    courses,
    durations,
    named,
    place,
    places,
    situations,
    units,
)

__all__ = [
    "Where",
    "branches",
    "checks",
    "courses",
    "durations",
    "groups",
    "labels",
    "named",
    "people",
    "place",
    "places",
    "searches",
    "situations",
    "steps",
    "units",
]
