"""Every institution: the tree whole, figures as the records say, the ledger whole."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.cli.doctor.administrators import examine_administrators
from zhibu.cli.doctor.exchange import examine_exchange
from zhibu.cli.doctor.finding import Finding, judged
from zhibu.cli.doctor.jobs import examine_jobs
from zhibu.cli.doctor.ledgers import examine_verification
from zhibu.cli.ledger import verify_all
from zhibu.cli.terminal import Terminal
from zhibu.figures import keeping
from zhibu.identifiers import parent_path
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.platform import Platform

Place = tuple[UUID, UUID | None, str]


def examine_institutions(terminal: Terminal) -> list[Finding]:
    async def examined(platform: Platform) -> list[Finding]:
        found: list[Finding] = []
        for entry in await platform.directory.entries():
            async with platform.homes.home(entry.id).view(entry.id) as session:
                places = await _places(session, entry.id)
                found.append(judged("paths", entry.code, path_faults(places)))
                found.append(judged("members", entry.code, await _astray(session, entry.id)))
                wrong = await keeping.differences(session, entry.id, platform.figures)
                words = [f"{each.name}: {each.kept} ≠ {each.counted}" for each in wrong]
                found.append(judged("figures", entry.code, words))
            found.append(await examine_verification(platform, entry))
            found.append(await examine_jobs(platform, entry))
            found.append(await examine_exchange(platform, entry))
            found.append(await examine_administrators(platform, entry))
        for row in await verify_all(platform):
            found.append(judged("ledger", row["tenant"], row["faults"]))
        return found

    return terminal.run(examined)


def path_faults(places: Sequence[Place]) -> Iterator[str]:
    """Where the path is not what going up by `parent_id` gives."""
    paths = {id: path for id, _, path in places}
    seen: dict[str, UUID] = {}
    for id, parent, path in places:
        above = "" if parent is None else paths.get(parent)
        if above is None:
            yield f"{path}: its parent is not there"
        elif parent_path(path) != above:
            yield f"{path}: lies under {above or 'nothing'}"
        if seen.setdefault(path, id) != id:
            yield f"{path}: twice"


async def _places(session: AsyncSession, tenant_id: UUID) -> list[Place]:
    query = select(Organization.id, Organization.parent_id, Organization.path).where(
        Organization.tenant_id == tenant_id
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(query)]


async def _astray(session: AsyncSession, tenant_id: UUID) -> list[str]:
    """Members whose path is not that of their branch."""
    branch: Any = and_(
        Organization.tenant_id == Member.tenant_id, Organization.id == Member.organization_id
    )
    query = (
        select(func.count())
        .select_from(Member)
        .join(Organization, branch)
        .where(Member.tenant_id == tenant_id, Member.path != Organization.path)
    )
    count = (await session.execute(query)).scalar_one()
    return [f"{count}"] if count else []
