"""Appraisals, who is on their lists, what was said, and votes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu.storage.upsert import insert_or
from zhibu.storage.violations import unique_violation
from zhibu_organization_life.errors import DoneMeanwhile
from zhibu_organization_life.rules.appraisals import Appraisal, Stand
from zhibu_organization_life.rules.grades import Grade, GradeGround, Result, Tally
from zhibu_organization_life.store.meetings import meeting_of
from zhibu_organization_life.tables import Appraisal as Row
from zhibu_organization_life.tables import Ballot, Remark
from zhibu_organization_life.tables import Result as ResultRow

RESULT: Any = ResultRow.__table__
REMARK: Any = Remark.__table__
BALLOT: Any = Ballot.__table__
VOTES = ("excellent", "qualified", "basically_qualified", "unqualified")


async def appraisal_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> Appraisal | None:
    """One appraisal and its meeting, both held until the act is over."""
    row = await session.scalar(
        select(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    meeting = await meeting_of(session, tenant_id, row.meeting_id, hold=True)
    assert meeting is not None, "an appraisal has a meeting"
    return Appraisal(
        id=row.id, year=row.year, stand=Stand(row.state), meeting=meeting, places=row.places
    )


async def stands_of(
    session: AsyncSession, tenant_id: UUID, organization_id: UUID, year: int
) -> list[Stand]:
    """Where every appraisal of a unit and a year stands, cancelled ones too."""
    rows = await session.scalars(
        select(Row.state).where(
            Row.tenant_id == tenant_id, Row.organization_id == organization_id, Row.year == year
        )
    )
    return [Stand(state) for state in rows]


async def at_meeting(session: AsyncSession, tenant_id: UUID, meeting_id: UUID) -> Any | None:
    """Id and year of the appraisal held at a meeting, unless it was cancelled."""
    rows = await session.execute(
        select(Row.id, Row.year, Row.state).where(
            Row.tenant_id == tenant_id,
            Row.meeting_id == meeting_id,
            Row.state != Stand.CANCELLED,
        )
    )
    return rows.first()


async def add(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Insert an appraisal. Raises `DoneMeanwhile` where somebody opened the same one."""
    try:
        await session.execute(insert(Row), [{"tenant_id": tenant_id, **row}])
    except IntegrityError as error:
        if unique_violation(error) is None:
            raise
        raise DoneMeanwhile(path=("year",)) from error


