"""The algorithms that fields are sealed with: two families, of which each master key has one."""

import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as Sealing
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zhibu.errors import Invalid

NONCE, TAG, SM4_KEY = 12, 16, 16  # bytes


class CipherUnknown(Invalid):
    """There is no such family of algorithms. Facts: `cipher`, `known`."""

    code = "core.cipher_unknown"


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
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(key).encrypt(nonce, plain, bound)

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except InvalidTag as error:
            raise ValueError("altered") from error

    def digest(self, key: bytes, text: bytes) -> bytes:
        return hmac.digest(key, text, "sha256")


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, GB/T 36624), HKDF and HMAC with SM3 (GB/T 32905).

    Of the 32 bytes of a key SM4 takes the first 16.
    """

    name = "sm4-gcm"

    def derive(self, key: bytes, purpose: bytes) -> bytes:
        return HKDF(hashes.SM3(), 32, salt=None, info=purpose).derive(key)

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        sealing = Sealing(algorithms.SM4(key[:SM4_KEY]), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(bound)
        return nonce + sealing.update(plain) + sealing.finalize() + sealing.tag

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        nonce, within, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        if len(sealed) < NONCE + TAG:
            raise ValueError("altered")
        opening = Sealing(algorithms.SM4(key[:SM4_KEY]), modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(bound)
        try:
            return opening.update(within) + opening.finalize()
        except InvalidTag as error:
            raise ValueError("altered") from error

    def digest(self, key: bytes, text: bytes) -> bytes:
        made = HMAC(key, hashes.SM3())
        made.update(text)
        return made.finalize()


CIPHERS: dict[str, Cipher] = {each.name: each for each in (AesGcm(), Sm4Gcm())}


def require_known(name: str) -> str:
    """Raises `CipherUnknown` unless it is the name of a family."""
    if name not in CIPHERS:
        raise CipherUnknown(cipher=name, known=sorted(CIPHERS))
    return name
