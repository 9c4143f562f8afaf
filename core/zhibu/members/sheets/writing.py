"""Writing a roster: who is new is registered, who is known is corrected; part by part."""

from collections.abc import Sequence
from typing import Any

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_IMPORT
from zhibu.forms.identity import birth_date
from zhibu.forms.rows import Row, Written
from zhibu.forms.sorting import sort_name
from zhibu.identifiers import new_id
from zhibu.members import limits, rules, sealing, store
from zhibu.members.public import CORRECTED
from zhibu.members.rules import Affiliation, Change, Person, Stage, StagePeriod
from zhibu.members.service.admission import entered
from zhibu.members.service.loading import home
from zhibu.members.sheets.recorded import Recorded, in_parts
from zhibu.members.store import Sealed
from zhibu.organizations.public import Unit

_DECISION = "导入名册"
_CHANGEABLE = ("name", "gender", "nation", "education", "kind", "note")


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Idempotent by identity number: the same file again leaves everyone unchanged."""
    created = updated = 0
    async for part, known in in_parts(act, rows):
        new = [row for row in part if row["identity_number"] not in known.people]
        await _register(act, new, known)
        created += len(new)
        updated += await _correct(act, part, known)
    return Written(created=created, updated=updated, unchanged=len(rows) - created - updated)


async def _register(act: Act, rows: Sequence[Row], known: Recorded) -> None:
    people: list[tuple[Person, Sealed]] = []
    joined: list[Affiliation] = []
    stages: list[StagePeriod] = []
    for row in rows:
        branch = known.units[row["branch"]]
        act.require(MEMBER_IMPORT, branch.path)
        periods = rules.begun(
            new_id(),
            change=Change.REGISTERED,
            admitted_on=row["admitted_on"],
            full_on=row["full_on"],
            full=row["stage"] == Stage.FULL,
            decision=_DECISION,
            decided_on=row["admitted_on"],
            probation=limits.probation(act, branch.path, row["admitted_on"]),
        )
        person = _person(row, branch, known, periods[-1])
        since = rules.joined(home(branch), row["admitted_on"], row["joined_on"])
        people.append((person, _sealed(act, row, person, known)))
        joined += rules.affiliated([], person.id, branch.id, since, _DECISION)
        stages += periods
        act.record(entered(person, Change.REGISTERED, _DECISION, since, late=False))
        act.touch(branch.id)
    await store.insert_people(act.session, act.tenant_id, people, act.now)
    await store.save_affiliations(act.session, act.tenant_id, [], joined)
    await store.save_stages(act.session, act.tenant_id, [], stages)


async def _correct(act: Act, rows: Sequence[Row], known: Recorded) -> int:
    met = [
        (row, known.people[row["identity_number"]])
        for row in rows
        if row["identity_number"] in known.people
    ]
    sealed = await store.sealed_of(act.session, act.tenant_id, [p.id for _, p in met])
    changes: list[dict[str, Any]] = []
    for row, person in met:
        act.require(MEMBER_IMPORT, person.path)
        told = _told(row, known)
        phone = sealed[person.id].phone_sealed
        before = sealing.opened(act, "phone_sealed", person.id, phone) if phone else None
        new_phone = row["phone"] or before
        changed = {f: v for f, v in told.items() if v is not None and v != getattr(person, f)}
        masked = sealing.masked_phone(new_phone)
        if not changed and new_phone == before:
            continue
        full = {f: getattr(person, f) for f in (*_CHANGEABLE, "group_id")} | changed
        changes.append(
            {
                "id": person.id,
                **full,
                "sort_name": sort_name(full["name"]),
                "phone_masked": masked,
                "phone_sealed": phone
                if new_phone == before
                else sealing.seal_phone(act, person.id, new_phone),
            }
        )
        shown = {"phone_masked": masked} if new_phone != before else {}
        act.record(_corrected(person, {**changed, **shown}))
        act.touch(person.organization_id)
    await store.update_people(act.session, act.tenant_id, changes)
    return len(changes)


def _told(row: Row, known: Recorded) -> dict[str, Any]:
    """What the row says of a known member; a column the file does not have says nothing."""
    told = {key: row[key] for key in _CHANGEABLE if key in row}
    if row["group"] is not None:
        told["group_id"] = known.units[row["group"]].id
    return told


def _corrected(person: Person, changed: dict[str, Any]) -> Event:
    plain = {f: v.hex if f == "group_id" else v for f, v in changed.items()}
    before = {f: getattr(person, f) for f in changed}
    if before.get("group_id"):
        before["group_id"] = before["group_id"].hex
    return Event(
        name=CORRECTED,
        subject=("Member", person.id),
        path=person.path,
        member_id=person.id,
        facts={"name": person.name, "before": before, "after": plain, "reason": _DECISION},
    )


def _person(row: Row, branch: Unit, known: Recorded, last: StagePeriod) -> Person:
    return Person(
        id=last.member_id,
        organization_id=branch.id,
        group_id=known.units[row["group"]].id if row["group"] else None,
        path=branch.path,
        name=row["name"],
        gender=row["gender"],
        birth_date=birth_date(row["identity_number"]),
        nation=row["nation"],
        education=row["education"],
        kind=row["kind"],
        stage=last.stage,
        admitted_on=row["admitted_on"],
        full_on=row["full_on"],
        departure=None,
        left_on=None,
        identity_masked=sealing.mask(row["identity_number"]),
        phone_masked=sealing.masked_phone(row["phone"]),
        note=row["note"],
        version=1,
    )


def _sealed(act: Act, row: Row, person: Person, known: Recorded) -> Sealed:
    number = row["identity_number"]
    return Sealed(
        identity_sealed=sealing.seal_identity(act, person.id, number),
        identity_index=known.indexes[number],
        phone_sealed=sealing.seal_phone(act, person.id, row["phone"]),
    )
