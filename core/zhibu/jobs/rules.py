"""What a job is and which states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    """`refused`: the domain would not have it. `failed`: a bug. `interrupted`: a crash."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True)
class JobFacts:
    """A job as it stands. `arguments` and `outcome` survive JSON."""

    id: UUID
    kind: str
    state: State
    account_id: UUID
    token_id: UUID | None
    path: str
    arguments: Mapping[str, Any]
    done: int
    total: int | None
    outcome: Mapping[str, Any] | None
    source_id: UUID | None
    result_id: UUID | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
