"""What an installation is told of the sign-in services of its institutions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OIDC = "oidc"
CAS = "cas"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,31}")
_OWN_PAGE = re.compile(r"/[\w./-]*")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A sign-in service of one institution: the settings' `[providers.NAME]`.

    `address` is the issuer, or where the CAS server is. `subject` is the claim, or for CAS the
    attribute, by which it knows people for good. `return_to` is the page of ours to which whoever
    signed in is taken. `untyped_sign_outs` takes notices of sign-outs that do not say by their type
    that they are such: older services leave it out.
    """

    name: str
    kind: str
    tenant: str
    address: str
    title: str
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ("openid",)
    subject: str = "sub"
    return_to: str = "/explorer"
    untyped_sign_outs: bool = False


def provider_of(name: str, given: Mapping[str, Any]) -> Provider:
    """The provider of a table of the settings. Raises `ValueError` with every fault."""
    said = dict(given)
    if (file := said.pop("client_secret_file", None)) is not None:
        if "client_secret" in said:
            raise ValueError("client_secret_file and client_secret")
        said["client_secret"] = Path(str(file)).read_text("utf-8").strip()
    known = {each.name for each in fields(Provider)} - {"name"}
    if unknown := sorted(set(said) - known):
        raise ValueError(f"no such word: {', '.join(unknown)}")
    if missing := sorted({"kind", "tenant", "address"} - set(said)):
        raise ValueError(f"missing: {', '.join(missing)}")
    said["scopes"] = tuple(said.get("scopes", ("openid",)))
    said["address"] = str(said["address"]).rstrip("/")
    said.setdefault("title", name)
    if said["kind"] == CAS:
        said.setdefault("subject", "user")
    found = Provider(name=name, **said)
    if faults := list(_faults(found)):
        raise ValueError("; ".join(faults))
    return found


def reachable_safely(address: str) -> bool:
    """Whether nobody on the way can change what comes from there: by TLS, or on this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.scheme == "http" and parts.hostname == "localhost"


def _faults(provider: Provider) -> Iterator[str]:
    if not _NAME.fullmatch(provider.name) or provider.name in ("confirm", "providers", "sign-out"):
        yield "a name is 2 to 32 small letters, digits and hyphens, and no page of ours"
    if provider.kind not in (OIDC, CAS):
        yield f"kind is {OIDC} or {CAS}"
    if not reachable_safely(provider.address):
        yield "address needs https://"
    if provider.kind == OIDC and not provider.client_id:
        yield "missing: client_id"
    if provider.kind == OIDC and "openid" not in provider.scopes:
        yield "scopes need openid"
    if not _OWN_PAGE.fullmatch(provider.return_to) or provider.return_to.startswith("//"):
        yield "return_to is a page of ours, such as /explorer"
    if not isinstance(provider.untyped_sign_outs, bool):
        yield "untyped_sign_outs is true or false"
