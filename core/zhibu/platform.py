"""The running platform: what is built once at start, and the edge at which every act commits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Self
from uuid import UUID

from zhibu.accounts.attempts import Attempts
from zhibu.accounts.credentials import Credentials
from zhibu.accounts.passwords import Passwords
from zhibu.accounts.principals import system_caller
from zhibu.accounts.providers.known import Providers
from zhibu.accounts.proving import as_proven
from zhibu.act import Act, Caller, TenantFacts
from zhibu.acting import act_of
from zhibu.changes import Changes
from zhibu.declared import Declared, parts_of
from zhibu.due.sending import Post
from zhibu.due.workdays import Workdays
from zhibu.events import ledger, listening
from zhibu.events.anchors import Anchors
from zhibu.figures import keeping
from zhibu.graph.admission import VISITORS, Door
from zhibu.graph.answering import Answering, Answerings
from zhibu.graph.context import Context, Visit
from zhibu.graph.rates import Rates
from zhibu.graph.streaming import Streams
from zhibu.graph.trusted import Trusted
from zhibu.jobs.running import Runner
from zhibu.logs.about import current, traced
from zhibu.mail import Mail, SmtpMail
from zhibu.parameters.book import Book
from zhibu.pdf import Press
from zhibu.plugins import Plugins, discover
from zhibu.policy.changing import may_change_rights
from zhibu.settings import Settings
from zhibu.snapshots import Snapshot, Snapshots
from zhibu.storage import written
from zhibu.storage.attachments import Attachments, Scanner
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.tenants.directory import Directory, facts_of
from zhibu.word import Templates


class Platform:
    """One process of an installation. Build it with `open`, end it with `close`."""

    def __init__(self, settings: Settings, declared: Declared, keyring: Keyring) -> None:
        self.settings = settings
        self.keyring = keyring
        self.plugins = declared.plugins
        self.policy = declared.policy
        self.definitions = declared.definitions
        self.procedures = declared.procedures
        self.texts = declared.texts
        self.figures = declared.figures
        self.due = declared.due
        self.sheets = declared.sheets
        self.exchanges = declared.exchanges
        self.verifiables = declared.verifiables
        self.homes = Homes(settings)
        self.directory = Directory(self.homes)
        self.homes.placement = self.directory.placement
        self.passwords = Passwords.of(settings)
        self.press = Press(settings.font_folders)
        self.templates = Templates.load(settings.templates)
        self.attempts = Attempts(self.homes, keyring.secret("attempts"))
        self.credentials = Credentials(self.homes, self.directory)
        self.providers = Providers(settings.providers, settings.address)
        self.attachments = Attachments(settings.data, keyring, Scanner(settings.scanner))
        self.mail: Mail = SmtpMail(settings)
        self.anchors = Anchors(settings)
        self.post = Post(settings, self)
        self.workdays = Workdays.load(settings.holidays)
        self.snapshots = Snapshots(self.homes, self.definitions, self.plugins.names)
        self.cursors = keyring.secret("cursors")
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.changes = Changes(self.homes)
        self.streams = Streams()
        self.rates = Rates(settings)
        self.trusted = Trusted(settings)
        self.door = Door(settings.at_once)
        self.visitors = Door(min(settings.at_once, VISITORS))
        self.jobs = Runner(self, declared.works, declared.schedules)
        self._listeners = declared.listeners
        self._leaving: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, settings: Settings, plugins: Plugins | None = None) -> Self:
        """Build the platform; its databases must have been migrated (`zhibu init`, `migrate`)."""
        if not settings.keys.exists():
            Keyring.create(settings.keys)
        declared = Declared.of(settings, plugins or discover(settings.plugins))
        platform = cls(settings, declared, Keyring.load(settings.keys))
        await platform.directory.entries()
        return platform

    @cached_property
    def answerings(self) -> Answerings:
        """The schemas of what is on, each composed when first asked for."""
        return Answerings(parts_of(self.plugins), secret=self.cursors)

    @property
    def leaving(self) -> bool:
        return self._leaving is not None

    async def leave(self) -> None:
        """End streams at once and long work soon: the process is to end."""
        if self._leaving is None:
            self._leaving = asyncio.create_task(self._leave())
        await asyncio.shield(self._leaving)

    async def _leave(self) -> None:
        self.streams.leaving = True
        self.changes.wake()
        await self.jobs.stop()

    async def close(self) -> None:
        await self.changes.close()
        await self.post.close()
        await self.credentials.settle()
        await self.snapshots.settle()
        self.passwords.close()
        self.press.close()
        await self.homes.close()

    @asynccontextmanager
    async def looking(self, tenant: TenantFacts, caller: Caller) -> AsyncIterator[Act]:
        """An act that only reads: it holds nobody up, and nothing that it says is kept."""
        async with self.homes.home(tenant.id).view(tenant.id) as session:
            yield act_of(self, await self.snapshot(tenant.id), session, tenant, caller)

    @asynccontextmanager
    async def act(
        self,
        tenant: TenantFacts,
        caller: Caller,
        *,
        now: datetime | None = None,
        request_id: str | None = None,
    ) -> AsyncIterator[Act]:
        """One transaction. At its end listeners hear, figures and ledger follow, all commits.

        An exception leaves nothing written.
        """
        async with traced("act"), self.homes.home(tenant.id).act(tenant.id) as session:
            snapshot = await self.snapshot(tenant.id)
            act = act_of(self, snapshot, session, tenant, caller, now=now, request_id=request_id)
            yield act
            await listening.hear(act, self._listeners)
            if act.touched:
                tables = written.tables(session)
                await keeping.refresh(session, tenant.id, act.touched, self.figures, tables=tables)
            await ledger.append(act)
            names = {event.name for event in act.events}
            rights = may_change_rights(names)
            if rights:  # whoever waits for this act goes on before anything below is reached
                self.changed(tenant.id)
        if act.enqueued:
            self.jobs.wake(tenant.id)
        if rights:  # what was remembered since is from before
            self.changed(tenant.id)
        if names:
            self.changes.committed(tenant.id, names)

    def changed(self, tenant_id: UUID) -> None:
        """Something was committed in this tenant: ask its database again."""
        self.snapshots.forget(tenant_id)
        self.credentials.changed(tenant_id)

    async def snapshot(self, tenant_id: UUID) -> Snapshot:
        """The tenant's switches and parameters, at most two seconds old."""
        return await self.snapshots.of(tenant_id)

    async def book(self, tenant_id: UUID | None) -> Book:
        """The parameters of a tenant; without one, the national ones."""
        if tenant_id is None:
            return Book(self.definitions)
        return (await self.snapshot(tenant_id)).parameters

    async def tenant(self, code: str) -> TenantFacts:
        """The tenant of this code. Raises `TenantUnknown` or `TenantSuspended`."""
        return await facts_of(self.homes, await self.directory.by_code(code))

    def system(self, tenant: TenantFacts, name: str = "system") -> Caller:
        """The caller of what no account asked for; it holds no role."""
        return system_caller(self.clock().astimezone(tenant.zone).date(), name)

    async def context(self, credential: str, visit: Visit, *, used: bool = True) -> Context:
        """What a signed-in request carries. Raises `Unauthenticated` or `Unavailable`.

        Not `used`, a session is only looked at: a page left open must not keep it from ending.
        """
        signed = await self.credentials.authenticate(
            credential, visit.now, visit.address, used=used
        )
        if (about := current()) is not None:
            about.tenant, about.account = signed.tenant.code, signed.caller.account_id
        snapshots = self.snapshots
        snapshot = snapshots.fresh(signed.tenant.id) or await snapshots.of(signed.tenant.id)
        today = visit.now.astimezone(signed.tenant.zone).date()
        return Context(
            platform=self,
            tenant=signed.tenant,
            caller=as_proven(signed.caller, snapshot.parameters, today),
            switches=snapshot.switches,
            parameters=snapshot.parameters,
            enabled=snapshot.enabled,
            home=self.homes.home(signed.tenant.id),
            now=visit.now,
            request_id=visit.request_id,
            locale=visit.wanted or signed.caller.locale or signed.tenant.locale,
            agent=visit.agent,
            again=lambda renewed: self.context(renewed or credential, visit, used=used),
        )

    def answering(self, speaker: Context | Visit) -> Answering:
        """The schema of the tenant's plugins; of none for whoever is not signed in."""
        if isinstance(speaker, Context):
            return self.answerings.of(speaker.enabled, speaker.home.dialect)
        return self.answerings.of(frozenset(), self.homes.default.dialect)
