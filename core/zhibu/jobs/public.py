"""What the rest of the house may know of jobs."""

from zhibu.jobs.rules import JobFacts, Priority, State

ENQUEUED = "jobs.enqueued"
FINISHED = "jobs.finished"

__all__ = ["ENQUEUED", "FINISHED", "JobFacts", "Priority", "State"]
