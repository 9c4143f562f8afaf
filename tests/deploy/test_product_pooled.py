"""The whole product behind a pooler: signing in, reading, acting, and what waits."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.deploy.sharing import behind

from zhibu.settings import Settings
from zhibu.testing.databases import Server, fresh_postgresql
from zhibu.testing.house import Furnished, House

EXPORT = "mutation ($input: ExportStartInput!) { exportStart(input: $input) { job { id } } }"
JOB = "query ($id: ID!) { job(id: $id) { state } }"
TREE = "{ organizations(first: 50) { nodes { name } } }"


@pytest.fixture(params=["pgbouncer", "forgetful"])
async def settings(
    request: pytest.FixtureRequest,
    founded_postgresql: Furnished,
    postgres_server: Server,
    tmp_path: Path,
) -> AsyncIterator[Settings]:
    with fresh_postgresql(founded_postgresql.settings, postgres_server, tmp_path / "data") as found:
        async with behind(request.param, postgres_server, found) as pooled:
            yield pooled


async def test_institutions_are_served_and_their_work_is_done(house: House) -> None:
    first, second = await house.found(), await house.found("qingshan", "青山区直机关")
    for institution in (first, second, first):
        await house.sign_in(institution.tenant.code, "officer")
        seen = await institution.ask("officer", TREE)
        names = [each["name"] for each in seen["data"]["organizations"]["nodes"]]
        assert names
        asked = await institution.ask(
            "officer", EXPORT, {"input": {"kind": "members", "purpose": "年度统计"}}
        )
        id = asked["data"]["exportStart"]["job"]["id"]
        await house.platform.jobs.run_waiting()
        job = await institution.ask("officer", JOB, {"id": id})
        assert job["data"]["job"]["state"] == "SUCCEEDED"
