"""Asking for a correction, and carrying it out once it is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Procedure
from zhibu.core_actions import MEMBER_ASK_CORRECTION, MEMBER_READ
from zhibu.corrections import rules
from zhibu.corrections.errors import NothingToCorrect
from zhibu.errors import Conflict, Invalid, NotFound
from zhibu.members import sealing, store
from zhibu.members.rules import Gender, MemberKind, Person
from zhibu.members.service import Correction
from zhibu.members.service.correcting import corrected
from zhibu.members.service.judging import CLEARABLE, judge
from zhibu.procedures.public import Outcome, Proposal, propose

_SEALED = ("identity_number", "phone")


async def ask(
    act: Act,
    member_id: UUID,
    correction: Correction,
    *,
    reason: str,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Ask for a correction of a member's record; the procedure's id.

    The branch decides it, and the committee as well where a field is sensitive.
    """
    person = await store.person(act.session, act.tenant_id, member_id)
    if person is None:
        raise NotFound()
    act.require(MEMBER_ASK_CORRECTION, person.path, member_id, seen_by=MEMBER_READ)
    given = _given(correction)
    if not _changes(person, given, correction.clear):
        raise NothingToCorrect(path=("member",))
    touched = {*given, *correction.clear & CLEARABLE}
    sensitive = act.parameters.choices("core.correction_sensitive", person.path, act.today)
    return await propose(
        act,
        Proposal(
            name=rules.procedure_of(touched, sensitive),
            title=rules.title_of(person.name, touched),
            statement=reason,
            subject_kind="Member",
            subject_id=member_id,
            organization_id=person.organization_id,
            path=person.path,
            member_id=member_id,
            particulars=_told(given, correction.clear),
            sealed={field: given[field] for field in _SEALED if field in given},
            documents=tuple(documents),
        ),
    )


async def check(act: Act, proposal: Proposal) -> Iterable[Invalid | Conflict]:
    """What the register's own rules say against it, as far as whoever asks may know."""
    person = await store.person(act.session, act.tenant_id, proposal.subject_id)
    assert person is not None
    correction = _correction(proposal.particulars, proposal.sealed)
    judged = await judge(act, person, correction, reason=proposal.statement, compared=False)
    return judged.faults


async def decided(act: Act, outcome: Outcome) -> None:
    """Correct the record as it was asked for; what speaks against it now undoes the decision."""
    if not outcome.approved:
        return
    person = await store.person(act.session, act.tenant_id, outcome.subject_id, hold=True)
    assert person is not None
    correction = _correction(outcome.particulars, outcome.sealed)
    await corrected(act, person, correction, reason=outcome.decision)


PROCEDURES = tuple(
    Procedure(name=name, about="Member", check=check, decided=decided)
    for name in (rules.PLAIN, rules.SENSITIVE)
)


def _given(correction: Correction) -> dict[str, Any]:
    """The fields that are to have another value."""
    found = {f.name: getattr(correction, f.name) for f in fields(correction) if f.name != "clear"}
    return {name: value for name, value in found.items() if value is not None}


def _changes(person: Person, given: Mapping[str, Any], clear: frozenset[str]) -> bool:
    """Whether anything would be another than it is; sealed fields are taken at their word."""
    if {*_SEALED} & {*given}:
        return True
    emptied = {"phone_masked" if field == "phone" else field for field in clear & CLEARABLE}
    return any(getattr(person, field) != value for field, value in given.items()) or any(
        getattr(person, field) is not None for field in emptied
    )


def _told(given: Mapping[str, Any], clear: frozenset[str]) -> dict[str, Any]:
    """The correction as whoever decides reads it: sealed fields as lists show them."""
    masks = {"identity_number": sealing.mask, "phone": sealing.masked_phone}
    return {
        "set": {
            field: masks[field](value) if field in masks else _plain(value)
            for field, value in given.items()
        },
        "clear": sorted(clear & CLEARABLE),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def _correction(particulars: Mapping[str, Any], sealed: Mapping[str, str]) -> Correction:
    """The correction behind what was kept of it."""
    read: dict[str, Any] = {
        "gender": Gender,
        "kind": MemberKind,
        "birth_date": date.fromisoformat,
        "admitted_on": date.fromisoformat,
        "full_on": date.fromisoformat,
        "group_id": UUID,
    }
    said = {**particulars["set"], **sealed}
    values = {
        field: read[field](value) if field in read else value for field, value in said.items()
    }
    return Correction(**values, clear=frozenset(particulars["clear"]))
