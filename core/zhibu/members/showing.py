"""Identity numbers and phones on a page that leaves the house: in clear only where one may open."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from zhibu.accounts.proving import Use, proven
from zhibu.act import Act
from zhibu.core_actions import MEMBER_OPEN, MEMBER_READ, MEMBER_READ_CONTACT
from zhibu.members import sealing, store
from zhibu.members.rules import Person
from zhibu.members.store import Sealed


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A member on a page. `number` and `phone` are masked unless `opened`; None where hidden."""

    person: Person
    number: str | None
    phone: str | None
    opened: bool

    @property
    def name(self) -> str:
        return self.person.name


async def shown(act: Act, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """Those of these members whom the caller sees, each as the caller may see it."""
    found = await store.people(act.session, act.tenant_id, ids)
    sealed = await store.sealed_of(act.session, act.tenant_id, found)
    return {
        id: show(act, person, sealed[id])
        for id, (person, _) in found.items()
        if act.may(MEMBER_READ, person.path, id)
    }


def show(act: Act, person: Person, sealed: Sealed) -> Shown:
    """The member as the caller may see it."""
    if act.may(MEMBER_OPEN, person.path, person.id) and proven(act, Use.OPEN, person.path):
        number, phone = sealed.identity_sealed, sealed.phone_sealed
        return Shown(
            person=person,
            number=sealing.opened(act, "identity_sealed", person.id, number) if number else None,
            phone=sealing.opened(act, "phone_sealed", person.id, phone) if phone else None,
            opened=True,
        )
    contact = act.may(MEMBER_READ_CONTACT, person.path, person.id)
    return Shown(
        person=person,
        number=person.identity_masked if contact else None,
        phone=person.phone_masked if contact else None,
        opened=False,
    )
