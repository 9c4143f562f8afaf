"""What taking in and giving out workbooks needs of the running platform."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhibu.act import Act, Caller, TenantFacts
from zhibu.actions import Action
from zhibu.contributions import Sheet
from zhibu.errors import Forbidden, PluginDisabled
from zhibu.policy import Policy, Switches
from zhibu.texts import Texts


class Snapshot(Protocol):
    @property
    def switches(self) -> Switches: ...


class Workplace(Protocol):
    """The platform, as far as workbooks are concerned."""

    @property
    def policy(self) -> Policy: ...

    @property
    def texts(self) -> Texts: ...

    @property
    def sheets(self) -> Mapping[str, Sheet]: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...

    async def snapshot(self, tenant_id: UUID) -> Snapshot: ...

    def act(
        self,
        tenant: TenantFacts,
        caller: Caller,
        *,
        now: datetime | None = None,
        request_id: str | None = None,
    ) -> AbstractAsyncContextManager[Act]: ...


async def require_somewhere(
    workplace: Workplace, tenant: TenantFacts, caller: Caller, action: Action
) -> str | None:
    """The nearest place above everything where the caller may do this, None for the own only.

    Raises `PluginDisabled` and `Forbidden`; what a row needs is asked again for every row.
    """
    switches = (await workplace.snapshot(tenant.id)).switches
    scope = workplace.policy.scope(caller.principal, switches, action)
    if scope.nothing:
        if not switches.anywhere(action.plugin):
            raise PluginDisabled(plugin=action.plugin)
        raise Forbidden(action=action.name)
    return _above([path for path, mark in scope.anyone.marks.items() if any(mark)])


def _above(paths: list[str]) -> str | None:
    """The longest path that all of these begin with."""
    if not paths:
        return None
    shared = []
    for labels in zip(*(path.split(".")[:-1] for path in paths), strict=False):
        if len(set(labels)) > 1:
            break
        shared.append(labels[0])
    return "".join(f"{label}." for label in shared) or None
