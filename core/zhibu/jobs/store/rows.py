"""Rows of jobs as facts, and facts as rows."""

from typing import Any
from uuid import UUID

from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.tables import Job

JOBS: Any = Job.__table__
COLUMNS = [column for column in JOBS.c if column.name != "tenant_id"]


def values_of(tenant_id: UUID, job: JobFacts) -> dict[str, Any]:
    return {**vars(job), "tenant_id": tenant_id, "arguments": dict(job.arguments)}


def facts_of(row: dict[str, Any]) -> JobFacts:
    return JobFacts(**{**row, "state": State(row["state"])})
