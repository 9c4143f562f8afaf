"""The measured world: tenants, trees, members, credits; the same for the same seed and year."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import md5, sha256
from itertools import product
from typing import Any
from uuid import UUID

from bench import statements
from bench.server import Server
from zhibu.accounts.rules.credentials import SESSION
from zhibu.forms.sorting import sort_name
from zhibu.identifiers import label

# Of a thousand organizations: one level below the next; the last level takes what is left.
LEVELS = (
    ("municipal_department", None),
    ("working_committee", 5),
    ("party_committee", 45),
    ("general_branch", 200),
    ("branch", None),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文"
FOUNDED = date(2010, 1, 1)
FIRST_ID = 0x018C_C251_F400  # milliseconds: 2024-01-01


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of everything there is."""

    tenants: int = 5
    organizations: int = 2_000
    members: int = 100_000
    credits: int = 4

    @property
    def words(self) -> str:
        total = self.tenants * self.members
        return (
            f"{self.tenants} tenants, {self.tenants * self.organizations:,} organizations, "
            f"{total:,} members, {total * self.credits:,} credits"
        )


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organization of a tree."""

    id: UUID
    path: str
    kind: str
    parent: "Unit | None"
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A tenant with its tree and the sessions of its two officers."""

    id: UUID
    code: str
    units: tuple[Unit, ...]
    committee: Unit
    top_session: str
    committee_session: str

    def of_kind(self, kind: str) -> list[Unit]:
        return [unit for unit in self.units if unit.kind == kind]


def seeded_id(*what: object, at: int = 0) -> UUID:
    """A UUID of version 7 that is always the same for the same words."""
    digest = md5(":".join(map(str, what)).encode()).hexdigest()
    return UUID(f"{FIRST_ID + at:012x}7{digest[:3]}8{digest[3:18]}")


def member_id(tenant_id: UUID, number: int) -> UUID:
    """The id of the member who was entered as the `number`th of a tenant."""
    return seeded_id("member", f"{tenant_id}{number}", at=number)


def tenants_of(size: Size) -> list[Tenant]:
    return [_tenant(number, size) for number in range(size.tenants)]


def fill(server: Server, database: str, size: Size, year: int) -> None:
    """Write the records of the world into a migrated database, two tenants at a time."""
    tenants = tenants_of(size)

    def load(tenant: Tenant) -> None:
        _load(server, database, tenant, size, year)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(load, tenants))


def _tenant(number: int, size: Size) -> Tenant:
    tenant_id = seeded_id("tenant", number)
    units = _tree(number, size.organizations)
    committees = [unit for unit in units if unit.kind == "party_committee"]
    return Tenant(
        id=tenant_id,
        code=f"bench-{number}",
        units=tuple(units),
        committee=committees[len(committees) // 2],
        top_session=_secret(tenant_id, "top"),
        committee_session=_secret(tenant_id, "committee"),
    )


def _tree(tenant: int, size: int) -> list[Unit]:
    """A tree of five levels, the units of each level spread evenly below those of the last."""
    numbers = [1, *(max(1, size * share // 1000) for _, share in LEVELS if share)]
    numbers.append(size - sum(numbers))
    units: list[Unit] = []
    above: list[Unit | None] = [None]
    for (kind, _), count in zip(LEVELS, numbers, strict=True):
        level: list[Unit] = []
        for place in range(count):
            parent = above[place * len(above) // count]
            number = len(units) + 1
            unit = Unit(
                id=seeded_id("organization", tenant, number, at=number),
                path=(parent.path if parent else "") + label(number) + ".",
                kind=kind,
                parent=parent,
                code=f"{number:05}",
                name=f"第{number}{'党支部' if kind == 'branch' else '党委'}",
            )
            units.append(unit)
            level.append(unit)
        above = list(level)
    return units


def _load(server: Server, database: str, tenant: Tenant, size: Size, year: int) -> None:
    branches = tenant.of_kind("branch")
    values = {
        "tenant": tenant.id,
        "first": FIRST_ID,
        "members": size.members,
        "branches": len(branches),
        "names": len(_names()),
        "credits": size.credits,
        "year": year,
    }
    with server.connect(database) as connection:
        # The rows are right by construction, and the keys are compared by the migrations' tests.
        connection.execute("SET session_replication_role = replica")
        for statement in statements.BEFORE:
            connection.execute(statement.encode())
        _copy(connection, "bench_name", ("n", "name", "sort_name"), _names())
        rows = [(n, unit.id, unit.path) for n, unit in enumerate(branches)]
        _copy(connection, "bench_branch", ("n", "id", "path"), rows)
        _copy(connection, "core_organization", statements.ORGANIZATION, _organizations(tenant))
        _copy(connection, "core_organization_period", statements.PERIOD, _periods(tenant))
        for statement in statements.RECORDS:
            connection.execute(statement.encode(), values)
        _accounts(connection, tenant)


def _copy(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _names() -> list[tuple[int, str, str]]:
    names = [a + b + c for a, b, c in product(SURNAMES, GIVEN[:12], GIVEN[12:])]
    return [(n, name, sort_name(name)) for n, name in enumerate(names)]


def _organizations(tenant: Tenant) -> list[tuple[Any, ...]]:
    return [
        (
            *(tenant.id, u.id, u.parent.id if u.parent else None, u.path, u.code, u.name, u.kind),
            *(u.kind != "branch", FOUNDED, 1),
        )
        for u in tenant.units
    ]


def _periods(tenant: Tenant) -> list[tuple[Any, ...]]:
    return [
        (
            *(tenant.id, seeded_id("period", u.id, at=n), u.id, FOUNDED, u.name, u.kind),
            *(u.parent.id if u.parent else None, u.path, "founded"),
        )
        for n, u in enumerate(tenant.units)
    ]


def _accounts(connection: Any, tenant: Tenant) -> None:
    """Two officers, each with a role and a session, and education switched on for everybody."""
    connection.execute(statements.TENANT, (tenant.id, tenant.code, tenant.code))
    connection.execute(statements.PROFILE, (tenant.id, tenant.code, tenant.code))
    switch = seeded_id("switch", tenant.id)
    root = tenant.units[0]
    connection.execute(statements.SWITCH, (tenant.id, switch, root.id))
    officers = (
        ("municipal_organization_officer", root, tenant.top_session),
        ("committee_officer", tenant.committee, tenant.committee_session),
    )
    for role, unit, secret in officers:
        account = seeded_id("account", tenant.id, role)
        connection.execute(statements.ACCOUNT, (tenant.id, account, role, role))
        assignment = seeded_id("assignment", tenant.id, role)
        connection.execute(
            statements.ASSIGNMENT, (tenant.id, assignment, account, role, unit.id, FOUNDED)
        )
        session, digest = seeded_id("session", secret), sha256(secret.encode()).digest()
        connection.execute(statements.SESSION, (tenant.id, session, account, digest))


def _secret(tenant_id: UUID, officer: str) -> str:
    return f"{SESSION}_{tenant_id.hex}_{sha256(f'{tenant_id}{officer}'.encode()).hexdigest()}"
