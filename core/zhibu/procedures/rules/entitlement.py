"""Who should attend a meeting and vote on a day (rules 44 and 45): computed, never typed in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Ground(StrEnum):
    """Why a member has no vote, or is not counted among those who should attend."""

    PROBATIONARY = "probationary"
    STOPPED = "stopped"
    ON_PROBATION = "on_probation"
    RIGHTS_SUSPENDED = "rights_suspended"
    UNABLE = "unable"
    ABROAD = "abroad"
    SERVING_SENTENCE = "serving_sentence"
    BEDRIDDEN = "bedridden"
    UNTRANSFERRED = "untransferred"
    SETTLED_ELSEWHERE = "settled_elsewhere"


# What a decision about somebody takes away; the first two follow from the stage of membership.
SUSPENSIONS = frozenset({Ground.ON_PROBATION, Ground.RIGHTS_SUSPENDED})
# What the superior consents to and the meeting approves.
EXCLUSIONS = frozenset(
    {
        Ground.UNABLE,
        Ground.ABROAD,
        Ground.SERVING_SENTENCE,
        Ground.BEDRIDDEN,
        Ground.UNTRANSFERRED,
        Ground.SETTLED_ELSEWHERE,
    }
)
# Who has no vote is not elected either (EL-5).
_RIGHTLESS = SUSPENSIONS | {Ground.PROBATIONARY, Ground.STOPPED}
_BY_STAGE = {"probationary": Ground.PROBATIONARY, "stopped": Ground.STOPPED}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A recorded fact about a member's vote, from `since` until before `until`.

    An exclusion counts from the day on which the meeting approved it, the superior's consent having
    been given before; a suspension from the day of the decision.
    """

    id: UUID
    member_id: UUID
    ground: Ground
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """A member of the body that day, and the stage the membership had."""

    member_id: UUID
    stage: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A member's place at a meeting: entitled, or not and why."""

    member_id: UUID
    ground: Ground | None = None

    @property
    def entitled(self) -> bool:
        return self.ground is None

    @property
    def electable(self) -> bool:
        """Whoever is only not counted among those who should attend may be elected still."""
        return self.ground not in _RIGHTLESS


def seats(
    belonging: Iterable[Belonging],
    limits: Iterable[Limit],
    *,
    on: date,
    exclusions: Collection[str],
) -> Sequence[Seat]:
    """Everybody of the body with or without a vote that day; who has left is nobody.

    `exclusions` are the grounds that count for this kind of meeting.
    """
    counted = SUSPENSIONS | {ground for ground in EXCLUSIONS if ground.value in exclusions}
    known: dict[UUID, Ground] = {}
    for limit in limits:
        if limit.ground in counted and limit.covers(on):
            held = known.get(limit.member_id)
            # A right that was taken away outweighs an absence that was excused.
            if held is None or limit.ground in SUSPENSIONS:
                known[limit.member_id] = limit.ground
    found = []
    for member in belonging:
        if member.stage == "left":
            continue
        ground = _BY_STAGE.get(member.stage) or known.get(member.member_id)
        found.append(Seat(member_id=member.member_id, ground=ground))
    return found
