"""Where members stand is looked up member by member, however little the database knows yet."""

from datetime import date

import pytest

from zhibu.testing.house import House, Institution
from zhibu_education.store.standings import _CANDIDATES


async def test_what_is_kept_of_a_member_is_looked_up_for_that_member_alone(
    house: House, institution: Institution
) -> None:
    """PostgreSQL went through everybody for each, while a large register was imported."""
    home = house.platform.homes.home(institution.tenant.id)
    if home.name == "sqlite":
        pytest.skip("SQLite has no other way to join")
    statement = _CANDIDATES.on("postgresql")
    year = {"year": 2026, "first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    values = {"tenant": institution.tenant.id, "members": [], **year}

    asked = [("SET LOCAL enable_bitmapscan = off", ()), ("SET LOCAL enable_seqscan = off", ())]
    asked.append((f"EXPLAIN {statement.sql}", statement.bound(values)))
    plan = [line for (line,) in (await home.read(institution.tenant.id, asked))[-1]]

    scans = [place for place, line in enumerate(plan) if "on education_standing" in line]
    assert scans
    assert all("member_id = " in plan[place + 1] for place in scans), "\n".join(plan)
