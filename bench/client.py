"""A load generator where wrk is missing: `python -m bench.client FILE PORT CONNECTIONS SECONDS`."""

import asyncio
import json
import sys
from itertools import cycle
from pathlib import Path
from time import perf_counter

import uvloop


def requests_of(file: Path) -> list[bytes]:
    content, found = file.read_bytes(), []
    while content:
        length, _, rest = content.partition(b"\n")
        found.append(rest[: int(length)])
        content = rest[int(length) :]
    return found


async def connection(port: int, requests: list[bytes], start: int, until: float) -> list[float]:
    """Times of the answers on one kept connection, in seconds; below zero for an error."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for request in cycle(requests[start:] + requests[:start]):
        begun = perf_counter()
        if begun >= until:
            break
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"transfer-encoding: chunked" in head:
            while size := int((await reader.readline()).strip() or b"0", 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
        took = perf_counter() - begun
        times.append(took if b" 200 " in head[:15] else -took)
    writer.close()
    return times


async def main(file: Path, port: int, connections: int, seconds: int) -> None:
    requests = requests_of(file)
    begun = perf_counter()
    starts = [n * len(requests) // connections for n in range(connections)]
    until = begun + seconds
    found = await asyncio.gather(*(connection(port, requests, n, until) for n in starts))
    spent = perf_counter() - begun
    times = sorted(abs(took) for each in found for took in each)
    told = {
        "requests": len(times),
        "microseconds": round(spent * 1e6),
        "p50": round(times[len(times) // 2] * 1e6),
        "p99": round(times[len(times) * 99 // 100] * 1e6),
        "errors": sum(took < 0 for each in found for took in each),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    file, *numbers = sys.argv[1:]
    uvloop.run(main(Path(file), *map(int, numbers)))
