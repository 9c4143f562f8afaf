"""Sealing identity numbers and phones, finding an equal one, and what lists show instead."""

from uuid import UUID

from zhibu.act import Act
from zhibu.forms.identity import mask, mask_phone

_TABLE = "core_member"


def index(act: Act, number: str) -> bytes:
    """The blind index of an identity number: equal numbers of one tenant have equal indexes."""
    return act.keyring.index(_TABLE, "identity_index", number)


def seal_identity(act: Act, member_id: UUID, number: str) -> bytes:
    return act.keyring.seal(_TABLE, "identity_sealed", member_id, number)


def seal_phone(act: Act, member_id: UUID, phone: str | None) -> bytes | None:
    return act.keyring.seal(_TABLE, "phone_sealed", member_id, phone) if phone else None


def opened(act: Act, column: str, member_id: UUID, sealed: bytes) -> str:
    """The clear text of `identity_sealed` or `phone_sealed` of this member."""
    return act.keyring.open(_TABLE, column, member_id, sealed)


def masked_phone(phone: str | None) -> str | None:
    return mask_phone(phone) if phone else None


__all__ = [
    "index",
    "mask",
    "masked_phone",
    "opened",
    "seal_identity",
    "seal_phone",
]
