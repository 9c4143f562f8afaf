"""What one installation is told from outside: the environment, and a TOML file below it."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from zhibu.accounts.providers.configured import Provider, provider_of, reachable_safely
from zhibu.errors import Invalid

PREFIX = "ZHIBU_"
FILE = "ZHIBU_SETTINGS"
SECRETS = ("database", "owner_database", "direct_database", "mail_password", "metrics_token")
URLS = ("app", "owner", "direct")


class SettingInvalid(Invalid):
    """A setting is unknown or cannot be read. Facts: `setting`, `value`, `fault`."""

    code = "core.setting_invalid"


@dataclass(frozen=True, kw_only=True)
class Database:
    """A PostgreSQL database: the URL of the role that owns nothing, and of the owner.

    Only migrations use `owner`; it must reach the server directly, not through a pooler. Where
    `app` goes through one, `direct` is that role's way past it, on which workers hear of new jobs.
    """

    app: str = field(repr=False)
    owner: str = field(repr=False)
    direct: str | None = field(default=None, repr=False)


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

    `address` is where people reach the installation, for what is sent to them. Reminders by e-mail
    go to `reminder_domains` only, if any are named, those by group robots to `webhook_origins`
    only. `holidays` is a YAML file with the lists `holidays` and `workdays`, for days that the
    calendar of the state does not know yet.

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
    reminder_domains: tuple[str, ...] = ()
    webhook_origins: tuple[str, ...] = ("https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com")
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
        given: dict[str, Any] = _from_file(named) if named else {}
        given |= {
            name.removeprefix(PREFIX).lower(): value
            for name, value in env.items()
            if name.startswith(PREFIX) and name != FILE
        }
        sources = [named] if named else []
        for name in SECRETS:
            _from_own_file(given, name, sources)
        if unknown := sorted(set(given) - set(known)):
            raise SettingInvalid(setting=unknown[0], value="", fault="no such setting")
        values = {name: _value(name, str(known[name]), given[name]) for name in given}
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


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingInvalid(setting=FILE, value=str(path), fault=str(error)) from error


def _from_own_file(given: dict[str, Any], name: str, sources: list[Path]) -> None:
    """Read a setting from the file that `<name>_file` says, if it does."""
    if (named := given.pop(f"{name}_file", None)) is not None:
        if name in given:
            raise SettingInvalid(setting=f"{name}_file", value=str(named), fault=f"and {name}")
        given[name] = _content(f"{name}_file", Path(str(named)))
        sources.append(Path(str(named)))


def _content(setting: str, file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingInvalid(setting=setting, value=str(file), fault=str(error)) from error


def _value(name: str, type_: str, given: Any) -> Any:
    try:
        return _READ[type_](given)
    except (KeyError, TypeError, ValueError) as error:
        # Never the value of a setting that may hold a password.
        secret = name in SECRETS or "database" in name or "password" in name or name == "homes"
        shown = "…" if secret else str(given)
        raise SettingInvalid(setting=name, value=shown, fault=f"expected {type_}") from error


def _names(given: Any) -> tuple[str, ...]:
    listed = given.split(",") if isinstance(given, str) else list(given)
    return tuple(str(name).strip() for name in listed if str(name).strip())


def _boolean(given: Any) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words[str(given).lower()]


def _homes(given: Any) -> dict[str, Database]:
    return {str(name): Database(**_urls(str(name), urls)) for name, urls in given.items()}


def _urls(home: str, given: Mapping[str, Any]) -> dict[str, str]:
    found = dict(given)
    for name in URLS:
        if (file := found.pop(f"{name}_file", None)) is not None:
            found[name] = _content(f"homes.{home}.{name}_file", Path(str(file)))
    return found


def _providers(given: Any) -> dict[str, Provider]:
    found = {}
    for name, said in given.items():
        try:
            found[str(name)] = provider_of(str(name), said)
        except (OSError, TypeError, ValueError) as error:
            setting = f"providers.{name}"
            raise SettingInvalid(setting=setting, value="…", fault=str(error)) from error
    return found


_READ: dict[str, Any] = {
    str(Path): Path,
    str(Path | None): Path,
    str(str): str,
    str(str | None): str,
    str(int): int,
    str(float): float,
    str(bool): _boolean,
    str(tuple[str, ...]): _names,
    str(tuple[str, ...] | None): _names,
    str(tuple[Path, ...]): lambda given: tuple(map(Path, _names(given))),
    str(Mapping[str, Database]): _homes,
    str(Mapping[str, Provider]): _providers,
}
