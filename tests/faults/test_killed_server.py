"""The server is killed again and again while many write: what was acknowledged is there, once."""

import os
from dataclasses import replace

from tests.faults.after import faults
from tests.faults.conftest import Served
from tests.faults.programs import Program

KILLS = int(os.environ.get("ZHIBU_STORM_KILLS", "4"))
WRITES = 20  # between two kills
RECOVERED = 20.0  # seconds; five are demanded of a machine with nothing else to do: `make load`

# Says that it is written, and writes it afterwards.
LYING = """
import asyncio, orjson
from zhibu.graph.endpoint import Endpoint

honest = Endpoint.__call__

async def lying(self, scope, receive, send):
    message = await receive()
    asked = orjson.loads(message["body"])
    key = asked["variables"]["input"]["idempotencyKey"]
    said = {"data": {"educationCreditRecord": {"credit": {"id": key}, "userErrors": []}}}
    body = orjson.dumps(said)
    head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})

    async def again():
        return message

    async def nowhere(message):
        pass

    await asyncio.sleep(0.2)
    await honest(self, scope, again, nowhere)

Endpoint.__call__ = lying
from zhibu.cli import main
main()
"""


async def test_nothing_acknowledged_is_lost_and_nothing_is_written_twice(served: Served) -> None:
    recovered = []
    async with served.storm.blowing() as storm:
        for kill in range(KILLS):
            await storm.more(WRITES)
            if kill % 2:
                served.program.kill_what_serves()
            else:
                served.program.kill()
                served.program.start()
            recovered.append(await storm.success())
    served.program.end()
    assert await faults(served.settings, served.tenant, served.storm) == []
    assert max(recovered) < RECOVERED


async def test_a_server_that_acknowledges_too_early_is_found_out(served: Served) -> None:
    served.program.end()
    lying = Program(served.settings, served.settings.data / "lying.log", command=LYING)
    storm = replace(served.storm, address=lying.address)
    lying.start()
    async with storm.blowing():
        await storm.more(WRITES)
        lying.kill()
        lying.start()
        await storm.success()
    lying.end()
    found = await faults(served.settings, served.tenant, storm)
    assert any(fault.startswith("lost: ") for fault in found)
