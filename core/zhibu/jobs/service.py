"""Asking for long work, and asking for it again after a crash."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import JOB_READ
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.jobs import errors, store
from zhibu.jobs.public import ENQUEUED
from zhibu.jobs.rules import JobFacts, State


async def enqueue(
    act: Act,
    kind: str,
    arguments: Mapping[str, Any],
    path: str,
    *,
    source_id: UUID | None = None,
    known: Collection[str] | None = None,
) -> UUID:
    """Put work of a kind in the line; it begins once this act is committed.

    The work runs as the caller's account, within its token if it came with one, and asks the policy
    again when it runs. Whoever enqueues has asked whether the caller may have it done. `arguments`
    must survive JSON.
    """
    if known is not None and kind not in known:
        raise errors.JobKindUnknown(path=("kind",), kind=kind)
    if act.caller.account_id is None:
        raise errors.JobNeedsAccount()
    job = JobFacts(
        id=new_id(),
        kind=kind,
        state=State.WAITING,
        account_id=act.caller.account_id,
        token_id=act.caller.credential_id if act.caller.via == "token" else None,
        path=path,
        arguments=arguments,
        done=0,
        total=None,
        outcome=None,
        source_id=source_id,
        result_id=None,
        created_at=act.now,
        started_at=None,
        finished_at=None,
    )
    await store.add(act.session, act.tenant_id, job)
    act.record(Event(name=ENQUEUED, subject=("Job", job.id), path=path, facts={"kind": kind}))
    return job.id


async def again(act: Act, id: UUID) -> UUID:
    """The same work once more, for its own account, after it was interrupted."""
    job = await job_of(act, id)
    if job.account_id != act.caller.account_id:
        raise NotFound()
    if job.state is not State.INTERRUPTED:
        raise errors.JobNotInterrupted(path=("id",), state=str(job.state))
    return await enqueue(act, job.kind, job.arguments, job.path, source_id=job.source_id)


async def job_of(act: Act, id: UUID) -> JobFacts:
    """A job of the caller's own, or where the caller may see jobs. Raises `NotFound`."""
    job = await store.job(act.session, act.tenant_id, id)
    if job is None:
        raise NotFound()
    if job.account_id != act.caller.account_id and not act.may(JOB_READ, job.path):
        raise NotFound()
    return job
