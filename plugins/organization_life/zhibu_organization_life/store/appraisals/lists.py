"""Who is on the list of an appraisal, what was said of whom, and what was decided."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.storage.among import among
from zhibu.storage.upsert import insert_or
from zhibu_organization_life.rules.grades import Grade, GradeGround, Result, Tally
from zhibu_organization_life.rules.statements import Said
from zhibu_organization_life.tables import Remark, Statement
from zhibu_organization_life.tables import Result as ResultRow

RESULT: Any = ResultRow.__table__
REMARK: Any = Remark.__table__
VOTES = ("excellent", "qualified", "basically_qualified", "unqualified")


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


async def said(session: AsyncSession, tenant_id: UUID, id: UUID, member_id: UUID) -> Said | None:
    """What a member's self-appraisal says; None where there is none."""
    found = await session.execute(
        select(RESULT.c.self_text, RESULT.c.self_grade, RESULT.c.self_by, RESULT.c.self_at).where(
            RESULT.c.tenant_id == tenant_id,
            RESULT.c.appraisal_id == id,
            RESULT.c.member_id == member_id,
            RESULT.c.self_text.is_not(None),
        )
    )
    row = found.first()
    if row is None:
        return None
    return Said(
        text=row.self_text,
        grade=Grade(row.self_grade) if row.self_grade else None,
        said_by=row.self_by,
        said_at=row.self_at,
    )


async def keep(session: AsyncSession, tenant_id: UUID, row: dict[str, Any]) -> None:
    """Keep what a self-appraisal said before it is written anew."""
    await session.execute(insert(Statement), [{"tenant_id": tenant_id, **row}])


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