async def change(session: AsyncSession, tenant_id: UUID, id: UUID, **values: Any) -> None:
    """Set columns of an appraisal."""
    await session.execute(
        update(Row)
        .where(Row.tenant_id == tenant_id, Row.id == id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def roll_of(session: AsyncSession, tenant_id: UUID, id: UUID) -> dict[UUID, Result]:
    """Everybody on the list of an appraisal, as he stands in it."""
    rows = await session.scalars(
        select(ResultRow)
        .where(ResultRow.tenant_id == tenant_id, ResultRow.appraisal_id == id)
        .order_by(ResultRow.id)
        .execution_options(populate_existing=True)
    )
    return {row.member_id: _result(row) for row in rows}


async def enlist(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Put members on a list, or say anew whether they are to be graded."""
    if not rows:
        return
    statement = insert_or(session, RESULT)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "appraisal_id", "member_id"],
            set_={"graded": statement.excluded.graded},
        ),
        [{"tenant_id": tenant_id, **row} for row in rows],
    )


async def spoken_of(
    session: AsyncSession, tenant_id: UUID, id: UUID, members: Collection[UUID]
) -> set[UUID]:
    """Of which of these members somebody said something."""
    rows = await session.scalars(
        select(Remark.member_id).where(
            Remark.tenant_id == tenant_id,
            Remark.appraisal_id == id,
            among(Remark.member_id, "members"),
        ),
        {"members": sorted(set(members))},
    )
    return set(rows)


async def strike(
    session: AsyncSession, tenant_id: UUID, id: UUID, members: Collection[UUID]
) -> None:
    """Take members off a list of whom nothing was said."""
    await session.execute(
        delete(RESULT).where(
            RESULT.c.tenant_id == tenant_id,
            RESULT.c.appraisal_id == id,
            among(RESULT.c.member_id, "members"),
        ),
        {"members": sorted(set(members))},
    )


async def change_results(
    session: AsyncSession, tenant_id: UUID, id: UUID, changes: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """Set columns of members' rows, the same ones of everybody."""
    if not changes:
        return
    columns = next(iter(changes.values()))
    await session.execute(
        update(RESULT)
        .where(
            RESULT.c.tenant_id == tenant_id,
            RESULT.c.appraisal_id == id,
            RESULT.c.member_id == bindparam("whose"),
        )
        .values({name: bindparam(f"new_{name}") for name in columns}),
        [
            {"whose": member_id, **{f"new_{name}": value for name, value in values.items()}}
            for member_id, values in changes.items()
        ],
    )


async def forget_votes(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Nobody has voted, nothing was counted, nothing decided."""
    await session.execute(
        delete(BALLOT).where(BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id)
    )
    decided = ("suggested", "grade", "ground", "basis", "opinion", "reason")
    names = (*VOTES, *decided, "decided_by", "decided_at")
    await session.execute(
        update(RESULT)
        .where(RESULT.c.tenant_id == tenant_id, RESULT.c.appraisal_id == id)
        .values(dict.fromkeys(names))
    )


async def remark(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Write what one member says of another, over what he said before."""
    statement = insert_or(session, REMARK)
    written = ("text", "recorded_by", "recorded_at")
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "appraisal_id", "member_id", "author_id"],
            set_={name: statement.excluded[name] for name in written},
        ),
        [{"tenant_id": tenant_id, **row}],
    )


async def cast(session: AsyncSession, tenant_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Keep that these voted; whoever calls holds the appraisal and knows that none had."""
    if rows:
        await session.execute(insert(BALLOT), [{"tenant_id": tenant_id, **row} for row in rows])


async def ballots(
    session: AsyncSession, tenant_id: UUID, id: UUID
) -> list[tuple[UUID, UUID, bytes | None]]:
    """Every ballot: its id, whose it is, and how, sealed."""
    rows = await session.execute(
        select(BALLOT.c.id, BALLOT.c.member_id, BALLOT.c.sealed).where(
            BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id
        )
    )
    return [(row.id, row.member_id, row.sealed) for row in rows]


async def erase(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    """Forget how everybody voted; the appraisal knows how many."""
    await session.execute(
        update(BALLOT)
        .where(BALLOT.c.tenant_id == tenant_id, BALLOT.c.appraisal_id == id)
        .values(sealed=None)
    )


async def published_of(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], year: int
) -> Sequence[Any]:
    """What was published of these members for a year, the latest last."""
    rows = await session.execute(
        select(
            ResultRow.appraisal_id,
            ResultRow.member_id,
            ResultRow.grade,
            ResultRow.ground,
            ResultRow.reason,
        )
        .join(Row, (Row.tenant_id == ResultRow.tenant_id) & (Row.id == ResultRow.appraisal_id))
        .where(
            ResultRow.tenant_id == tenant_id,
            among(ResultRow.member_id, "members"),
            ResultRow.ground.is_not(None),
            Row.year == year,
            Row.state == Stand.PUBLISHED,
        )
        .order_by(Row.published_on, ResultRow.id),
        {"members": sorted(set(members))},
    )
    return rows.all()


async def grades_below(
    session: AsyncSession, tenant_id: UUID, path: str, year: int
) -> Sequence[Any]:
    """What was published of a year at or below a path, by branch and name."""
    where = [Row.tenant_id == tenant_id, Row.year == year, Row.state == Stand.PUBLISHED]
    if path:
        where += [Organization.path >= path, Organization.path < path[:-1] + "/"]
    rows = await session.execute(
        select(
            Row.organization_id,
            Row.year,
            Organization.path,
            ResultRow.member_id,
            ResultRow.grade,
            ResultRow.ground,
            ResultRow.opinion,
            ResultRow.reason,
        )
        .join(
            ResultRow, (ResultRow.tenant_id == Row.tenant_id) & (ResultRow.appraisal_id == Row.id)
        )
        .join(
            Organization,
            (Organization.tenant_id == Row.tenant_id) & (Organization.id == Row.organization_id),
        )
        .join(Member, (Member.tenant_id == Row.tenant_id) & (Member.id == ResultRow.member_id))
        .where(*where, ResultRow.ground.is_not(None))
        .order_by(Organization.path, Member.sort_name, Member.id)
    )
    return rows.all()


def _result(row: ResultRow) -> Result:
    counted = row.excellent is not None
    return Result(
        member_id=row.member_id,
        graded=row.graded,
        spoke=row.self_text is not None,
        tally=Tally(**{name: getattr(row, name) or 0 for name in VOTES}) if counted else None,
        suggested=Grade(row.suggested) if row.suggested else None,
        grade=Grade(row.grade) if row.grade else None,
        ground=GradeGround(row.ground) if row.ground else None,
        opinion=row.opinion,
        reason=row.reason,
    )
