"""Institutions in fresh homes, with the edge that their acts run in: for tests of accounts."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import insert

from zhibu.accounts import store
from zhibu.accounts.service import accounts, roles
from zhibu.act import TenantFacts
from zhibu.forms.identity import check_digit
from zhibu.identifiers import new_id
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.public import Kind
from zhibu.organizations.service.founding import create
from zhibu.organizations.tables import Post
from zhibu.tenants.founding import Root, found
from zhibu.testing.stages import NOON, TODAY, Stage


@dataclass(kw_only=True)
class Institution:
    """A tenant and its organizations by code."""

    tenant: TenantFacts
    stage: Stage
    places: dict[str, UUID] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    async def member(self, place: str, *, left_on: date | None = None) -> UUID:
        """Somebody in this branch, as the register keeps them."""
        home = self.stage.homes.home(self.tenant.id)
        member_id = new_id()
        digits = f"11010119800307{member_id.int % 1000:03d}"
        async with home.act(self.tenant.id) as session:
            await session.execute(
                insert(Member).values(
                    tenant_id=self.tenant.id,
                    id=member_id,
                    organization_id=self.places[place],
                    path=self.paths[place],
                    name="某人",
                    sort_name="mouren",
                    gender="male",
                    birth_date=date(1980, 3, 7),
                    kind="in_service",
                    stage="full",
                    admitted_on=date(2010, 7, 1),
                    left_on=left_on,
                    identity_sealed=b"",
                    identity_index=member_id.bytes,
                    identity_masked=digits[:3] + check_digit(digits),
                    created_at=NOON,
                )
            )
            await session.execute(
                insert(Affiliation).values(
                    tenant_id=self.tenant.id,
                    id=new_id(),
                    member_id=member_id,
                    organization_id=self.places[place],
                    since=date(2010, 7, 1),
                )
            )
        return member_id

    async def post(
        self, member_id: UUID, kind: str, place: str, *, since: date, until: date | None = None
    ) -> None:
        async with self.stage.homes.home(self.tenant.id).act(self.tenant.id) as session:
            await session.execute(
                insert(Post).values(
                    tenant_id=self.tenant.id,
                    id=new_id(),
                    organization_id=self.places[place],
                    member_id=member_id,
                    kind=kind,
                    since=since,
                    until=until,
                )
            )
        self.stage.credentials.changed(self.tenant.id)

    async def account(
        self, login: str, *, member_id: UUID | None = None, role: str = "", at: str = "root"
    ) -> UUID:
        """An account with a password of its own, and perhaps a role from today on."""
        async with self.stage.by(self.tenant, "security") as act:
            opened = await accounts.create(
                act, self.stage.passwords, login=login, name=login, member_id=member_id
            )
        await self.stage.lasting(self.tenant, login)
        if role:
            await self.assign(opened.account.id, role, at)
        return opened.account.id

    async def assign(
        self,
        account_id: UUID,
        role: str,
        at: str = "root",
        *,
        since: date = TODAY,
        until: date | None = None,
    ) -> UUID:
        async with self.stage.by(self.tenant, "security") as act:
            given = await roles.assign(
                act,
                account_id=account_id,
                role=role,
                organization_id=self.places[at],
                since=since,
                until=until,
                reason="任命",
            )
        return given.id


async def institution(stage: Stage, code: str, name: str) -> Institution:
    """Found a small institution whose administrators have lasting passwords."""
    root = Root(code="ROOT", name=f"{name}市委组织部", kind="municipal_department")
    founded = await found(stage, code=code, name=name, now=stage.now, root=root)
    made = Institution(tenant=founded.tenant, stage=stage)
    for administrator in founded.administrators:
        await stage.lasting(founded.tenant, administrator.login)
    async with stage.by_system(founded.tenant, "system_administrator") as act:
        top = await store.roles.root(act.session, act.tenant_id)
        assert top is not None
        made.places["root"], made.paths["root"] = top.id, top.path
        for place, parent, kind in (
            ("committee", "root", Kind.PARTY_COMMITTEE),
            ("general", "committee", Kind.GENERAL_BRANCH),
            ("branch", "general", Kind.BRANCH),
            ("group", "branch", Kind.PARTY_GROUP),
            ("rival", "root", Kind.PARTY_COMMITTEE),
            ("far", "rival", Kind.BRANCH),
        ):
            unit = await create(
                act,
                parent_id=made.places[parent],
                code=place.upper(),
                name=place,
                kind=kind,
            )
            made.places[place], made.paths[place] = unit.id, unit.path
    return made
