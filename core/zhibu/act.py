"""One act: everything a use case may know and do within its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.actions import Action
from zhibu.basis import Basis
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import Forbidden, NotFound, PluginDisabled

if TYPE_CHECKING:  # the platform is made of these modules; an act only carries them
    from zhibu.contributions import Procedure
    from zhibu.parameters.book import Book
    from zhibu.policy import Policy, Principal, Scope, Switches
    from zhibu.storage.attachments import Attachments
    from zhibu.storage.encryption import Keyring


@dataclass(frozen=True, kw_only=True)
class TenantFacts:
    """What a request needs to know of its tenant."""

    id: UUID
    code: str
    name: str
    locale: str
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who asks: an account of the tenant, an overseer from another one, a machine, or the system.

    `account_id` is None for the system and for overseers; `overseer` then says who it is in words
    ("云岭省委组织部 / 李某"). `via` is `session`, `token`, `job`, `oversight`, `operator` (at the
    server's command line) or `system`. `factor` says whether the account has a second one, and
    `proven_at` when this session proved it last; with `factor_due` it may do nothing but enrol. A
    job that a session asked for says at `asked_at` when, and is held to what was proven then.
    """

    principal: "Principal"
    account_id: UUID | None
    member_id: UUID | None
    name: str
    via: str
    locale: str | None = None
    credential_id: UUID | None = None
    overseer: str | None = None
    address: str | None = None
    factor: bool = False
    factor_due: bool = False
    proven_at: datetime | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense: `members.admitted`, `education.credit_verified`.

    `facts` must survive JSON and hold no sensitive value in clear. `path` is the organization it
    happened at, `member_id` the person it is about.
    """

    name: str
    subject: tuple[str, UUID | None]
    path: str | None = None
    member_id: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    basis: Basis | None = None


@dataclass(kw_only=True)
class Act:
    """The transaction of one mutation, import or command. The core commits it at the edge.

    Services receive it as their first argument, ask `require` once at the top, and `record` what
    happened; they never commit and never open a session of their own.
    """

    session: AsyncSession
    tenant: TenantFacts
    caller: Caller
    policy: "Policy"
    switches: "Switches"
    parameters: "Book"
    keyring: "Keyring"
    now: datetime
    request_id: str
    procedures: "Mapping[str, Procedure]" = field(default_factory=dict)
    templates: tuple[Path, ...] = ()  # folders of the institution's own, the nearest first
    address: str | None = None  # where people reach the installation
    contents: "Attachments | None" = None  # what is in the files that were handed in
    events: list[Event] = field(default_factory=list)
    touched: set[UUID] = field(default_factory=set)
    enqueued: bool = False

    @property
    def tenant_id(self) -> UUID:
        return self.tenant.id

    @property
    def today(self) -> date:
        """The calendar date in the tenant's zone: dates of rules are calendar dates."""
        return self.now.astimezone(self.tenant.zone).date()

    def may(self, action: Action, path: str, owner: UUID | None = None) -> bool:
        """Whether the caller may do this at the organization of this path, to this member's own."""
        owned = owner.hex if owner else ""
        return self.policy.may(self.caller.principal, self.switches, action, path, owned)

    def require(
        self, action: Action, path: str, owner: UUID | None = None, *, seen_by: Action | None = None
    ) -> None:
        """Raise unless `may`.

        A plugin that is off at the unit says so (`PluginDisabled`) to whoever sees the unit; what
        the caller may not even see by `seen_by` is `NotFound`, like something absent; anything
        else is `Forbidden`.
        """
        if self.may(action, path, owner):
            return
        hidden = seen_by is not None and not self.may(seen_by, path, owner)
        if not self.switches.enabled(action.plugin, path):
            if hidden and not self.may(ORGANIZATION_READ, path):
                raise NotFound()
            raise PluginDisabled(plugin=action.plugin)
        if hidden:
            raise NotFound()
        raise Forbidden(action=action.name)

    def scope(self, action: Action) -> "Scope":
        """Every place where the caller may do this, as one value that renders itself as SQL."""
        return self.policy.scope(self.caller.principal, self.switches, action)

    def record(self, event: Event) -> None:
        """Put an event into the ledger of this transaction. If it cannot be written, all fails."""
        self.events.append(event)

    def touch(self, *organizations: UUID) -> None:
        """Say that the figures kept of these organizations may have changed."""
        self.touched.update(organizations)
