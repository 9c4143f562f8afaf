"""Self-appraisals that are written anew: what they said before stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import ReasonMissing
from zhibu_organization_life.rules.grades import Grade


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a self-appraisal says, who entered it, and when."""

    text: str
    grade: Grade | None
    said_by: UUID | None
    said_at: datetime | None


def rewriting_refusals(
    before: Said | None, reason: str | None, *, by: UUID | None
) -> Iterator[Invalid | Conflict]:
    """Over what somebody else entered nobody writes without saying why."""
    if before is not None and before.said_by != by and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))
