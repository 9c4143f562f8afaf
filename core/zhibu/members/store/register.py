"""The whole register of a subtree, for a workbook."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.rules import Person, Stage
from zhibu.members.store.people import PERSON, typed
from zhibu.members.store.writing import Sealed
from zhibu.members.tables import Affiliation, Member
from zhibu.policy import Scope

_ROWS: Any = Member.__table__


async def register_of(
    session: AsyncSession, tenant_id: UUID, path: str, scope: Scope
) -> list[tuple[Person, Sealed, date | None]]:
    """The living members at or below `path` and in the scope, in the order of the register.

    Each with what is sealed, and with the day the present affiliation began.
    """
    query = (
        select(
            *PERSON,
            Member.identity_sealed,
            Member.identity_index,
            Member.phone_sealed,
            Affiliation.since.label("joined_on"),
        )
        .join(
            Affiliation,
            (Affiliation.tenant_id == Member.tenant_id)
            & (Affiliation.member_id == Member.id)
            & Affiliation.until.is_(None),
            isouter=True,
        )
        .where(
            Member.tenant_id == tenant_id,
            Member.stage != Stage.LEFT.value,
            *((Member.path >= path, Member.path < path[:-1] + "/") if path else ()),
            scope.bound(_ROWS.c.path, _ROWS.c.id),
        )
        .order_by(Member.path, Member.sort_name, Member.id)
    )
    found = []
    for row in await session.execute(query):
        values = dict(row._mapping)
        joined_on = values.pop("joined_on")
        names = ("identity_sealed", "identity_index", "phone_sealed")
        sealed = Sealed(**{name: values.pop(name) for name in names})
        found.append((typed(values), sealed, joined_on))
    return found
