"""What the runner needs of the platform: its tenants, and who a job is done for."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from zhibu.accounts import store as accounts
from zhibu.accounts.principals import principal_of
from zhibu.accounts.rules.credentials import live_token
from zhibu.act import Act, Caller, TenantFacts
from zhibu.errors import Unauthenticated, Unavailable
from zhibu.jobs.errors import JobAccountEnded
from zhibu.jobs.rules import JobFacts
from zhibu.storage.homes import Homes
from zhibu.tenants.directory import Directory, facts_of
from zhibu.tenants.errors import TenantUnknown
from zhibu.tenants.rules import ACTIVE
from zhibu.texts import Texts

logger = logging.getLogger("zhibu.jobs")


class Workplace(Protocol):
    """The platform, as far as jobs are concerned."""

    @property
    def homes(self) -> Homes: ...

    @property
    def directory(self) -> Directory: ...

    @property
    def texts(self) -> Texts: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...

    def act(
        self,
        tenant: TenantFacts,
        caller: Caller,
        *,
        now: datetime | None = None,
        request_id: str | None = None,
    ) -> AbstractAsyncContextManager[Act]: ...


async def tenants_of(workplace: Workplace) -> list[TenantFacts]:
    """Every active tenant whose home can be reached now; one that is away keeps none waiting."""
    found = []
    for entry in await workplace.directory.entries():
        if entry.state != ACTIVE:
            continue
        try:
            found.append(await facts_of(workplace.homes, entry))
        except (Unavailable, TenantUnknown) as error:
            logger.warning("jobs of %s wait: %s", entry.code, error)
    return found


async def caller_of_job(workplace: Workplace, tenant: TenantFacts, job: JobFacts) -> Caller:
    """The account that asked, with the roles it holds now, cut to its token.

    Raises `JobAccountEnded`.
    """
    now = workplace.clock()
    async with workplace.homes.home(tenant.id).view(tenant.id) as session:
        account = await accounts.accounts.account(session, tenant.id, job.account_id)
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
        principal = await principal_of(session, tenant.id, account, today, token=token)
    return Caller(
        principal=principal,
        account_id=account.id,
        member_id=account.member_id,
        name=account.name,
        via="job",
        locale=account.locale,
        credential_id=job.token_id,
    )
