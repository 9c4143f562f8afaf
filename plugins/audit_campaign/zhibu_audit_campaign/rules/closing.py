"""What an audit came to, beside the one before by the same plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.settling import Course


@dataclass(frozen=True, kw_only=True)
class Closing:
    """An audit in numbers: who was on its list, what became of them, and what was found.

    `left`, `moved` and `staged` are those on the list of whom the register says something else now.
    """

    id: UUID
    title: str
    state: State
    as_of: date
    ended_on: date | None
    listed: int
    left: int
    moved: int
    staged: int
    completed: int
    floating: int
    hanging: int
    pocket: int
    lost: int
    unreceipted: int
    found: int
    not_found: int
    courses: Mapping[Course, int] = field(default_factory=dict)
