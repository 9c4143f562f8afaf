"""The doctor finds what an attacker would look for first, and says nothing where all is well."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zhibu.cli.doctor.finding import State
from zhibu.cli.doctor.safety import examine_safety
from zhibu.settings import Database, Settings

REMOTE = "postgresql://app:x@db.example.cn/zhibu"
HOMES = {"far": Database(app=REMOTE, owner=REMOTE)}


@pytest.fixture
def safe(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    (data / "tenants").mkdir(parents=True, mode=0o700)
    data.chmod(0o700)
    for name in ("keys.json", "control.db", "tenants/one.db"):
        (data / name).touch(0o600)
    return Settings(data=data)


def found(settings: Settings) -> dict[str, State]:
    return {each.check: each.state for each in examine_safety(settings) if each.state != State.OK}


def test_an_installation_as_it_is_made_is_safe(safe: Settings) -> None:
    assert found(safe) == {}
    behind_tls = replace(
        safe, hsts=3600, secure_cookies=True, origins=("https://console.example.cn",)
    )
    assert found(behind_tls) == {}


@pytest.mark.parametrize(
    ("check", "state", "changes"),
    [
        ("introspection", State.WARNING, {"public_introspection": True}),
        ("cookies", State.FAULT, {"hsts": 3600}),
        ("cookies", State.FAULT, {"origins": ("https://console.example.cn",)}),
        ("origins", State.FAULT, {"origins": ("http://console.example.cn",)}),
        ("origins", State.FAULT, {"origins": ("*",)}),
        ("proxies", State.FAULT, {"proxies": ("*",)}),
        ("metrics", State.FAULT, {"metrics_token": "guessed"}),
        ("rates", State.WARNING, {"visitor_rate": 0}),
        ("passwords", State.FAULT, {"password_memory": 1024}),
        ("transport", State.WARNING, {"database": REMOTE, "owner_database": REMOTE}),
        ("transport", State.WARNING, {"homes": HOMES}),
        ("transport", State.WARNING, {"database": f"{REMOTE}?sslmode=require"}),
        ("transport", State.WARNING, {"database": f"{REMOTE}?sslmode=verify-ca"}),
        ("transport", State.WARNING, {"mail_host": "mail.example.cn", "mail_encryption": "none"}),
    ],
)
def test_what_is_open_is_found(
    safe: Settings, check: str, state: State, changes: dict[str, Any]
) -> None:
    assert found(replace(safe, **changes)) == {check: state}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://app@localhost/zhibu",
        "postgresql://app@/zhibu?host=/run/postgresql",
        f"{REMOTE}?sslmode=verify-full",
    ],
)
def test_databases_here_or_behind_tls_are_well_reached(safe: Settings, url: str) -> None:
    assert found(replace(safe, database=url, owner_database=url)) == {}


def opened(settings: Settings) -> None:
    settings.data.chmod(0o755)


def opened_tenant(settings: Settings) -> None:
    settings.data.chmod(0o711)
    (settings.data / "tenants" / "one.db").chmod(0o644)


def opened_keys(settings: Settings) -> None:
    settings.data.chmod(0o755)
    settings.keys.chmod(0o640)


@pytest.mark.parametrize(
    ("change", "told"), [(opened, False), (opened_tenant, True), (opened_keys, True)]
)
def test_files_that_others_may_read_are_found(
    safe: Settings, change: Callable[[Settings], None], told: bool
) -> None:
    change(safe)
    assert ("files" in found(safe)) is told


def test_a_settings_file_that_others_may_read_is_found(safe: Settings, tmp_path: Path) -> None:
    file = tmp_path / "zhibu.toml"
    file.write_text(f'data = "{safe.data}"\n')
    file.chmod(0o644)
    assert found(Settings.load({}, file)) == {"files": State.WARNING}
    file.chmod(0o600)
    assert found(Settings.load({}, file)) == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_settings_file_of_root_that_the_programs_group_may_read_is_well(
    safe: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "zhibu.toml"
    file.write_text(f'data = "{safe.data}"\n')
    file.chmod(0o640)
    os.chown(file, 0, 12345)
    assert found(Settings.load({}, file)) == {"files": State.WARNING}
    monkeypatch.setattr("os.geteuid", lambda: 8321)
    monkeypatch.setattr("os.getegid", lambda: 12345)
    assert found(Settings.load({}, file)) == {}
    file.chmod(0o644)
    assert found(Settings.load({}, file)) == {"files": State.WARNING}


def test_the_password_of_a_demo_is_a_warning_here_and_a_fault_for_all_to_reach(
    safe: Settings,
) -> None:
    (safe.data / "demo-password").touch(0o600)
    assert found(safe) == {"demo": State.WARNING}
    assert found(replace(safe, host="0.0.0.0")) == {"demo": State.FAULT}


def test_tracebacks_are_found(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_DEBUG", "1")
    assert found(safe) == {"debug": State.WARNING}
