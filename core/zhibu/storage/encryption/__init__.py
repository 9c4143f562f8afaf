"""Sensitive fields at rest: sealed per tenant, bound to their place, found by a blind index.

A sealed value is `0x01`, the number of its master key (2 bytes, big-endian), a nonce (12 bytes)
and the ciphertext with its tag. The master keys live in one file beside the database, readable by
its owner only. Losing that file loses the fields. Files that people hand in are sealed by
`zhibu.storage.encryption.contents`.
"""

from zhibu.storage.encryption.files import KeysMissing
from zhibu.storage.encryption.keyring import (
    Keyring,
    KeyUnknown,
    Place,
    SealBroken,
)

__all__ = ["KeyUnknown", "Keyring", "KeysMissing", "Place", "SealBroken"]
