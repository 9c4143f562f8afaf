"""Ids for rows that a statement itself makes: as many as there are, and no round trip for each."""

import time
from typing import Any

from sqlalchemy import Text, Uuid, cast, func, literal
from sqlalchemy.ext.asyncio import AsyncSession


def fresh_ids(session: AsyncSession) -> Any:
    """An expression that is another UUID (version 7) of this moment in each row of a select."""
    moment = f"{time.time_ns() // 1_000_000:012x}7"
    if session.get_bind().dialect.name == "sqlite":
        # Uuids are kept as 32 letters; the variant is a letter of its own.
        chance = func.lower(func.hex(func.randomblob(16)))
        more = func.lower(func.hex(func.randomblob(16)))
        return literal(moment) + func.substr(chance, 1, 3) + "8" + func.substr(more, 1, 15)
    # Version 4 has its version at the thirteenth letter, and the variant we need at the next.
    chance = func.replace(cast(func.gen_random_uuid(), Text()), "-", "")
    return cast(literal(moment) + func.substr(chance, 14), Uuid())
