"""What an attacker would look for first: what is open, who may read what, what is left over."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from zhibu.cli.demo.folder import PASSWORD
from zhibu.cli.doctor.finding import Finding, fault, ok, warning
from zhibu.cli.serving import loopback
from zhibu.mail import NONE
from zhibu.settings import Settings

RATES = ("account_rate", "tenant_rate", "address_rate", "visitor_rate")
DEBUG = "ZHIBU_DEBUG"
SHORTEST = 24  # characters of a token that nobody guesses
LOCAL_SOCKET = ""
COMPARED = "verify-full"  # less than that, whoever is on the way may answer instead


def examine_safety(settings: Settings) -> Iterator[Finding]:
    yield _debug()
    yield _introspection(settings)
    yield _cookies(settings)
    yield _origins(settings)
    yield _files(settings)
    yield _demo(settings)
    yield _rates(settings)
    yield _passwords(settings)
    yield _proxies(settings)
    yield _metrics(settings)
    yield from _transport(settings)


def _debug() -> Finding:
    if os.environ.get(DEBUG, "0") in ("", "0"):
        return ok("debug")
    return warning("debug", DEBUG, "tracebacks are shown")


def _introspection(settings: Settings) -> Finding:
    if not settings.public_introspection:
        return ok("introspection")
    return warning("introspection", "public_introspection", "everybody is shown the schema")


def _cookies(settings: Settings) -> Finding:
    encrypted = settings.hsts or any(each.startswith("https:") for each in settings.origins)
    if settings.secure_cookies or not encrypted:
        return ok("cookies")
    return fault("cookies", "secure_cookies", "off, although browsers come by TLS")


def _origins(settings: Settings) -> Finding:
    plain = [
        each
        for each in settings.origins
        if urlsplit(each).scheme != "https" and not loopback(urlsplit(each).hostname or "")
    ]
    if not plain:
        return ok("origins")
    return fault("origins", ", ".join(plain), "whoever is on the way may change these pages")


def _files(settings: Settings) -> Finding:
    """What holds personal data or passwords and is readable for others than its owner."""
    if not settings.data.is_dir():
        return ok("files")
    candidates = [settings.keys, *settings.sources, *settings.data.glob("*.db")]
    if settings.data.stat().st_mode & 0o077:  # else nobody gets to what is within
        candidates += settings.data.glob("tenants/*.db")
    else:
        candidates = [each for each in candidates if settings.data not in each.parents]
    open_ = [each for each in candidates if _readable(each)]
    if not open_:
        return ok("files")
    more = f" (+{len(open_) - 3})" if len(open_) > 3 else ""
    return warning("files", ", ".join(map(str, open_[:3])) + more, "others may read it; chmod 600")


def _readable(file: Path) -> bool:
    """By others than its owner, or than the group that the program itself is in."""
    if not file.exists():
        return False
    status = file.stat()
    own_group = status.st_gid == os.getegid() and status.st_uid != os.geteuid()
    return bool(status.st_mode & (0o007 if own_group else 0o077))


def _demo(settings: Settings) -> Finding:
    file = settings.data / PASSWORD
    if not file.exists():
        return ok("demo")
    told = "accounts with a password that was printed"
    return (warning if loopback(settings.host) else fault)("demo", str(file), told)


def _rates(settings: Settings) -> Finding:
    off = [name for name in RATES if not getattr(settings, name)]
    return warning("rates", ", ".join(off), "no limit") if off else ok("rates")


def _passwords(settings: Settings) -> Finding:
    least = Settings()
    weak = [
        name
        for name in ("password_memory", "password_passes")
        if getattr(settings, name) < getattr(least, name)
    ]
    return fault("passwords", ", ".join(weak), "hashed too cheaply") if weak else ok("passwords")


def _proxies(settings: Settings) -> Finding:
    if "*" not in settings.proxies:
        return ok("proxies")
    return fault("proxies", "*", "anybody may say that they are somebody else")


def _metrics(settings: Settings) -> Finding:
    token = settings.metrics_token
    if token is None or len(token) >= SHORTEST:
        return ok("metrics")
    return fault("metrics", "metrics_token", f"shorter than {SHORTEST} characters")


def _transport(settings: Settings) -> Iterator[Finding]:
    """Whether what is said to databases and mail elsewhere can be read or answered on the way."""
    urls = {name: home.app for name, home in settings.homes.items()}
    if settings.database != "sqlite":
        urls["default"] = settings.database
    for name, url in urls.items():
        read = make_url(url)
        host = str(read.query.get("host", read.host or LOCAL_SOCKET))
        mode = read.query.get("sslmode")
        local = host.startswith("/") or host == LOCAL_SOCKET or loopback(host)
        if local or mode == COMPARED:
            yield ok("transport", name)
        else:
            yield warning("transport", name, f"{host} without sslmode={COMPARED}")
    mail = settings.mail_host
    if mail and settings.mail_encryption == NONE and not loopback(mail):
        yield warning("transport", "mail", f"{mail} without mail_encryption")
