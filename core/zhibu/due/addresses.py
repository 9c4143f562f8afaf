"""Where reminders may be sent: checked before anything is kept, and again before it is sent."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qs, urlsplit

from zhibu.due.errors import MailAddressInvalid, MailDomainRefused, WebhookRefused
from zhibu.due.rules.reminders import ChannelKind
from zhibu.settings import Settings

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})")
# What the makers of the robots document: the path, and the parameter that names the robot.
_ROBOTS = {
    ChannelKind.WECOM: ("/cgi-bin/webhook/send", "key"),
    ChannelKind.DINGTALK: ("/robot/send", "access_token"),
}


def checked(kind: ChannelKind, address: str, settings: Settings) -> str:
    """The address, if reminders may be sent there.

    Raises `MailAddressInvalid`, `MailDomainRefused`, `WebhookRefused`.
    """
    if kind is ChannelKind.EMAIL:
        return _mail(address.strip(), settings.reminder_domains)
    return _robot(kind, address.strip(), settings.webhook_origins)


def masked(kind: ChannelKind, address: str) -> str:
    """What is shown of an address: enough to know it again, not enough to use it."""
    if kind is ChannelKind.EMAIL:
        name, _, domain = address.partition("@")
        return f"{name[0]}***@{domain}"
    return f"{urlsplit(address).hostname} …{address[-4:]}"


def _mail(address: str, domains: Sequence[str]) -> str:
    found = _MAIL.fullmatch(address)
    if found is None:
        raise MailAddressInvalid(path=("address",))
    domain = found[1].lower()
    if domains and domain not in {each.lower() for each in domains}:
        raise MailDomainRefused(path=("address",), domain=domain, allowed=list(domains))
    return address


def _robot(kind: ChannelKind, address: str, origins: Sequence[str]) -> str:
    refused = WebhookRefused(path=("address",), allowed=list(origins))
    try:
        parts = urlsplit(address)
        origin = _origin(parts)
        query = parse_qs(parts.query, strict_parsing=True)
    except ValueError as error:
        raise refused from error
    path, name = _ROBOTS[kind]
    plain = address.isascii() and address.isprintable() and not re.search(r"[\s\\@#]", address)
    if not plain or origin not in origins or parts.path != path or set(query) != {name}:
        raise refused
    return address


def _origin(parts: SplitResult) -> str:
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme}://{parts.hostname}{port}"
