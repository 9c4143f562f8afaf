"""What every undoing asks, saves and says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.members import store
from zhibu.members.errors import ChangedMeanwhile
from zhibu.members.public import ENTRIES, UNDONE
from zhibu.members.rules import Person
from zhibu.organizations.public import Unit, organization_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip

WHAT = ("what",)


class Entered(StrEnum):
    """Which entry the slip is."""

    ENTRY = "entry"
    CORRECTION = "correction"
    STAGE = "stage"
    AFFILIATION = "affiliation"


@dataclass(frozen=True, kw_only=True)
class Undo:
    """What somebody wants undone, and why."""

    act: Act
    id: UUID
    what: Entered
    reason: str
    version: int | None
    asked: bool = False

    async def held(self) -> Person:
        """The member, whom nobody else changes until this is over. Nobody was asked yet."""
        person = await store.person(self.act.session, self.act.tenant_id, self.id, hold=True)
        if person is None:
            raise NotFound()
        return person

    def slip(self, *happened: str, **facts: Any) -> Slip:
        """The last of these events about the member, with these facts."""
        return Slip(subject=("Member", self.id), happened=happened, among=ENTRIES, facts=facts)

    async def ask(self, person: Person, action: Action, slip: Slip) -> None:
        """Raise unless the caller may do this, or takes back what he entered himself."""
        if not self.asked:
            await slips.require(
                self.act, action, person.path, self.id, slip, seen_by=MEMBER_READ, argument=WHAT
            )
        if self.version is not None and self.version != person.version:
            raise ChangedMeanwhile(path=("version",), version=self.version, current=person.version)

    async def branch(self, id: UUID, action: Action, slip: Slip) -> Unit:
        """The branch, held where it is, where the member belongs again."""
        if self.asked:
            return await organization_of(self.act, id, seen_by=None, hold=True)
        unit = await organization_of(self.act, id, hold=True)
        await slips.require(
            self.act, action, unit.path, None, slip, seen_by=ORGANIZATION_READ, argument=WHAT
        )
        return unit

    async def saved(
        self,
        person: Person,
        values: Mapping[str, Any],
        facts: Mapping[str, Any],
        sealed: Mapping[str, Any] = MappingProxyType({}),
    ) -> Person:
        """The member with these values, and the event that says what was undone."""
        act = self.act
        await store.save_person(act.session, act.tenant_id, person, {**values, **sealed})
        after = replace(person, **values, version=person.version + 1)
        self.say(after, facts)
        act.touch(person.organization_id, after.organization_id)
        return after

    def say(self, after: Person, facts: Mapping[str, Any]) -> None:
        """Put into the ledger what was undone."""
        self.act.record(
            Event(
                name=UNDONE,
                subject=("Member", after.id),
                path=after.path,
                member_id=after.id,
                facts={"name": after.name, "what": self.what, **facts, "reason": self.reason},
            )
        )
