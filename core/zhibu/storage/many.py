"""Transactions that touch many rows: what PostgreSQL must be told about them."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def expect_many(session: AsyncSession) -> None:
    """Say that long lists follow in this transaction.

    PostgreSQL looks a row up in a list of 5,000 by hashing only in a plan made for its values; a
    plan kept for all values compares with one after the other.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
