"""The load: prepared HTTP requests over kept connections, by wrk or by a client of our own."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from bench.processes import pinned
from bench.questions import Ask, Case

SCRIPT = Path(__file__).parent / "drive.lua"


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one drive showed; times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def write_requests(file: Path, port: int, ask: Ask, cases: Iterable[Case]) -> None:
    """Write whole HTTP requests, each after a line with its length."""
    with file.open("wb") as out:
        for case in cases:
            body = ask.body(case)
            headers = {
                "host": f"127.0.0.1:{port}",
                "content-type": "application/json",
                "content-length": str(len(body)),
                **ask.headers(case),
            }
            lines = [f"POST {ask.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
            request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
            out.write(b"%d\n%s" % (len(request), request))


def drive(requests: Path, port: int, *, connections: int, seconds: int, core: int | None) -> Load:
    """Ask again and again for so many seconds."""
    wrk = shutil.which("wrk")
    if wrk is not None:
        address = f"http://127.0.0.1:{port}/"
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        command += ["-s", str(SCRIPT), address, "--", str(requests)]
    else:
        given = (str(requests), str(port), str(connections), str(seconds))
        command = [sys.executable, "-m", "bench.client", *given]
    answered = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        preexec_fn=lambda: pinned(core),
    )
    lines = [line for line in answered.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise SystemExit(f"the load generator said:\n{answered.stdout}{answered.stderr}")
    told = orjson.loads(lines[-1])
    return Load(
        requests=told["requests"],
        seconds=told["microseconds"] / 1e6,
        p50=told["p50"] / 1000,
        p99=told["p99"] / 1000,
        errors=told["errors"],
    )
