"""What stands in deploy/ is true of the program: its commands, its settings, its sizes."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup

from zhibu.app import ALWAYS, PLACES
from zhibu.cli.program import COMMANDS, loaded
from zhibu.graph.errors import CODES
from zhibu.settings import FILE, PREFIX, SECRETS, Settings
from zhibu.storage.roles import statements
from zhibu.web import protocol
from zhibu.web.files import FORM
from zhibu.web.guards import guards_of

DEPLOY = Path("deploy")
FILES = sorted(file for file in DEPLOY.rglob("*") if file.is_file())
UNITS = sorted((DEPLOY / "systemd").glob("zhibu*.[st]*[er]"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
KNOWN = {each.name for each in fields(Settings)} | {f"{name}_file" for name in SECRETS}
DEFAULTS = Settings()
MOST_EXPOSED = 3.0  # of 10, by the count of systemd

# `zhibu COMMAND …` as somebody would type it: in a line of shell, a unit, or between backquotes.
_CALLED = re.compile(r"(?:^|[\s`/])zhibu ((?:[a-z]+ ?)+(?:[^\n`'#]*))", re.MULTILINE)
_DIRECTIVE = re.compile(r"^\s*(\w+) ([^;]+);", re.MULTILINE)


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def load(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def nginx(name: str) -> list[str]:
    return [value for key, value in _DIRECTIVE.findall(text("nginx/zhibu.conf")) if key == name]


def test_every_file_is_listed() -> None:
    listed = text("README.md")
    for file in FILES:
        name = str(file.relative_to(DEPLOY))
        pattern = re.sub(r"settings/.*", "settings/*.toml", name)
        pattern = pattern.replace("zhibu-backup.timer", "zhibu-backup.service")
        assert name == "README.md" or pattern.removesuffix(".containerignore") in listed, name


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_command_exists_with_its_options(file: Path) -> None:
    for called in _CALLED.findall(file.read_text("utf-8")):
        words = called.split()
        if words[0] not in COMMANDS:
            continue
        command = loaded(words[0])
        if isinstance(command, TyperGroup):
            assert words[1] in command.commands, called
            command = command.commands[words[1]]
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= known | {"--help"}, called


def test_the_commands_are_found_at_all() -> None:
    found = {
        called.split()[0] for file in FILES for called in _CALLED.findall(file.read_text("utf-8"))
    }
    assert {"serve", "worker", "backup", "init", "doctor", "ledger", "database"} <= found


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_setting_exists(file: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)\b", file.read_text("utf-8")))
    assert {name.lower() for name in named} - {FILE.removeprefix(PREFIX).lower()} <= KNOWN


@pytest.mark.parametrize(
    "file", sorted((DEPLOY / "settings").iterdir()), ids=lambda file: file.stem
)
def test_every_file_of_settings_can_be_read_and_is_safe(file: Path, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    content = file.read_text("utf-8")
    for name in re.findall(r"/etc/zhibu/secrets/(\w+)", content):
        (secrets / name).write_text("postgresql://role@/zhibu")
    copy = tmp_path / file.name
    copy.write_text(content.replace("/etc/zhibu/secrets", str(secrets)), "utf-8")
    settings = Settings.load({}, copy)
    assert settings.secure_cookies
    assert settings.hsts
    assert settings.checkpoint_folders
    assert all(origin.startswith("https://") for origin in settings.origins)
    assert "*" not in settings.proxies
    assert not settings.metrics_port  # several processes on a machine each need one of their own


def test_units_run_what_is_there_with_little_right_to_anything() -> None:
    assert len(SERVICES) == 4
    for unit in SERVICES:
        content = unit.read_text("utf-8")
        for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes",
                     "CapabilityBoundingSet="):  # fmt: skip
            assert line in content, (unit, line)
        assert "User=zhibu" in content or "DynamicUser=yes" in content
        assert "User=root" not in content
    served = text("systemd/zhibu@.service")
    assert "Environment=ZHIBU_METRICS_PORT=1%i" in served
    assert int(re.findall(r"TimeoutStopSec=(\d+)", served)[0]) > 10  # docs/limits.md, Leaving
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text("systemd/zhibu-worker@.service"))[0]) > 30


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_itself_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        content = re.sub(r"/opt/zhibu/bin/zhibu", "/bin/true", unit.read_text("utf-8"))
        content = re.sub(r"/usr/bin/logger", "/bin/true", content)
        (tmp_path / unit.name).write_text(content, "utf-8")
    for unit in UNITS:
        name = unit.name.replace("@.", "@8321.")
        if name != unit.name:
            (tmp_path / name).symlink_to(tmp_path / unit.name)
        said = analyze("verify", "--recursive-errors=no", "--man=no", str(tmp_path / name))
        assert not [line for line in said.splitlines() if unit.stem.partition("@")[0] in line], said
    for unit in SERVICES:
        said = analyze("security", "--offline=true", "--no-pager", str(tmp_path / unit.name))
        assert float(re.findall(r"exposure level .*: ([0-9.]+)", said)[0]) < MOST_EXPOSED, said


def analyze(*arguments: str) -> str:
    done = subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_nginx_lets_through_what_the_application_takes_and_no_more() -> None:
    sizes = [int(size) for size in nginx("client_max_body_size")]
    assert sizes == [DEFAULTS.max_body, DEFAULTS.max_attachment + FORM]
    number, size = nginx("large_client_header_buffers")[0].split()
    assert int(number) * int(size.removesuffix("k")) * 1024 == protocol.LARGEST_HEAD
    assert nginx("client_header_timeout") == [f"{protocol.HEAD_WITHIN:.0f}s"]
    assert nginx("client_body_timeout") == [f"{protocol.BODY_WITHIN:.0f}s"]
    assert all(
        float(seconds.removesuffix("s")) > DEFAULTS.answer_within + 1.5
        for seconds in nginx("proxy_read_timeout")
    )
    assert nginx("ssl_protocols") == ["TLSv1.2 TLSv1.3"]
    # Else two processes that are restarted one after the other are given up on for ten seconds.
    assert all(server.endswith(" max_fails=0") for server in nginx("server") if "{" not in server)


def test_nginx_says_who_asked_and_lets_nobody_else_say_it() -> None:
    headers = dict(shlex.split(value.replace("$", "%"))[:2] for value in nginx("proxy_set_header"))
    assert headers["X-Forwarded-For"] == "%remote_addr"  # set, never appended to
    assert headers["X-Request-ID"] == "%request_id"
    assert headers["Host"] == "%http_host"
    assert headers["X-Forwarded-Proto"] == "%scheme"
    assert headers["Upgrade"] == "%zhibu_upgrade"
    for place in re.findall(r"location [^{]*\{([^}]*)\}", text("nginx/zhibu.conf")):
        assert "proxy_set_header" not in place  # or it had none of those above
        assert "add_header" not in place


def test_nginx_says_of_itself_what_the_application_says_of_its_answers() -> None:
    conf = text("nginx/zhibu.conf")
    (lasting,) = {load(file)["hsts"] for file in (DEPLOY / "settings").iterdir()}
    guards = dict(guards_of(replace(DEFAULTS, hsts=lasting)))
    for name, value in dict(shlex.split(said)[:2] for said in nginx("add_header")).items():
        guard = guards.get(name.lower().encode())
        if guard is not None and name != "Content-Security-Policy":
            assert f"map $upstream_http_{name.lower().replace('-', '_')} {value}" in conf
            assert guard.decode() in conf
    assert int(nginx("limit_conn")[0].split()[1]) >= DEFAULTS.most_requests
    for said in re.findall(r"return (\d+) '([^']*)'", conf):
        assert json.loads(said[1])["errors"][0]["extensions"]["code"] in CODES


def test_nginx_shows_the_addresses_there_are_and_hides_the_rest() -> None:
    conf = text("nginx/zhibu.conf")
    for place in PLACES:
        assert place in re.findall(r"location [^{]*", conf).__str__(), place
    for hidden in ALWAYS:
        assert f"location {hidden}" not in conf
    assert "$request_uri" not in conf.partition("log_format")[2].partition(";")[0]


def test_nginx_sends_pages_on_to_tls_and_refuses_programs_that_ask_in_clear() -> None:
    in_clear = text("nginx/zhibu.conf").partition("listen 80;")[2].partition("listen 443")[0]
    assert "location ~ ^/(explorer|sign-in)(/|$) {\n        return 301 https://" in in_clear
    assert "location / {\n        return 403;" in in_clear
    assert in_clear.count("return") == 2


def test_pgbouncer_has_room_for_every_process_and_waits_as_long_as_they_do() -> None:
    conf = dict(re.findall(r"^(\w+) = (\S+)", text("pgbouncer/pgbouncer.ini"), re.MULTILINE))
    assert conf["pool_mode"] == "transaction"
    assert int(conf["query_wait_timeout"]) == DEFAULTS.wait
    assert "max_prepared_statements" not in conf  # one before 1.21 would not start
    assert conf["server_tls_sslmode"] == "verify-full"
    assert int(conf["max_client_conn"]) >= 12 * (DEFAULTS.readers + DEFAULTS.writers)
    opened = int(conf["default_pool_size"]) + int(conf["reserve_pool_size"])
    assert f"PgBouncer opens {opened};" in text("municipality.md")


def test_the_roles_are_those_that_the_program_wants() -> None:
    said = text("postgresql/roles.sql")
    assert ";\n".join(statements("zhibu")) + ";" in said
    assert "zhibu_backup LOGIN NOSUPERUSER BYPASSRLS" in said


def test_the_image_runs_as_nobody_in_particular_and_asks_whether_it_is_ready() -> None:
    said = text("container/Containerfile")
    user = re.findall(r"^USER (\S+)", said, re.MULTILINE)[-1]
    assert user.partition(":")[0] not in ("0", "root")
    assert "--require-hashes" in said
    assert "http://127.0.0.1:8321/readyz" in said
    assert "/readyz" in ALWAYS
    assert not re.search(r"(?i)(password|token|secret)=", said)
