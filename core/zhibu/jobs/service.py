"""Asking for long work, and asking for it again after a crash."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import require_proof
from zhibu.act import Act, Event
from zhibu.core_actions import JOB_READ
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.jobs import errors, store
from zhibu.jobs.public import ENQUEUED
from zhibu.jobs.rules import ASKED, DEAD, Asked, JobFacts, State
from zhibu.jobs.work import Work


async def enqueue(
    act: Act,
    work: Work,
    arguments: Mapping[str, Any],
    path: str,
    *,
    source_id: UUID | None = None,
    key: str | None = None,
    not_before: datetime | None = None,
    as_system: bool = False,
) -> UUID:
    """Put work in the line; it begins once this act is committed, or is forgotten with it.

    It runs as the caller's account, within its token if it came with one, and asks the policy again
    when it runs, and shows no more than the session had proven; whoever enqueues has asked whether
    the caller may have it done. `as_system` it
    runs as the installation itself, which holds no role, and the ledger keeps no line of it.
    `arguments` must survive JSON. While a job with this `key` waits or runs there is no second one:
    the id is then that one's.
    """
    caller = act.caller
    if caller.account_id is None and not as_system:
        raise errors.JobNeedsAccount()
    by_token = caller.via in ("token", "job") and not as_system
    asked = None if as_system else _asked(act)
    job = JobFacts(
        id=new_id(),
        kind=work.kind,
        state=State.WAITING,
        account_id=None if as_system else caller.account_id,
        token_id=caller.credential_id if by_token else None,
        path=path,
        arguments={**arguments, ASKED: asked.plain()} if asked else arguments,
        source_id=source_id,
        created_at=act.now,
        priority=work.priority,
        key=key,
        not_before=not_before,
    )
    id = await store.add(act.session, act.tenant_id, job)
    act.enqueued = True
    if id == job.id and not as_system:
        act.record(Event(name=ENQUEUED, subject=("Job", id), path=path, facts={"kind": work.kind}))
    return id


async def again(act: Act, works: Mapping[str, Work], id: UUID) -> UUID:
    """The same work once more, for its own account, after all attempts at it have ended badly.

    Raises `NotFound`, `JobNotRepeatable`, `JobKindUnknown` where nobody does it any more, and what
    the session must prove anew.
    """
    job = await job_of(act, id)
    if job.account_id is None or job.account_id != act.caller.account_id:
        raise NotFound()
    if act.caller.via == "token" and job.token_id != act.caller.credential_id:
        raise NotFound()
    if job.state not in DEAD:
        raise errors.JobNotRepeatable(path=("job",), state=job.state)
    if job.kind not in works:
        raise errors.JobKindUnknown(path=("job",), kind=job.kind)
    work = works[job.kind]
    if work.proof is not None:
        require_proof(act, work.proof, job.path)
    arguments = {name: value for name, value in job.arguments.items() if name != ASKED}
    return await enqueue(act, work, arguments, job.path, source_id=job.source_id)


def _asked(act: Act) -> Asked | None:
    """What the session has proven that asks now, or the one whose job asks for another."""
    caller = act.caller
    if caller.via != "session" and caller.asked_at is None:
        return None
    at = caller.asked_at or act.now
    return Asked(at=at, factor=caller.factor, proven_at=caller.proven_at)


async def job_of(act: Act, id: UUID) -> JobFacts:
    """A job of the caller's own, or where the caller may see jobs. Raises `NotFound`."""
    job = await store.job(act.session, act.tenant_id, id)
    if job is None:
        raise NotFound()
    own = job.account_id is not None and job.account_id == act.caller.account_id
    if not own and not act.may(JOB_READ, job.path):
        raise NotFound()
    return job
