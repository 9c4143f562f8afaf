"""What accounts and tenants need of the platform they run in."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhibu.accounts.attempts import Attempts
from zhibu.accounts.credentials import Credentials
from zhibu.accounts.passwords import Passwords
from zhibu.act import Act, Caller, TenantFacts
from zhibu.parameters.book import Book
from zhibu.policy import Policy
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.tenants.directory import Directory


class Edge(Protocol):
    """Where acts begin and commit. What concerns two tenants, or none yet, asks for it."""

    @property
    def homes(self) -> Homes: ...

    @property
    def directory(self) -> Directory: ...

    @property
    def policy(self) -> Policy: ...

    @property
    def keyring(self) -> Keyring: ...

    @property
    def passwords(self) -> Passwords: ...

    @property
    def attempts(self) -> Attempts: ...

    @property
    def credentials(self) -> Credentials: ...

    async def book(self, tenant_id: UUID | None) -> Book:
        """The parameters of a tenant; without one, the national ones."""
        ...

    def act(
        self, tenant: TenantFacts, caller: Caller, *, now: datetime, request_id: str
    ) -> AbstractAsyncContextManager[Act]:
        """One transaction in the tenant's home, with its ledger entries, committed at the end."""
        ...
