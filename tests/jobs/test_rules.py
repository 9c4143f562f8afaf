"""When a job's turn comes, and what becomes of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhibu.identifiers import new_id
from zhibu.jobs.rules import (
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    JobFacts,
    State,
    ended,
    failed,
    given_back,
    latest_slot,
    pause,
    slot_key,
    taken,
)

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WAITING = JobFacts(
    id=new_id(),
    kind="greet",
    state=State.WAITING,
    account_id=None,
    token_id=None,
    path="1.",
    arguments={},
    created_at=NOON,
    key="one",
)


def test_each_attempt_has_a_number_and_a_lease() -> None:
    first = taken(WAITING, "a", 3, NOON)
    assert (first.state, first.attempt, first.worker) == (State.RUNNING, 1, "a")
    assert first.lease_until == NOON + LEASE
    second = taken(given_back(first), "b", 3, NOON + timedelta(minutes=5))
    assert (second.attempt, second.failures, second.started_at) == (2, 0, NOON)


def test_a_lost_worker_counts_as_a_failure_and_too_many_end_the_job() -> None:
    job = WAITING
    for failures in range(3):
        job = taken(job, "a", 2, NOON)
        assert (job.state, job.failures) == (State.RUNNING, failures)
    dead = taken(job, "a", 2, NOON)
    assert (dead.state, dead.finished_at, dead.key) == (State.INTERRUPTED, NOON, None)


def test_a_failure_waits_longer_each_time_and_the_last_one_is_final() -> None:
    job, waits = WAITING, []
    for _ in range(2):
        job = failed(taken(job, "a", 2, NOON), 2, {"reference": "7"}, NOON, 0.5)
        assert job.state is State.WAITING
        assert job.not_before is not None
        waits.append(job.not_before - NOON)
    assert waits == sorted(set(waits))
    dead = failed(taken(job, "a", 2, NOON), 2, {"reference": "8"}, NOON, 0.5)
    assert (dead.state, dead.outcome) == (State.FAILED, {"reference": "8"})


def test_pauses_are_spread_and_have_an_end() -> None:
    assert pause(1, 0.0) == FIRST_PAUSE / 2
    assert pause(1, 1.0) == FIRST_PAUSE
    assert pause(1000, 1.0) == LONGEST_PAUSE


def test_a_key_is_free_again_unless_it_stands_for_a_slot() -> None:
    assert ended(WAITING, State.SUCCEEDED, None, NOON).key is None
    slot = JobFacts(**{**vars(WAITING), "key": slot_key("sweep", NOON)})
    assert ended(slot, State.SUCCEEDED, None, NOON).key == "cron:sweep:2026-06-15T04:00:00Z"


@pytest.mark.parametrize(
    ("now", "every", "at", "slot"),
    [
        ("2026-06-15T04:07:31+00:00", timedelta(minutes=5), None, "2026-06-15T04:05:00+00:00"),
        ("2026-06-15T04:05:00+00:00", timedelta(minutes=5), None, "2026-06-15T04:05:00+00:00"),
        # 03:10 in Shanghai is 19:10 of the day before in UTC.
        ("2026-06-15T19:10:00+00:00", None, time(3, 10), "2026-06-15T19:10:00+00:00"),
        ("2026-06-15T19:09:59+00:00", None, time(3, 10), "2026-06-14T19:10:00+00:00"),
        ("2026-03-01T00:00:00+00:00", None, time(3, 10), "2026-02-28T19:10:00+00:00"),
    ],
)
def test_the_latest_slot_is_the_last_moment_that_has_come(
    now: str, every: timedelta | None, at: time | None, slot: str
) -> None:
    found = latest_slot(datetime.fromisoformat(now), SHANGHAI, every, at)
    assert found == datetime.fromisoformat(slot)
