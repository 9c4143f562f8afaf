"""An installation's life in one process: `living.py DATA begin|go-on`, answered as JSON.

`begin` founds an institution and records something with the plugin `home_visits`; `go-on` opens the
same installation, migrates it with whatever plugins are there now, and asks again.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from zhibu.identifiers import global_id
from zhibu.plugins import discover
from zhibu.settings import Settings
from zhibu.storage.homes import Homes
from zhibu.testing.house import House, running

ADD = """
mutation ($input: HomeVisitsRecordAddInput!) {
  homeVisitsRecordAdd(input: $input) { record { title } userErrors { code } }
}
"""
VISITS = "{ homeVisitsRecords(first: 5) { nodes { title member { homeVisits { count } } } } }"
MEMBERS = "{ members(first: 5) { totalCount } }"


async def begin(house: House) -> dict[str, Any]:
    institution = await house.found()
    member = await institution.member("branch")
    given = {
        "member": global_id("Member", member.id),
        "happenedOn": "2026-06-01",
        "title": "看望",
    }
    added = await institution.ask("secretary", ADD, {"input": given})
    return {"added": added, "visits": await institution.ask("secretary", VISITS)}


async def go_on(house: House) -> dict[str, Any]:
    credential = await house.sign_in("yunling", "secretary")
    return {
        "visits": await house.ask(VISITS, credential=credential),
        "members": await house.ask(MEMBERS, credential=credential),
    }


async def main(data: Path, step: str) -> None:
    settings = Settings(data=data)
    plugins = discover()
    async with Homes(settings) as homes:
        await homes.migrate(plugins)
    async with running(settings, plugins) as house:
        answer = await (begin(house) if step == "begin" else go_on(house))
    json.dump({"plugins": plugins.names, **answer}, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
