"""Asking how far long work is."""

from typing import Any

import strawberry

from zhibu.core_actions import JOB_READ
from zhibu.errors import Unauthenticated
from zhibu.graph.context import Context
from zhibu.identifiers import row_of
from zhibu.jobs import store
from zhibu.jobs.graph.types import Job, shown
from zhibu.jobs.rules import JobFacts
from zhibu.reading import Public, permitted
from zhibu.reading.errors import PageSizeInvalid
from zhibu.reading.paging import MAXIMUM

OWN = Public("one's own work; another's is shown by `core:job:read`")


async def asked_job(info: strawberry.Info, id: strawberry.ID) -> Job | None:
    context = signed_in(info.context)
    row = row_of(id, "Job", path=("id",))
    async with context.home.view(context.tenant_id) as session:
        found = await store.job(session, context.tenant_id, row)
    return shown(context, found) if found and _may_see(context, found) else None


async def _jobs(info: strawberry.Info, first: int = 20) -> list[Job]:
    context = signed_in(info.context)
    if not 1 <= first <= MAXIMUM:
        raise PageSizeInvalid(path=("first",), first=first, maximum=MAXIMUM)
    account = context.caller.account_id
    if account is None:
        return []
    async with context.home.view(context.tenant_id) as session:
        found = await store.jobs_of(session, context.tenant_id, account, first)
    return [shown(context, job) for job in found if _may_see(context, job)]


@strawberry.type
class JobQuery:
    job: Job | None = strawberry.field(
        resolver=asked_job,
        description="一个后台任务。 One piece of long work.",
        metadata=permitted(OWN),
    )
    jobs: list[Job] = strawberry.field(
        resolver=_jobs,
        description="本人提交的后台任务，最新在前。 One's own long work, the latest first.",
        metadata=permitted(OWN),
    )


def signed_in(context: Any) -> Context:
    """The context of a request with a credential. Raises `Unauthenticated`."""
    if not isinstance(context, Context):
        raise Unauthenticated()
    return context


def _may_see(context: Context, job: JobFacts) -> bool:
    if job.account_id is not None and job.account_id == context.caller.account_id:
        token = job.token_id
        return context.caller.via != "token" or token == context.caller.credential_id
    return context.scope(JOB_READ).covers(job.path, "")
