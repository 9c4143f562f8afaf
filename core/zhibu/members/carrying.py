"""What is sealed of a member, as the register that takes him needs it."""

from dataclasses import dataclass
from uuid import UUID

from zhibu.act import Act
from zhibu.members import sealing, store


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Clear text, which goes into a sealed message and nowhere else."""

    identity_number: str
    phone: str | None


async def carried_of(act: Act, id: UUID) -> Carried:
    """For another institution's register; whoever calls was allowed to send the member there, and
    says in the ledger that he did."""
    found = {}
    for column in ("identity_sealed", "phone_sealed"):
        sealed = await store.sealed_field(act.session, act.tenant_id, id, column)
        found[column] = sealing.opened(act, column, id, sealed) if sealed else None
    number = found["identity_sealed"]
    assert number is not None, "nobody is in the register without one"
    return Carried(identity_number=number, phone=found["phone_sealed"])
