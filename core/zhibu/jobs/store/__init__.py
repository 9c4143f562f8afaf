"""Statements of jobs."""

from zhibu.jobs.store import parts
from zhibu.jobs.store.clearing import drop_files, forget, sources_before
from zhibu.jobs.store.looking import census, job, jobs_of, latest, longest_due, troubles
from zhibu.jobs.store.queue import CHANNEL, add, anything_ready, keep, next_ready, save

__all__ = [
    "CHANNEL",
    "add",
    "anything_ready",
    "census",
    "drop_files",
    "forget",
    "job",
    "jobs_of",
    "keep",
    "latest",
    "longest_due",
    "next_ready",
    "parts",
    "save",
    "sources_before",
    "troubles",
]
