"""Statements that go over everything at once."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_SETTINGS = (
    # What was just written is in no statistics: joined row by row, the time grows by the square.
    "SET LOCAL enable_nestloop = off",
    # A foreign key first checked while its table was small would go on reading all of it.
    "SET LOCAL plan_cache_mode = force_custom_plan",
)


async def wholesale(session: AsyncSession) -> None:
    """Have the rest of this transaction planned for whole tables, whatever is known of them.

    Not for what looks up a few rows: they are found faster the usual way. SQLite needs none of it.
    """
    if session.get_bind().dialect.name == "postgresql":
        for setting in _SETTINGS:
            await session.execute(text(setting))
