"""The demo, end to end on one institution; and serving."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from zhibu.cli.demo.folder import Demo, finish, opened
from zhibu.testing.shell import Shell

HERE = Path(__file__).parents[2]
ONE = "service-centre"
READY = re.compile(r"http://127\.0\.0\.1:(\d+)")


def demo(shell: Shell, into: Path, *more: str) -> str:
    samples = ("--institutions", HERE / "institutions", "--only", ONE, "--no-serve")
    return shell.ok("demo", "--into", into, *samples, *more).output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo of one institution, built once."""
    into = tmp_path_factory.mktemp("demo") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIBU_LOCALE", "en")
        output = demo(Shell(into, into.parent), into)
    assert (into / "demo-password").read_text().strip() in output
    return into


@pytest.fixture
def shown(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    monkeypatch.setenv("ZHIBU_DATA", str(folder))
    monkeypatch.setenv("ZHIBU_LOCALE", "en")
    return Shell(folder, tmp_path)


def test_the_demo_holds_what_the_workbooks_hold(shown: Shell) -> None:
    by_operator = ("--tenant", ONE, "--operator")
    for kind, file in (("members", "members"), ("organizations", "organizations")):
        again = shown.json("import", kind, HERE / f"institutions/{ONE}/{file}.xlsx", *by_operator,
                           "--dry-run")  # fmt: skip
        assert again["errors"] == 0
        out = shown.json("export", kind, *by_operator, "--out", shown.tmp / "out.xlsx")
        assert out["rows"] == again["rows"]
    imported = {
        entry["facts"]["sheet"]: entry["facts"] for entry in shown.ledger("core.imported", ONE)
    }
    assert imported["members"]["created"] == 320
    assert set(imported) >= {"organizations", "members", "posts", "education_training"}


def test_the_demo_is_sound(shown: Shell) -> None:
    shown.ok("doctor")


def test_what_the_operator_imported_was_verified_by_somebody_else(shown: Shell) -> None:
    events = shown.json("ledger", "show", "--tenant", ONE, "--limit", "1000",
                        "--event", "education.credit_verified")  # fmt: skip
    assert len(events) > 100
    assert {entry["by"].partition(" (")[0] for entry in events} == {"党员教育管理专干"}


def test_a_second_run_serves_what_is_there(shown: Shell, folder: Path) -> None:
    marker, keys = (folder / "demo.json").read_bytes(), (folder / "keys.json").read_bytes()
    password = (folder / "demo-password").read_text().strip()
    output = demo(shown, folder)
    assert password in output
    assert "secretary" in output
    assert (folder / "demo.json").read_bytes() == marker
    assert (folder / "keys.json").read_bytes() == keys


def test_the_password_is_kept_from_others_and_stored_nowhere_else(folder: Path) -> None:
    file = folder / "demo-password"
    assert file.stat().st_mode & 0o077 == 0
    password = file.read_bytes().strip()
    holders = [
        each.name for each in folder.rglob("*") if each.is_file() and password in each.read_bytes()
    ]
    assert holders == ["demo-password"]


def test_files_of_others_are_never_removed(empty: Shell) -> None:
    into = empty.tmp / "home"
    into.mkdir()
    (into / "letter.txt").write_text("dear")
    samples = ("--institutions", HERE / "institutions", "--only", ONE, "--no-serve")
    for more in ((), ("--reset",)):
        result = empty("demo", "--into", into, *samples, *more)
        assert result.exit_code == 2
    assert (into / "letter.txt").read_text() == "dear"


def test_what_was_interrupted_is_begun_anew_and_reset_forgets(tmp_path: Path) -> None:
    into = tmp_path / "demo"
    assert opened(into, reset=False) is None
    (into / "control.db").write_bytes(b"half")
    assert opened(into, reset=False) is None
    assert not (into / "control.db").exists()
    finish(into, Demo(sign_ins=[{"login": "x"}], password="secret", example=None))
    known = opened(into, reset=False)
    assert known is not None
    assert (known.sign_ins, known.password) == ([{"login": "x"}], "secret")
    assert opened(into, reset=True) is None
    assert not (into / "demo-password").exists()


def test_an_unknown_institution_is_refused(empty: Shell) -> None:
    result = empty("demo", "--into", empty.tmp / "d", "--institutions", HERE / "institutions",
                   "--only", "atlantis", "--no-serve")  # fmt: skip
    assert result.exit_code == 2
    assert "atlantis" in result.stderr


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`zhibu serve` as a process of its own, and its port."""
    env = {**os.environ, "ZHIBU_DATA": str(folder), "ZHIBU_LOCALE": "en"}
    code = "from zhibu.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", "0"],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = READY.search(line)
        assert found, line
        yield process, int(found[1])
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def ask(port: int, document: str, variables: object, token: str = "") -> dict[str, object]:
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = json.dumps({"query": document, "variables": variables}).encode()
    with urlopen(Request(f"http://127.0.0.1:{port}/graphql", body, headers), timeout=30) as answer:
        found: dict[str, object] = json.loads(answer.read())
    return found


def test_a_secretary_signs_in_and_the_server_ends_when_told(folder: Path) -> None:
    with serving(folder) as (process, port):
        given = {
            "tenant": ONE,
            "login": "secretary",
            "password": (folder / "demo-password").read_text().strip(),
        }
        document = "mutation ($input: SignInInput!) { signIn(input: $input) { token } }"
        signed = ask(port, document, {"input": given})
        token = signed["data"]["signIn"]["token"]  # type: ignore[index]
        answer = ask(port, "{ viewer { roles { role } } }", {}, token)
        assert "errors" not in answer
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    with socket.socket() as free, pytest.raises(ConnectionRefusedError):
        free.connect(("127.0.0.1", port))


@pytest.mark.parametrize("metrics", [False, True])
def test_an_address_that_is_taken_is_said_at_once(
    shown: Shell, metrics: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        if metrics:
            monkeypatch.setenv("ZHIBU_METRICS_PORT", port)
        result = shown("serve", "--port", "0" if metrics else port)
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 1
