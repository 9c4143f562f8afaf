"""Entering somebody into the register: newly admitted, or a member already."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_CREATE
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.identifiers import new_id
from zhibu.members import limits, rules, sealing, store
from zhibu.members.errors import FullDateOfProbationary, MemberNameMissing
from zhibu.members.identity import Said, identity_faults, phone_faults
from zhibu.members.public import ADMITTED, REGISTERED
from zhibu.members.rules import Change, Gender, MemberKind, Person, StagePeriod
from zhibu.members.service.loading import branch_for, group_of, home
from zhibu.members.store import Sealed


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is entered of a person. `birth_date` and `gender` follow from the identity number
    where they are left out; they may not contradict it."""

    organization_id: UUID
    name: str
    identity_number: str
    kind: MemberKind
    admitted_on: date
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    education: str | None = None
    phone: str | None = None
    group_id: UUID | None = None
    note: str | None = None


async def admit(act: Act, entry: Entry, *, decision: str) -> Person:
    """Enter a probationary member. `admitted_on` is the day of the branch meeting (S0-15)."""
    return await _enter(
        act, entry, Change.ADMITTED, decision, full=False, full_on=None, joined_on=None
    )


async def register(
    act: Act,
    entry: Entry,
    *,
    full: bool,
    full_on: date | None = None,
    joined_on: date | None = None,
    decision: str = "",
    action: Action | None = MEMBER_CREATE,
) -> Person:
    """Enter somebody who is a member already, from the files.

    `joined_on` is when the affiliation to the branch began; unknown, it is the admission,
    or the founding of the branch if that is later. A plugin that has asked for an action of its
    own gives `action=None`.
    """
    return await _enter(
        act,
        entry,
        Change.REGISTERED,
        decision or "登记入册",
        full=full,
        full_on=full_on,
        joined_on=joined_on,
        action=action,
    )


async def _enter(
    act: Act,
    entry: Entry,
    change: Change,
    decision: str,
    *,
    full: bool,
    full_on: date | None,
    joined_on: date | None,
    action: Action | None = MEMBER_CREATE,
) -> Person:
    branch = await branch_for(act, entry.organization_id, action)
    group = await group_of(act, entry.group_id)
    begins: tuple[date | None, str] = (joined_on, "joined_on")
    if change is Change.ADMITTED:
        begins = (entry.admitted_on, "admitted_on")
    found: list[Invalid | Conflict] = [
        *([] if entry.name.strip() else [MemberNameMissing(path=("name",))]),
        *rules.home_faults(home(branch)),
        *rules.founding_faults(home(branch), *begins),
        *rules.group_faults(group, branch.id),
        *rules.date_faults(
            admitted_on=entry.admitted_on, full_on=full_on, joined_on=joined_on, today=act.today
        ),
        *([] if full or full_on is None else [FullDateOfProbationary(path=("full_on",))]),
        *rules.decision_faults(decision),
        *phone_faults(entry.phone),
    ]
    said, faults = identity_faults(entry.identity_number, entry.gender, entry.birth_date, act.today)
    found += faults
    if said:
        age, basis = limits.admission_age(act, branch.path, entry.admitted_on)
        found += rules.age_faults(said.birth_date, entry.admitted_on, age, basis)
    refuse(found)
    assert said is not None
    stages = rules.begun(
        new_id(),
        change=change,
        admitted_on=entry.admitted_on,
        full_on=full_on,
        full=full,
        decision=decision,
        decided_on=entry.admitted_on,
        probation=limits.probation(act, branch.path, entry.admitted_on),
    )
    person = _person(entry, said, branch.path, stages[-1], full_on)
    sealed = Sealed(
        identity_sealed=sealing.seal_identity(act, person.id, said.number),
        identity_index=sealing.index(act, said.number),
        phone_sealed=sealing.seal_phone(act, person.id, entry.phone),
    )
    since = rules.joined(home(branch), entry.admitted_on, joined_on)
    await store.insert_person(
        act.session,
        act.tenant_id,
        person,
        sealed,
        affiliations=rules.affiliated([], person.id, branch.id, since, None),
        stages=stages,
        now=act.now,
    )
    act.record(entered(person, change, decision, since, late=entry.admitted_on < act.today))
    act.touch(branch.id)
    return person


def entered(person: Person, change: Change, decision: str, joined_on: date, *, late: bool) -> Event:
    return Event(
        name=ADMITTED if change is Change.ADMITTED else REGISTERED,
        subject=("Member", person.id),
        path=person.path,
        member_id=person.id,
        facts={
            "name": person.name,
            "stage": person.stage,
            "admitted_on": person.admitted_on.isoformat(),
            "full_on": person.full_on.isoformat() if person.full_on else None,
            "joined_on": joined_on.isoformat(),
            "decision": decision,
            "late": late,
        },
    )


def _person(entry: Entry, said: Said, path: str, last: StagePeriod, full_on: date | None) -> Person:
    return Person(
        id=last.member_id,
        organization_id=entry.organization_id,
        group_id=entry.group_id,
        path=path,
        name=entry.name.strip(),
        gender=said.gender,
        birth_date=said.birth_date,
        nation=entry.nation,
        education=entry.education,
        kind=entry.kind,
        stage=last.stage,
        admitted_on=entry.admitted_on,
        full_on=full_on,
        departure=None,
        left_on=None,
        identity_masked=sealing.mask(said.number),
        phone_masked=sealing.masked_phone(entry.phone),
        note=entry.note,
        version=1,
    )
