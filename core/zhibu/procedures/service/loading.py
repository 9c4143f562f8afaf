"""What every use case about a procedure loads and asks first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.basis import Basis
from zhibu.core_actions import PROCEDURE_READ, PROCEDURE_READ_RESTRICTED
from zhibu.errors import NotFound
from zhibu.organizations.public import Unit, organization_of, organizations_above
from zhibu.procedures import store
from zhibu.procedures.errors import ProcedureChangedMeanwhile
from zhibu.procedures.rules.deciding import Place
from zhibu.procedures.rules.definition import Definition, Step, definition_of
from zhibu.procedures.rules.values import Case, Entry


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A procedure with its definition and every time it was at a step; the last one counts."""

    case: Case
    definition: Definition
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        return self.entries[-1]

    @property
    def step(self) -> Step:
        return self.definition.step(self.entry.code)


async def standing(act: Act, id: UUID, *, version: int | None = None) -> Standing:
    """The procedure, held, if the caller may see it. Raises `NotFound`."""
    case = await store.case(act.session, act.tenant_id, id)
    if case is None or not await seen(act, case):
        raise NotFound()
    if version is not None and version != case.version:
        raise ProcedureChangedMeanwhile(path=("version",), version=case.version)
    entries = await store.steps(act.session, act.tenant_id, id)
    definition = definition_of(case.name, case.definition)
    return Standing(case=case, definition=definition, entries=tuple(entries))


async def at_step(act: Act, step_id: UUID) -> tuple[Standing, Entry]:
    """The procedure of a step, and that step: it may be over by now. Raises `NotFound`."""
    procedure_id = await store.procedure_of_step(act.session, act.tenant_id, step_id)
    if procedure_id is None:
        raise NotFound()
    found = await standing(act, procedure_id)
    return found, next(entry for entry in found.entries if entry.id == step_id)


async def seen(act: Act, case: Case) -> bool:
    """Whoever may read it, whoever proposed it, and whoever has a seat at a meeting on it.

    The same condition as `reads.visible` writes in SQL.
    """
    action = PROCEDURE_READ_RESTRICTED if case.restricted else PROCEDURE_READ
    caller = act.caller
    if act.may(action, case.path, case.member_id):
        return True
    if caller.account_id is not None and caller.account_id == case.proposed_by:
        return True
    member = caller.member_id
    return member is not None and await store.has_seat(act.session, act.tenant_id, case.id, member)


async def above(act: Act, path: str) -> list[Place]:
    """The organization of this path and those above, as the rules see them."""
    return [place(unit) for unit in await organizations_above(act, path)]


async def held(act: Act, id: UUID) -> Place:
    """An organization as it stands now and stays until the transaction is over, whoever asks."""
    return place(await organization_of(act, id, seen_by=None, hold=True))


def place(unit: Unit) -> Place:
    return Place(
        id=unit.id,
        path=unit.path,
        kind=unit.kind.value,
        approves=unit.approves_probationary,
        ended=unit.ended_on is not None,
    )


def event(act: Act, name: str, case: Case, *, basis: Basis | None = None, **facts: Any) -> None:
    """Record what happened to a procedure, where it belongs."""
    told = {key: value for key, value in facts.items() if value is not None}
    act.record(
        Event(
            name=name,
            subject=("Procedure", case.id),
            path=case.path,
            member_id=case.member_id,
            facts={"procedure": case.name, "title": case.title, **told},
            basis=basis,
        )
    )
