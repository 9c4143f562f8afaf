"""How far a job is, shown as it goes on."""

import strawberry

from zhibu.graph import subscribed
from zhibu.jobs.graph.queries import OWN, asked_job
from zhibu.jobs.graph.types import Job

AGAIN = 1.0  # seconds; how far a job is stands in no event


def _ended(job: Job | None) -> bool:
    return job is None or job.finished_at is not None


@strawberry.type
class JobSubscription:
    job_progress: Job | None = subscribed(
        asked_job,
        permission=OWN,
        on=("jobs.",),
        every=AGAIN,
        until=_ended,
        description="后台任务的进展，完成即止。 A job as it goes on, until it has ended.",
    )
