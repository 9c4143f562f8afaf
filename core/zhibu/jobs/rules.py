"""What a job is, which states it goes through, and when its turn comes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

LEASE = timedelta(seconds=60)  # how long a worker that says nothing more is believed to be at work
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
ABANDONED = timedelta(days=1)  # after which a kind that no worker knows is refused

ASKED = "asked"  # among the arguments of a job: what the session that asked had proven

_SCHEDULED = "cron:"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """`refused`: the domain would not have it. `failed`: every attempt failed, by a bug or for want
    of something outside. `interrupted`: its worker was lost, and it may not begin again by itself.
    """

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


DEAD = frozenset({State.FAILED, State.INTERRUPTED})


class Priority(IntEnum):
    """Whose turn is first. Within one, in the order asked for."""

    IDLE = -10
    USUAL = 0
    URGENT = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the session that asked for a job had proven by then; tokens and the operator have none.

    So a job shows no more than the session could, however long it waits in the line.
    """

    at: datetime
    factor: bool
    proven_at: datetime | None

    def plain(self) -> dict[str, Any]:
        """As it survives JSON."""
        proven = self.proven_at.isoformat() if self.proven_at else None
        return {"at": self.at.isoformat(), "factor": self.factor, "proven_at": proven}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Asked":
        proven = plain["proven_at"]
        return cls(
            at=datetime.fromisoformat(plain["at"]),
            factor=plain["factor"],
            proven_at=datetime.fromisoformat(proven) if proven else None,
        )


@dataclass(frozen=True, kw_only=True)
class JobFacts:
    """A job as it stands. `arguments` and `outcome` survive JSON.

    `account_id` is None for work of the installation itself. `attempt` counts how often it was
    begun and fences it: a worker that holds an older one writes nothing. `failures` counts those
    that ended badly. `key` is unique among the jobs of a tenant that have one.
    """

    id: UUID
    kind: str
    state: State
    account_id: UUID | None
    token_id: UUID | None
    path: str
    arguments: Mapping[str, Any]
    done: int = 0
    total: int | None = None
    outcome: Mapping[str, Any] | None = None
    source_id: UUID | None = None
    result_id: UUID | None = None
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    priority: int = Priority.USUAL
    key: str | None = None
    not_before: datetime | None = None
    attempt: int = 0
    failures: int = 0
    lease_until: datetime | None = None
    worker: str | None = None

    @property
    def asked(self) -> Asked | None:
        """What the session that asked had proven; None where none did."""
        plain = self.arguments.get(ASKED)
        return Asked.of(plain) if plain else None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of what a job makes, by its number: so many files, with so many rows in them.

    `rests_on` is whatever else must still be so when the parts are put together.
    """

    number: int
    sha256: str
    size: int
    files: int
    rows: int
    rests_on: str = ""


def taken(job: JobFacts, worker: str, retries: int, now: datetime) -> JobFacts:
    """A job whose turn has come, in the hands of this worker; or dead, if it was lost too often."""
    lost = job.state is State.RUNNING
    failures = job.failures + lost
    if lost and failures > retries:
        return ended(replace(job, failures=failures), State.INTERRUPTED, job.outcome, now)
    return replace(
        job,
        state=State.RUNNING,
        attempt=job.attempt + 1,
        failures=failures,
        worker=worker,
        lease_until=now + LEASE,
        started_at=job.started_at or now,
        done=0,
        total=None,
    )


def given_back(job: JobFacts) -> JobFacts:
    """A running job that its worker cannot end: the next one begins it at once."""
    return replace(job, state=State.WAITING, lease_until=None, worker=None, not_before=None)


def failed(
    job: JobFacts, retries: int, outcome: Mapping[str, Any], now: datetime, chance: float
) -> JobFacts:
    """A running job that ended badly: it waits for another attempt, or is dead after the last."""
    tried = replace(job, failures=job.failures + 1)
    if tried.failures > retries:
        return ended(tried, State.FAILED, outcome, now)
    later = now + pause(tried.failures, chance)
    return replace(given_back(tried), not_before=later, outcome=outcome)


def ended(
    job: JobFacts, state: State, outcome: Mapping[str, Any] | None, now: datetime
) -> JobFacts:
    """A job that nobody begins again. Its key is free, unless it stands for a slot of the clock."""
    slot = job.key is not None and job.key.startswith(_SCHEDULED)
    return replace(
        job,
        state=state,
        outcome=outcome,
        finished_at=now,
        lease_until=None,
        key=job.key if slot else None,
    )


def pause(failures: int, chance: float) -> timedelta:
    """How long to wait before the next attempt: doubled each time, half of it left to chance.

    `chance` lies between 0 and 1, so that what failed together does not come back together.
    """
    doubled: timedelta = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
    return doubled * (0.5 + chance / 2)


def latest_slot(now: datetime, zone: tzinfo, every: timedelta | None, at: time | None) -> datetime:
    """The last moment at which a schedule was due: a multiple of `every`, or daily `at` there.

    Of several that passed while nobody worked, only this one is made up for.
    """
    if every is not None:
        return _EPOCH + (now - _EPOCH) // every * every
    assert at is not None, "a schedule is due every so often, or daily at a time"
    there = now.astimezone(zone)
    today = datetime.combine(there.date(), at, zone)
    return today if today <= there else datetime.combine(there.date() - timedelta(days=1), at, zone)


def slot_key(name: str, slot: datetime) -> str:
    """The key of the one job that a schedule has in a slot."""
    return f"{_SCHEDULED}{name}:{slot.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
