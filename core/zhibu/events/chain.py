"""The links of the ledger: each entry's hash covers its body and the hash before it."""

from hashlib import sha256
from uuid import UUID


def genesis(tenant_id: UUID) -> bytes:
    """What the first entry of a tenant is linked to: no two chains can be exchanged."""
    return sha256(b"zhibu ledger\n" + tenant_id.bytes).digest()


def link(previous: bytes, body: bytes) -> bytes:
    """The hash of an entry. The inner zero byte keeps a body from ever passing for a link."""
    return sha256(previous + sha256(b"\0" + body).digest()).digest()
