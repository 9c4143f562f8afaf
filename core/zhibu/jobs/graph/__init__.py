"""Long work in the schema."""

from zhibu.contributions import Graph
from zhibu.jobs.graph.mutations import JobMutation
from zhibu.jobs.graph.queries import JobQuery, signed_in
from zhibu.jobs.graph.subscriptions import JobSubscription
from zhibu.jobs.graph.types import Job, JobPayload, shown

GRAPH = Graph(query=JobQuery, mutation=JobMutation, subscription=JobSubscription)

__all__ = ["GRAPH", "Job", "JobPayload", "shown", "signed_in"]
