"""A small institution for tests of the register: a tree, its people, and acts of who holds a role.

1. municipal_department                                   (root)
   district_department                                    (district)
      party_committee, approves probationary members      (committee)
         general_branch                                   (general)
            branch with a Party group                     (branch, group)
            branch                                        (other)
      party_committee                                     (rival)
         branch                                           (far)
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Caller, TenantFacts
from zhibu.forms.identity import check_digit
from zhibu.identifiers import new_id
from zhibu.members import service as members
from zhibu.members.rules import MemberKind, Person
from zhibu.members.service import Entry
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Kind, Unit
from zhibu.parameters.book import Book
from zhibu.parameters.definitions import CORE, Definition, load
from zhibu.plugins import Plugins
from zhibu.policy import Policy, Principal, Switches, default_folder
from zhibu.policy.principal import Assignment
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.tenants.tables import Profile

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
TODAY = NOON.date()
FOUNDED = date(2000, 1, 1)

_TREE = (
    ("root", None, Kind.MUNICIPAL_DEPARTMENT),
    ("district", "root", Kind.DISTRICT_DEPARTMENT),
    ("committee", "district", Kind.PARTY_COMMITTEE),
    ("general", "committee", Kind.GENERAL_BRANCH),
    ("branch", "general", Kind.BRANCH),
    ("group", "branch", Kind.PARTY_GROUP),
    ("other", "general", Kind.BRANCH),
    ("rival", "district", Kind.PARTY_COMMITTEE),
    ("far", "rival", Kind.BRANCH),
)


@dataclass(kw_only=True)
class Statements:
    """The SQL statements sent while an act was open."""

    sent: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sent)


@dataclass(kw_only=True)
class Register:
    """One institution in a fresh home. `units` are the tree above by name, as first founded."""

    homes: Homes
    tenant_id: UUID
    policy: Policy
    keyring: Keyring
    book: Book
    now: datetime = NOON
    units: dict[str, Unit] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    @asynccontextmanager
    async def act(
        self,
        role: str = "committee_secretary",
        at: str = "root",
        *,
        member: Person | None = None,
        path: str | None = None,
    ) -> AsyncIterator[Act]:
        """An act of an account with one role at one unit; it commits when nothing was raised.

        An empty `role` is an account without any.
        """
        place = path or (self.units[at].path if at in self.units else "1.")
        async with self.homes.home(self.tenant_id).act(self.tenant_id) as session:
            yield self.made(session, role, place, member)

    def made(
        self, session: AsyncSession, role: str, path: str, member: Person | None = None
    ) -> Act:
        tenant = TenantFacts(
            id=self.tenant_id,
            code="yunling",
            name="云岭市直机关",
            locale="zh-CN",
            zone=ZoneInfo("Asia/Shanghai"),
        )
        principal = Principal(
            account=new_id().hex,
            member=member.id.hex if member else "",
            assignments=(Assignment(role, path),) if role else (),
            today=self.now.astimezone(tenant.zone).date(),
        )
        return Act(
            session=session,
            tenant=tenant,
            caller=Caller(
                principal=principal,
                account_id=UUID(principal.account),
                member_id=member.id if member else None,
                name="测试",
                via="session",
                factor=True,
                proven_at=self.now,
            ),
            policy=self.policy,
            switches=Switches({}),
            parameters=self.book,
            keyring=self.keyring,
            now=self.now,
            request_id="test",
        )

    def entry(self, unit: str | Unit = "branch", **changes: object) -> Entry:
        """Somebody nobody has entered yet; `changes` are fields of `Entry`."""
        number = next(self._numbers)
        branch = self.units[unit] if isinstance(unit, str) else unit
        values: dict[str, object] = {
            "organization_id": branch.id,
            "name": f"测试{number}",
            "identity_number": identity(number),
            "kind": MemberKind.IN_SERVICE,
            "admitted_on": date(2010, 7, 1),
        }
        return Entry(**{**values, **changes})  # type: ignore[arg-type]

    async def member(self, unit: str | Unit = "branch", **changes: object) -> Person:
        """A full member since 2011-07-01, in the branch since the admission in 2010."""
        async with self.act() as act:
            return await members.register(
                act, self.entry(unit, **changes), full=True, full_on=date(2011, 7, 1)
            )

    async def probationary(self, unit: str | Unit = "branch", **changes: object) -> Person:
        """A probationary member since 2026-01-10."""
        entry = self.entry(unit, **{"admitted_on": date(2026, 1, 10), **changes})
        async with self.act() as act:
            return await members.admit(act, entry, decision="支部党员大会决议")


@cache
def shipped_policy() -> Policy:
    """The policy without any plugin's grants."""
    return Policy.load(default_folder(), Plugins({}))


@cache
def shipped_rules() -> Mapping[str, Definition]:
    """The parameters of the core."""
    return load({"core": CORE})


def empty(homes: Homes, tenant_id: UUID, folder: Path, now: datetime = NOON) -> Register:
    """A register that nobody founded yet, by the shipped policy and rules of the core alone."""
    return Register(
        homes=homes,
        tenant_id=tenant_id,
        policy=shipped_policy(),
        keyring=Keyring.create(folder / "keys"),
        book=Book(shipped_rules()),
        now=now,
    )


def identity(number: int, born: date = date(1980, 3, 7)) -> str:
    """A fictional identity number with a right check digit; odd numbers are men."""
    digits = f"999999{born:%Y%m%d}{number:03d}".replace("999999", "530102")
    return digits + check_digit(digits)


@asynccontextmanager
async def counted(act: Act) -> AsyncIterator[Statements]:
    """The statements that the act sends inside."""
    statements = Statements()
    connection = (await act.session.connection()).sync_connection
    assert connection is not None

    def sent(conn: object, cursor: object, statement: str, *rest: object) -> None:
        statements.sent.append(statement)

    event.listen(connection, "before_cursor_execute", sent)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", sent)


async def founded(register: Register) -> Register:
    """The institution of the module's docstring, standing since 2000-01-01."""
    async with register.homes.home(register.tenant_id).act(register.tenant_id) as session:
        await session.execute(
            insert(Profile).values(
                tenant_id=register.tenant_id, code="yunling", name="云岭市直机关"
            )
        )
    async with register.act(path="1.") as act:
        for name, above, kind in _TREE:
            register.units[name] = await organizations.create(
                act,
                parent_id=register.units[above].id if above else None,
                code=name.upper(),
                name=f"云岭{name}",
                kind=kind,
                approves_probationary=name == "committee",
                founded_on=FOUNDED,
            )
    return register
