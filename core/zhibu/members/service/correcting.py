"""Correcting what the register says of a member; what it said before stays in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_CORRECT
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.events.sensitive import sensitive
from zhibu.members import limits, rules, sealing, store
from zhibu.members.errors import FullDateOfProbationary, IdentityTaken, MemberNameMissing
from zhibu.members.identity import Said, identity_faults, phone_faults
from zhibu.members.public import CORRECTED
from zhibu.members.rules import Gender, MemberKind, Person, Stage
from zhibu.members.service.loading import group_of, person_for

_SEALED = ("identity_number", "phone")
UNSAID = "＊＊＊"


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


async def correct(
    act: Act, id: UUID, correction: Correction, *, reason: str, version: int | None = None
) -> Person:
    """Correct a member; nothing happens when everything already stands so."""
    person = await person_for(act, id, MEMBER_CORRECT, version=version)
    after, facts = await apply(act, person, correction, reason=reason)
    if facts:
        act.record(
            Event(
                name=CORRECTED,
                subject=("Member", id),
                path=person.path,
                member_id=id,
                facts={"name": after.name, **facts, "reason": reason},
            )
        )
    return after


async def apply(
    act: Act, person: Person, correction: Correction, *, reason: str
) -> tuple[Person, dict[str, Any]]:
    """The member as corrected, and the values `before` and `after`; no facts without a change."""
    wanted: dict[str, Any] = {
        f.name: getattr(correction, f.name)
        for f in fields(correction)
        if f.name != "clear" and getattr(correction, f.name) is not None
    }
    wanted |= dict.fromkeys(correction.clear & CLEARABLE)
    number, phone = wanted.pop("identity_number", None), wanted.pop("phone", None)
    said, found = await _said(act, person, wanted, number)
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
    if said is not None:
        wanted |= {"gender": said.gender, "birth_date": said.birth_date}
    if {"admitted_on", "birth_date"} & set(wanted):
        found += _age_faults(act, person, wanted)
    refuse(found)
    changed = {f: value for f, value in wanted.items() if getattr(person, f) != value}
    after = replace(person, **changed)
    secret = await _sealed(act, person, said, phone, correction.clear)
    if not changed and not secret:
        return person, {}
    if {"admitted_on", "full_on"} & set(changed):
        await _redate(act, person, after)
    await store.save_person(act.session, act.tenant_id, person, {**changed, **secret})
    shown: dict[str, Any] = {
        f: secret[f] for f in ("identity_masked", "phone_masked") if f in secret
    }
    act.touch(person.organization_id)
    facts = {
        "before": _unsaid(_plain({f: getattr(person, f) for f in (*changed, *shown)})),
        "after": _plain({**changed, **shown}),
    }
    return replace(after, **shown, version=person.version + 1), facts


async def _said(
    act: Act, person: Person, wanted: Mapping[str, Any], number: str | None
) -> tuple[Said | None, list[Invalid | Conflict]]:
    """What the new number says, or the recorded one where gender or birth date are changed."""
    told = wanted.get("gender"), wanted.get("birth_date")
    if number is not None:
        said, faults = identity_faults(number, *told, act.today)
        holders = {}
        if said is not None:
            index = sealing.index(act, said.number)
            holders = await store.holders_of(act.session, act.tenant_id, [index])
        taken = any(holder.id != person.id for holder in holders.values())
        return said, [*faults, *([IdentityTaken(path=("identity_number",))] if taken else [])]
    if told == (None, None):
        return None, []
    sealed = await store.sealed_field(act.session, act.tenant_id, person.id, "identity_sealed")
    assert sealed is not None
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


async def _sealed(
    act: Act, person: Person, said: Said | None, phone: str | None, clear: frozenset[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if said is not None:
        values |= {
            "identity_sealed": sealing.seal_identity(act, person.id, said.number),
            "identity_index": sealing.index(act, said.number),
            "identity_masked": sealing.mask(said.number),
        }
    if phone is not None or "phone" in clear:
        values |= {
            "phone_sealed": sealing.seal_phone(act, person.id, phone),
            "phone_masked": sealing.masked_phone(phone),
        }
    return values


async def _redate(act: Act, before: Person, after: Person) -> None:
    """The history follows: stages, and an affiliation that began with the admission."""
    session, tenant_id, id = act.session, act.tenant_id, before.id
    stages = await store.stages_of(session, tenant_id, id)
    if after.full_on is not None and all(period.stage is not Stage.FULL for period in stages):
        raise FullDateOfProbationary(path=("full_on",))
    probation = limits.probation(act, before.path, after.admitted_on)
    history = rules.redated(
        stages, admitted_on=after.admitted_on, full_on=after.full_on, probation=probation
    )
    await store.save_stages(session, tenant_id, stages, history)
    joined = await store.affiliations_of(session, tenant_id, id)
    moved = rules.rejoined(joined, before.admitted_on, after.admitted_on)
    await store.save_affiliations(session, tenant_id, joined, moved)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field: value.isoformat()
        if isinstance(value, date)
        else value.hex
        if isinstance(value, UUID)
        else value
        for field, value in values.items()
    }


def _unsaid(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what the ledger cannot keep: a number in an old note must not stay there for ever."""
    return {
        field: UNSAID if isinstance(value, str) and sensitive(value) else value
        for field, value in values.items()
    }
