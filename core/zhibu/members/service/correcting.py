"""Correcting what the register says of a member; what it said before stays in the ledger."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_CORRECT
from zhibu.errors import refuse
from zhibu.events.sensitive import sensitive
from zhibu.members import limits, rules, sealing, store
from zhibu.members.errors import FullDateOfProbationary
from zhibu.members.identity import Said
from zhibu.members.public import CORRECTED
from zhibu.members.rules import Person, Stage
from zhibu.members.service.judging import Correction, judge
from zhibu.members.service.loading import first_home, person_for

UNSAID = "＊＊＊"


async def correct(
    act: Act, id: UUID, correction: Correction, *, reason: str, version: int | None = None
) -> Person:
    """Correct a member; nothing happens when everything already stands so."""
    person = await person_for(act, id, MEMBER_CORRECT, version=version)
    return await corrected(act, person, correction, reason=reason)


async def corrected(act: Act, person: Person, correction: Correction, *, reason: str) -> Person:
    """The same, of a member held in this act, by whoever was asked or has decided already."""
    after, facts = await apply(act, person, correction, reason=reason)
    if facts:
        act.record(
            Event(
                name=CORRECTED,
                subject=("Member", person.id),
                path=person.path,
                member_id=person.id,
                facts={"name": after.name, **facts, "reason": reason},
            )
        )
    return after


async def apply(
    act: Act, person: Person, correction: Correction, *, reason: str
) -> tuple[Person, dict[str, Any]]:
    """The member as corrected, and the values `before` and `after`; no facts without a change."""
    judged = await judge(act, person, correction, reason=reason)
    refuse(judged.faults)
    changed = {f: value for f, value in judged.wanted.items() if getattr(person, f) != value}
    after = replace(person, **changed)
    secret = await _sealed(act, person, judged.said, correction.phone, correction.clear)
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
    if not joined:  # entered by mistake: of no branch on any day
        return
    home = await first_home(act, joined)
    moved = rules.rejoined(joined, home, before.admitted_on, after.admitted_on)
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
