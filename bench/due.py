"""The daily sweep of what is due: `python -m bench.due [--rows N] [--on sqlite|postgresql]`.

An institution of so many members, all with an account, and of as many secretaries as branches, is
swept the first time, when everything is new and no database knows how much there is, and then
again, when nothing has changed. Statements that took longest are named.
"""

import argparse
import asyncio
import sys
import time
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bench.importing import Statements, imported, in_turn, installation
from zhibu.accounts.tables import Account, RoleAssignment
from zhibu.due.service.sweeping import sweep
from zhibu.identifiers import new_id
from zhibu.members.sheets import MEMBERS
from zhibu.members.tables import Member
from zhibu.organizations.rules import Kind
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.organizations.tables import Organization
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes.patience import patiently
from zhibu.testing.house import running

FOUNDED = date(2000, 1, 1)


async def appoint(session: AsyncSession, tenant_id: UUID, now: object) -> None:
    """An account for every member, and a secretary for every branch."""
    member, unit = Member.__table__, Organization.__table__
    people = (
        await session.execute(select(member.c.id).where(member.c.tenant_id == tenant_id))
    ).all()
    branches = select(unit.c.id).where(unit.c.tenant_id == tenant_id, unit.c.kind == Kind.BRANCH)
    accounts = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "login": f"m{n}",
            "name": "党员",
            "member_id": each,
        }
        for n, (each,) in enumerate(people)
    ]
    secretaries = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "login": f"s{n}",
            "name": "书记",
            "member_id": None,
        }
        for n, _ in enumerate((await session.execute(branches)).all())
    ]
    roles = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "account_id": account["id"],
            "role": "branch_secretary",
            "organization_id": branch,
            "since": FOUNDED,
        }
        for account, (branch,) in zip(
            secretaries, (await session.execute(branches)).all(), strict=True
        )
    ]
    every = [each | {"created_at": now} for each in (*accounts, *secretaries)]
    await session.execute(insert(Account.__table__), every)
    await session.execute(insert(RoleAssignment.__table__), roles)


async def measure(settings: Settings, folder: Path) -> None:
    async with running(settings, discover()) as house:
        institution = await house.found()
        platform, tenant, statements = house.platform, institution.tenant, Statements()
        home = platform.homes.home(tenant.id)
        print(home.name, flush=True)
        for sheet in (ORGANIZATIONS.name, MEMBERS.name):
            await imported(institution, sheet, folder / f"{sheet}.xlsx", statements)
        async with home.act(tenant.id) as session:
            await appoint(session, tenant.id, house.now)
        house.now = house.now.replace(month=12)  # nobody has the year's hours
        for turn in ("first", "again"):
            statements.forget()
            begun, busy = time.perf_counter(), time.process_time()
            changed = await sweep(
                platform, lambda: platform.act(tenant, platform.system(tenant, "due"))
            )
            taken, busy = time.perf_counter() - begun, time.process_time() - busy
            print(f"  {turn}: {taken:.1f} s, {busy:.1f} s processor, {dict(+changed)}")
            slow = sorted(statements.seconds.items(), key=lambda each: -each[1])[:5]
            print("    " + ", ".join(f"{n} {statements.counts[n]}x {s:.1f}s" for n, s in slow))


def _run(database: str, given: argparse.Namespace) -> None:
    with installation(database, given.folder / database) as settings, patiently():
        asyncio.run(measure(settings, given.folder))


if __name__ == "__main__":
    in_turn("bench.due", __doc__, sys.argv[1:], _run)
