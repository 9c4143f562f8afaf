"""The algorithms that fields are sealed with: one family now, another may be put beside it."""

import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Cipher(Protocol):
    """What a family of algorithms must offer; keys are 32 bytes."""

    name: str

    def derive(self, key: bytes, purpose: bytes) -> bytes: ...
    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes: ...

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Raises `ValueError` when anything was altered."""
        ...

    def digest(self, key: bytes, text: bytes) -> bytes: ...


class AesGcm:
    """AES-256-GCM, HKDF and HMAC with SHA-256."""

    name = "aes-256-gcm"

    def derive(self, key: bytes, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(key)

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(12)
        return nonce + AESGCM(key).encrypt(nonce, plain, bound)

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)
        except InvalidTag as error:
            raise ValueError("altered") from error

    def digest(self, key: bytes, text: bytes) -> bytes:
        return hmac.digest(key, text, "sha256")


CIPHERS: dict[str, Cipher] = {AesGcm.name: AesGcm()}
