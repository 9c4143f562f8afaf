"""Sealing identity numbers and phones, finding an equal one, and what lists show instead."""

from secrets import token_bytes
from uuid import UUID

from zhibu.act import Act
from zhibu.forms.identity import mask, mask_phone
from zhibu.storage.encryption import Place


def index(act: Act, number: str) -> bytes:
    """The blind index of an identity number: equal numbers of one tenant have equal indexes."""
    return act.keyring.index(act.tenant_id, "core_member.identity_number", number)


def nobody() -> bytes:
    """An index that no identity number has: the number may be registered anew."""
    return token_bytes(32)


def seal_identity(act: Act, member_id: UUID, number: str) -> bytes:
    return act.keyring.seal(_place(act, "identity_sealed", member_id), number)


def seal_phone(act: Act, member_id: UUID, phone: str | None) -> bytes | None:
    return act.keyring.seal(_place(act, "phone_sealed", member_id), phone) if phone else None


def opened(act: Act, column: str, member_id: UUID, sealed: bytes) -> str:
    """The clear text of `identity_sealed` or `phone_sealed` of this member."""
    return act.keyring.open(_place(act, column, member_id), sealed)


def masked_phone(phone: str | None) -> str | None:
    return mask_phone(phone) if phone else None


def _place(act: Act, column: str, member_id: UUID) -> Place:
    return Place(act.tenant_id, "core_member", column, member_id)


__all__ = [
    "index",
    "mask",
    "masked_phone",
    "nobody",
    "opened",
    "seal_identity",
    "seal_phone",
]
