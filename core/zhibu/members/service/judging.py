"""Whether a correction of a member may be, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid
from zhibu.members import limits, rules, sealing, store
from zhibu.members.errors import IdentityTaken, MemberNameMissing
from zhibu.members.identity import Said, identity_faults, phone_faults
from zhibu.members.rules import Change, Gender, MemberKind, Person
from zhibu.members.service.loading import first_home, group_of


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What is to be changed: None leaves a field as it is, `clear` names those to be emptied.

    With a new identity number, gender and birth date follow from it.
    """

    name: str | None = None
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    education: str | None = None
    kind: MemberKind | None = None
    admitted_on: date | None = None
    full_on: date | None = None
    note: str | None = None
    group_id: UUID | None = None
    identity_number: str | None = None
    phone: str | None = None
    clear: frozenset[str] = frozenset()


CLEARABLE = frozenset({"nation", "education", "note", "group_id", "phone"})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a correction would set, what its new number says, and what speaks against it."""

    wanted: Mapping[str, Any]
    said: Said | None
    faults: list[Invalid | Conflict]


async def judge(
    act: Act, person: Person, correction: Correction, *, reason: str, compared: bool = True
) -> Judged:
    """Everything that speaks against a correction.

    Unless `compared`, a new number is not looked up among the others: who merely asks for a
    correction must not find out who is in the register.
    """
    wanted: dict[str, Any] = {
        f.name: getattr(correction, f.name)
        for f in fields(correction)
        if f.name != "clear" and getattr(correction, f.name) is not None
    }
    wanted |= dict.fromkeys(correction.clear & CLEARABLE)
    number, phone = wanted.pop("identity_number", None), wanted.pop("phone", None)
    said, found = await _said(act, person, wanted, number, compared=compared)
    found += [*rules.reason_faults(reason), *phone_faults(phone)]
    if "name" in wanted and not wanted["name"].strip():
        found.append(MemberNameMissing(path=("name",)))
    if wanted.get("group_id") is not None:
        group = await group_of(act, wanted["group_id"])
        found += rules.group_faults(group, person.organization_id)
    if {"admitted_on", "full_on"} & set(wanted):
        found += rules.date_faults(
            admitted_on=wanted.get("admitted_on", person.admitted_on),
            full_on=wanted.get("full_on", person.full_on),
            joined_on=None,
            today=act.today,
        )
    if wanted.get("admitted_on", person.admitted_on) != person.admitted_on:
        found += await _founding_faults(act, person, wanted["admitted_on"])
    if said is not None:
        wanted |= {"gender": said.gender, "birth_date": said.birth_date}
    if {"admitted_on", "birth_date"} & set(wanted):
        found += _age_faults(act, person, wanted)
    return Judged(wanted=wanted, said=said, faults=found)


async def _said(
    act: Act, person: Person, wanted: Mapping[str, Any], number: str | None, *, compared: bool
) -> tuple[Said | None, list[Invalid | Conflict]]:
    """What the new number says, or the recorded one where gender or birth date are changed."""
    told = wanted.get("gender"), wanted.get("birth_date")
    if number is not None:
        said, faults = identity_faults(number, *told, act.today)
        holders = {}
        if said is not None and compared:
            index = sealing.index(act, said.number)
            holders = await store.holders_of(act.session, act.tenant_id, [index])
        taken = any(holder.id != person.id for holder in holders.values())
        return said, [*faults, *([IdentityTaken(path=("identity_number",))] if taken else [])]
    if told == (None, None):
        return None, []
    sealed = await store.sealed_field(act.session, act.tenant_id, person.id, "identity_sealed")
    if not sealed:  # it was erased, and speaks against nothing
        return None, []
    known = sealing.opened(act, "identity_sealed", person.id, sealed)
    _, faults = identity_faults(known, *told, act.today)
    return None, list(faults)


def _age_faults(act: Act, person: Person, wanted: Mapping[str, Any]) -> list[Invalid | Conflict]:
    """A corrected day must not make somebody a member who was too young; what stands may."""
    was = person.birth_date, person.admitted_on
    born, on = wanted.get("birth_date", was[0]), wanted.get("admitted_on", was[1])
    if (born, on) == was:
        return []
    needed, basis = limits.admission_age(act, person.path, on)
    return rules.age_faults(born, on, needed, basis)


async def _founding_faults(act: Act, person: Person, on: date) -> list[Invalid | Conflict]:
    """A branch admits nobody before it was founded.

    Who was entered from the files may have been admitted elsewhere, before there was this branch.
    """
    first, *_ = await store.stages_of(act.session, act.tenant_id, person.id)
    joined = await store.affiliations_of(act.session, act.tenant_id, person.id)
    if first.change is not Change.ADMITTED or not joined:
        return []
    return rules.founding_faults(await first_home(act, joined), on, "admitted_on")
