"""What one installation is told from outside: the environment, and a TOML file below it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from zhibu.accounts.providers.configured import Provider, reachable_safely
from zhibu.settings.reading import from_file, from_own_file, value
from zhibu.settings.values import FILE, PREFIX, SECRETS, URLS, Database, SettingInvalid

__all__ = ["FILE", "PREFIX", "SECRETS", "Database", "SettingInvalid", "Settings"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one installation. `ZHIBU_DATABASE` or `database = …` fill `database`, etc.

    `database` is `"sqlite"` or the `postgresql://` URL of the application role, `owner_database`
    the URL of the owner; where `database` goes through a pooler, `direct_database` is that role's
    URL past it: without, workers look for jobs every few seconds instead of hearing of them.
    `homes` (the file's `[homes.NAME]` tables with `app`, `owner` and `direct`) are further
    PostgreSQL databases that a tenant may be placed in by that name.

    Times are seconds, sizes bytes. Passwords are hashed with Argon2id over `password_memory` KiB in
    `password_passes` passes and `password_lanes` lanes, by `password_threads` at a time while
    `password_waiting` more may wait. `prepare` has statements prepared where the server keeps them;
    behind a pooler that does not follow them they are not, whatever it says. `run_jobs` has the
    server do what waits beside its requests; any number of processes may. `origins` are the
    addresses of consoles served from elsewhere, such as `https://console.example.org`.

    `proxies` are the addresses whose `X-Forwarded-For` is believed.

    `documents` is which may be asked: any (`open`), what is registered (`allow`), or that by its id
    `only`; `documents_free` are ways of asking (`token`) and roles that may ask any.
    `document_manifests` are files beside the one in the data folder.

    `hsts` is for how long browsers are to reach the installation by TLS alone, 0 not to say so.

    Monitoring reads numbers at `/metrics`: at a port of its own on the loopback address
    (`metrics_port`), or here with the bearer token `metrics_token`; with neither, nowhere. At most
    `metrics_tenants` institutions are counted by their code.

    `tracing` sends spans by OpenTelemetry, if `zhibu[otel]` is installed; where to, its own
    variables say.

    A line is logged of each request (`log_requests` = `all`), or of those alone that failed, were
    refused or took longer than `slow_after` (`failed`).

    `at_once` requests are worked on by a process, `most_requests` may be arriving or waiting, each
    is given up after `answer_within`. The rates are costs of documents in a second, of one account,
    institution and address, and of an address from which nobody has signed in; 0 is no limit.

    Where the ledger stands is noted in the data folder, in every one of `checkpoint_folders`, which
    must exist and are best on another machine, and mailed to `checkpoint_mail`.

    Mail goes by `mail_host` and `mail_port`, in the way `mail_encryption` says (`starttls`, `tls`,
    `none`), as `mail_user` with `mail_password`.

    `address` is where people reach the installation, for what is sent to them and for the codes
    that papers are verified by; without it none are printed. Reminders by e-mail
    go to `reminder_domains` only, if any are named, those by group robots to `webhook_origins`
    only. Calendars stand at secret addresses unless `calendar_addresses` is false, which leaves the
    one that takes the secret as a password. `holidays` is a YAML file with the lists `holidays` and
    `workdays`, for days that the calendar of the state does not know yet.

    `templates` is a folder of templates (`.html`, `.docx`) that replace those of the forms, for
    everybody or, in a folder of its code, for one institution.

    `providers` (the file's `[providers.NAME]` tables) are the sign-in services of institutions, see
    `Provider`; people come back from them to `address`.

    What holds a password (`SECRETS`, and the URLs of `homes`) may stand in a file of its own, which
    `<name>_file` names. `sources` are the files that were read.
    """

    data: Path = Path("var/data")
    database: str = field(default="sqlite", repr=False)
    owner_database: str | None = field(default=None, repr=False)
    direct_database: str | None = field(default=None, repr=False)
    homes: Mapping[str, Database] = field(default_factory=dict, repr=False)
    policy: Path | None = None
    plugins: tuple[str, ...] | None = None
    key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8321
    locale: str = "zh-CN"
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    secure_cookies: bool = False
    hsts: int = 0
    public_introspection: bool = False
    origins: tuple[str, ...] = ()
    documents: str = "open"
    documents_free: tuple[str, ...] = ("token",)
    document_manifests: tuple[str, ...] = ()
    at_once: int = 32
    most_requests: int = 500
    answer_within: float = 10.0
    account_rate: int = 1_000
    tenant_rate: int = 20_000
    address_rate: int = 20_000
    visitor_rate: int = 50
    metrics_port: int = 0
    metrics_token: str | None = field(default=None, repr=False)
    metrics_tenants: int = 0
    tracing: bool = False
    log_requests: str = "failed"
    slow_after: float = 1.0
    max_body: int = 1_000_000
    max_attachment: int = 50_000_000
    password_memory: int = 19 * 1024
    password_passes: int = 2
    password_lanes: int = 1
    password_threads: int = 1
    password_waiting: int = 100
    readers: int = 8
    writers: int = 8
    wait: float = 5.0
    prepare: bool = True
    run_jobs: bool = True
    open_files: int = 64
    checkpoint_folders: tuple[Path, ...] = ()
    checkpoint_mail: tuple[str, ...] = ()
    mail_host: str | None = None
    mail_port: int = 587
    mail_encryption: str = "starttls"
    mail_user: str | None = None
    mail_password: str | None = field(default=None, repr=False)
    mail_from: str = "zhibu@localhost"
    address: str | None = None
    calendar_addresses: bool = True
    reminder_domains: tuple[str, ...] = ()
    webhook_origins: tuple[str, ...] = ("https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com")
    scanner: str | None = None
    breached_passwords: Path | None = None
    font_folders: tuple[Path, ...] = ()
    templates: Path | None = None
    holidays: Path | None = None
    providers: Mapping[str, Provider] = field(default_factory=dict)
    sources: tuple[Path, ...] = field(default=(), compare=False, repr=False)

    @property
    def keys(self) -> Path:
        """Where the encryption keys are kept."""
        return self.key_file or self.data / "keys.json"

    @classmethod
    def load(cls, env: Mapping[str, str] = os.environ, file: Path | None = None) -> Self:
        """Read the file (or the one that `ZHIBU_SETTINGS` names), then the environment over it.

        Raises `SettingInvalid` for a name nobody knows as well as for a value nobody can read.
        """
        known = {each.name: each.type for each in fields(cls) if each.name != "sources"}
        named = file or (Path(env[FILE]) if FILE in env else None)
        given: dict[str, Any] = from_file(named) if named else {}
        given |= {
            name.removeprefix(PREFIX).lower(): text
            for name, text in env.items()
            if name.startswith(PREFIX) and name != FILE
        }
        sources = [named] if named else []
        for name in SECRETS:
            from_own_file(given, name, sources)
        if unknown := sorted(set(given) - set(known)):
            raise SettingInvalid(setting=unknown[0], value="", fault="no such setting")
        values = {name: value(name, str(known[name]), given[name]) for name in given}
        if values.get("providers") and not reachable_safely(values.get("address") or ""):
            fault = "providers need it, by https://"
            raise SettingInvalid(setting="address", value="", fault=fault)
        sources += [
            Path(str(said["client_secret_file"]))
            for said in given.get("providers", {}).values()
            if "client_secret_file" in said
        ]
        for home in given.get("homes", {}).values():
            sources += [Path(home[f"{name}_file"]) for name in URLS if f"{name}_file" in home]
        return cls(**values, sources=tuple(sources))
