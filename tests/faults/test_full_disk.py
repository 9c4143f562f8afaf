"""A disk that is full, or that lost the end of what was written when the power went."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.faults.after import faults
from tests.faults.conftest import Served

from zhibu.events.verifying import verify
from zhibu.platform import Platform
from zhibu.settings import Settings

pytestmark = pytest.mark.parametrize("copied", ["sqlite"], indirect=True)
UNAVAILABLE = "503 TENANT_UNAVAILABLE"


def tenant_file(settings: Settings) -> Path:
    [found] = (settings.data / "tenants").glob("*.db")
    return found


async def test_a_full_disk_refuses_writing_and_loses_nothing(served: Served) -> None:
    served.program.end()
    served.program.start(largest_file=tenant_file(served.settings).stat().st_size + 200_000)
    async with served.storm.blowing() as storm:
        await storm.refused(UNAVAILABLE)
        assert served.program.alive
        served.program.kill()
        served.program.start()  # there is room again
        await storm.success()
    served.program.end()
    assert await faults(served.settings, served.tenant, served.storm) == []


async def test_wherever_the_log_of_writes_is_torn_what_is_left_is_whole(
    served: Served, tmp_path: Path
) -> None:
    async with served.storm.blowing() as storm:
        await storm.more(40)
        served.program.kill()
        torn = tmp_path / "torn"
        shutil.copytree(served.settings.data, torn)
        served.program.start()
    served.program.end()
    file = tenant_file(Settings(data=torn))
    log = file.with_name(f"{file.name}-wal")
    whole = log.read_bytes()
    assert len(whole) > 100_000, "everything was moved out of the log already"
    chance = random.Random(7)
    entries = set()
    for number in range(24):
        cut = chance.randrange(len(whole))
        damaged = {
            0: whole[:cut],
            1: whole[:cut] + bytes(len(whole) - cut),
            2: whole[:cut] + bytes([whole[cut] ^ 0x10]) + whole[cut + 1 :],
        }[number % 3]
        place = tmp_path / f"torn-{number}"
        shutil.copytree(torn, place)
        (place / log.relative_to(torn)).write_bytes(damaged)
        with sqlite3.connect(place / file.relative_to(torn)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        platform = await Platform.open(Settings(data=place))
        try:
            tenant = await platform.tenant(served.tenant)
            found = await verify(platform.homes.home(tenant.id), tenant.id)
        finally:
            await platform.close()
        assert found.sound
        entries.add(found.entries)
        shutil.rmtree(place)
    assert len(entries) > 3, "every cut left the same"
