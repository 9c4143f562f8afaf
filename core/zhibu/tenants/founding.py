"""Founding an institution: directory, home, profile, root and the first three administrators."""

from dataclasses import dataclass
from datetime import datetime

from zhibu.accounts import store as account_store
from zhibu.accounts.edge import Edge
from zhibu.accounts.principals import system_caller
from zhibu.accounts.rules.roles import Place
from zhibu.accounts.service.accounts import open_account
from zhibu.accounts.service.roles import assign_at
from zhibu.act import Act, TenantFacts
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Kind
from zhibu.organizations.service.founding import create as create_organization
from zhibu.tenants import store
from zhibu.tenants.directory import facts_of
from zhibu.tenants.errors import TenantSuspended
from zhibu.tenants.rules import (
    ACTIVE,
    FOUNDING,
    SUSPENDED,
    ProfileFacts,
    TenantEntry,
    founding_faults,
    root_faults,
)

# Three people: each watches the other two (§4: no account may hold two of them).
ADMINISTRATORS = (
    ("system", "系统管理员", "system_administrator"),
    ("security", "安全管理员", "security_administrator"),
    ("audit", "审计管理员", "audit_administrator"),
)


@dataclass(frozen=True, kw_only=True)
class Root:
    """The organization at the top of the tree; `kind` is one of the kinds of organizations."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Administrator:
    """A first account. The one-time password is shown here and kept nowhere."""

    login: str
    name: str
    role: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Founded:
    """The institution, whether nothing was left to do, and whoever was given an account now."""

    entry: TenantEntry
    tenant: TenantFacts
    existed: bool
    administrators: tuple[Administrator, ...]


async def found(
    edge: Edge,
    *,
    code: str,
    name: str,
    now: datetime,
    locale: str = "zh-CN",
    zone: str = "Asia/Shanghai",
    rule_pack: str | None = None,
    home: str | None = None,
    root: Root | None = None,
    request_id: str = "founding",
) -> Founded:
    """Found an institution, or complete what an interrupted founding left open.

    The administrators are given their roles at the root, so they come with it: by `root` here, or
    by calling again once the organizations were imported. Raises `Refused` and `TenantSuspended`.
    """
    kinds = [kind.value for kind in Kind]
    refuse(
        [
            *founding_faults(code=code, name=name, locale=locale, zone=zone),
            *root_faults(root.kind if root else None, kinds),
        ]
    )
    profile = ProfileFacts(code=code, name=name, locale=locale, zone=zone, rule_pack=rule_pack)
    entry, fresh = await _entered(edge, profile, home, now)
    tenant = await facts_of(edge.homes, entry)
    founder = system_caller(now.astimezone(tenant.zone).date(), "founding", "system_administrator")
    async with edge.act(tenant, founder, now=now, request_id=request_id) as act:
        place, planted = await _rooted(act, root)
        administrators = await _administrators(act, edge, place) if place else ()
    edge.credentials.changed(entry.id)
    done = not (fresh or planted or administrators)
    return Founded(entry=entry, tenant=tenant, existed=done, administrators=administrators)


async def suspend(edge: Edge, code: str, *, suspended: bool = True) -> TenantEntry:
    """Let nobody enter an institution, or everybody again; its records stay as they are."""
    async with edge.homes.control() as control:
        entry = await store.entry_by_code(control, code)
        if entry is not None:
            await store.set_state(control, entry.id, SUSPENDED if suspended else ACTIVE)
    if entry is None:
        return await edge.directory.by_code(code)  # says that there is none
    edge.directory.forget(entry)
    edge.credentials.changed(entry.id)
    return entry


async def _entered(
    edge: Edge, profile: ProfileFacts, home: str | None, now: datetime
) -> tuple[TenantEntry, bool]:
    """The directory's entry and whether there was none; home and profile exist afterwards."""
    wanted = TenantEntry(
        id=new_id(), code=profile.code, name=profile.name, home=home, state=FOUNDING
    )
    async with edge.homes.control() as control:
        await store.enter_directory(control, wanted, now)
        entry = await store.entry_by_code(control, profile.code)
    assert entry is not None
    if entry.state == SUSPENDED:
        raise TenantSuspended(tenant=entry.code)
    edge.directory.remember(entry)
    if entry.state == FOUNDING:
        tenant_home = edge.homes.home(entry.id)
        await tenant_home.create(entry.id)
        async with tenant_home.act(entry.id) as session:
            if await store.profile(session, entry.id) is None:
                await store.add_profile(session, entry.id, profile)
        async with edge.homes.control() as control:
            await store.set_state(control, entry.id, ACTIVE)
            entry = await store.entry(control, entry.id)
        assert entry is not None
        edge.directory.remember(entry)
    return entry, entry.id == wanted.id


async def _rooted(act: Act, root: Root | None) -> tuple[Place | None, bool]:
    """The top of the tree, if there is one by now, and whether it was planted just now."""
    place = await account_store.roles.root(act.session, act.tenant_id)
    if place is not None or root is None:
        return place, False
    await create_organization(
        act, parent_id=None, code=root.code, name=root.name, kind=Kind(root.kind)
    )
    return await account_store.roles.root(act.session, act.tenant_id), True


async def _administrators(act: Act, edge: Edge, place: Place) -> tuple[Administrator, ...]:
    found = []
    for login, name, role in ADMINISTRATORS:
        if await account_store.accounts.by_login(act.session, act.tenant_id, login):
            continue
        opened = await open_account(act, edge.passwords, login=login, name=name)
        await assign_at(
            act,
            opened.account,
            place,
            role=role,
            since=act.today,
            until=None,
            reason="founding of the institution",
        )
        found.append(Administrator(login=login, name=name, role=role, password=opened.password))
    return tuple(found)
