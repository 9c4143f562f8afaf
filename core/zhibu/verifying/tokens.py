"""The address of a paper: whose it is, which one, and a tag that only its institution can make."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act
from zhibu.storage.encryption import Keyring

ID = 16  # bytes of an id, and of a tag
WHOLE = 3 * ID


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What anybody is told of a paper: labels, which `locale/` has, and facts by their labels."""

    holds: bool
    state: str
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a token says, before anybody has looked whether it is true."""

    tenant_id: UUID
    id: UUID
    tag: bytes


def address_of(act: Act, kind: str, id: UUID) -> str | None:
    """Where this paper is verified; None where nobody said how the installation is reached."""
    if act.address is None:
        return None
    token = token_of(act.keyring, act.tenant_id, kind, id)
    return f"{act.address.rstrip('/')}/verify/{token}"


def token_of(keyring: Keyring, tenant_id: UUID, kind: str, id: UUID) -> str:
    """48 bytes as 64 characters: each of them counts."""
    whole = tenant_id.bytes + id.bytes + _tag(keyring, tenant_id, kind, id)
    return base64.urlsafe_b64encode(whole).decode()


def claim_of(token: str) -> Claim | None:
    """What a token says; None for what is none."""
    try:
        whole = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    if len(whole) != WHOLE:
        return None
    tenant_id, id, tag = (whole[at : at + ID] for at in range(0, WHOLE, ID))
    return Claim(tenant_id=UUID(bytes=tenant_id), id=UUID(bytes=id), tag=tag)


def is_true(keyring: Keyring, claim: Claim, kind: str) -> bool:
    """Whether this institution gave the token out, for a paper of this kind."""
    return hmac.compare_digest(claim.tag, _tag(keyring, claim.tenant_id, kind, claim.id))


def _tag(keyring: Keyring, tenant_id: UUID, kind: str, id: UUID) -> bytes:
    return keyring.index(tenant_id, f"verify.{kind}", id.hex)
