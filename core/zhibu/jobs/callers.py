"""Who a job is done for."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from zhibu.accounts import store as accounts
from zhibu.accounts.principals import principal_of
from zhibu.accounts.rules.credentials import live_token
from zhibu.act import Caller, TenantFacts
from zhibu.errors import Unauthenticated
from zhibu.jobs.errors import JobAccountEnded
from zhibu.jobs.rules import JobFacts

if TYPE_CHECKING:
    from zhibu.platform import Platform


async def caller_of_job(platform: "Platform", tenant: TenantFacts, job: JobFacts) -> Caller:
    """The account that asked, with the roles it holds now, cut to its token; or the installation.

    Raises `JobAccountEnded`.
    """
    if job.account_id is None:
        return platform.system(tenant, job.kind)
    return await _asked_by(platform, tenant, job, job.account_id)


async def _asked_by(
    platform: "Platform", tenant: TenantFacts, job: JobFacts, account_id: UUID
) -> Caller:
    now = platform.clock()
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        account = await accounts.accounts.account(session, tenant.id, account_id)
        if account is None or account.disabled_at is not None:
            raise JobAccountEnded()
        token = None
        if job.token_id is not None:
            token = await accounts.tokens.find(session, tenant.id, job.token_id)
            if token is None:
                raise JobAccountEnded()
            try:
                live_token(token, now)
            except Unauthenticated as error:
                raise JobAccountEnded() from error
        today = now.astimezone(tenant.zone).date()
        # Whoever asked was let in then: a password made by others since takes nothing from it.
        account = replace(account, one_time_until=None)
        principal = await principal_of(session, tenant.id, account, today, token=token)
    asked = job.asked
    return Caller(
        principal=principal,
        account_id=account.id,
        member_id=account.member_id,
        name=account.name,
        via="job",
        locale=account.locale,
        credential_id=job.token_id,
        factor=asked.factor if asked else False,
        proven_at=asked.proven_at if asked else None,
        asked_at=asked.at if asked else None,
    )
