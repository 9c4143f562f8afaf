"""Proposing an election, and the names on its ballot when a meeting opens."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ, PROCEDURE_PROPOSE
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.organizations.public import organization_of
from zhibu.procedures import catalogue, store
from zhibu.procedures.rules import electing as rules
from zhibu.procedures.rules.definition import By, Step
from zhibu.procedures.rules.electing import Standing
from zhibu.procedures.rules.entitlement import Seat
from zhibu.procedures.rules.values import Part, Proposal
from zhibu.procedures.service.bodies import seats_on
from zhibu.procedures.service.proposing import propose

ELECTION = "core.election"


async def elect(
    act: Act,
    organization_id: UUID,
    *,
    title: str,
    statement: str,
    seats: int,
    candidates: Sequence[UUID],
    delegates: Sequence[UUID] = (),
    scattered: bool = False,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Propose an election: the superior looks at the candidates, and at whoever is to elect."""
    unit = await organization_of(act, organization_id)
    act.require(PROCEDURE_PROPOSE, unit.path, seen_by=ORGANIZATION_READ)
    named = [
        *((Part.CANDIDATE, member) for member in candidates),
        *((Part.DELEGATE, member) for member in delegates),
    ]
    return await propose(
        act,
        Proposal(
            name=ELECTION,
            title=title,
            statement=statement,
            subject_kind="Organization",
            subject_id=unit.id,
            organization_id=unit.id,
            path=unit.path,
            particulars={"seats": seats, "scattered": scattered},
            documents=tuple(documents),
            named=tuple(named),
        ),
    )


async def slate_faults(act: Act, proposal: Proposal) -> Iterable[Invalid | Conflict]:
    """What speaks against the names and the seats of a proposal."""
    found = catalogue.in_force(act, proposal.name, proposal.path, act.today)
    steps = found[0].steps if found else ()
    slate = rules.Slate(
        seats=proposal.particulars["seats"],
        named=proposal.named,
        scattered=proposal.particulars["scattered"],
    )
    faults: list[Invalid | Conflict] = []
    minimum = act.parameters.value("core.assembly_members", proposal.path, act.today)
    for step in steps:
        if step.by is By.ELECTION:
            there = await seats_on(act, step, proposal, act.today)
            faults += rules.slate_faults(
                slate,
                electable={seat.member_id for seat in there if seat.electable},
                members=len(there),
                surplus=surplus(act, step, proposal.path),
                assembly=rules.Assembly(minimum=minimum.value, basis=minimum.basis),
            )
    return faults


def surplus(act: Act, step: Step, path: str) -> rules.Surplus | None:
    """By how many the candidates exceed the seats today; None where they need not."""
    if step.surplus is None:
        return None
    value = act.parameters.value(step.surplus, path, act.today)
    return rules.Surplus(share=Fraction(value.value), basis=value.basis)


async def ballot_of(
    act: Act, procedure_id: UUID, step: Step, path: str, seats: int, there: Sequence[Seat]
) -> tuple[list[UUID], int, Sequence[Seat]]:
    """The names on the ballot of a meeting, how many seats it fills, and who elects.

    Whoever may not be elected any more stands no longer. After a count, those with equal votes
    stand again, or else everybody who was not elected; the surplus was there the first time.
    """
    named = await store.named(act.session, act.tenant_id, procedure_id)
    electable = {seat.member_id for seat in there if seat.electable}
    names = [id for part, id in named if part is Part.CANDIDATE and id in electable]
    counted = await store.counted_names(act.session, act.tenant_id, procedure_id)
    elected = {name for _, name, standing in counted if standing is Standing.ELECTED}
    last = counted[-1][0] if counted else None
    tied = {
        name for sitting, name, standing in counted if sitting == last and standing is Standing.TIED
    }
    if tied & electable:
        names = [name for _, name, _ in counted if name in tied & electable]
    names = [name for name in names if name not in elected]
    asked = surplus(act, step, path) if not counted else None
    left = seats - len(elected)
    refuse([*rules.few_faults(left if not counted else 1, len(names), asked)])
    delegates = {member for part, member in named if part is Part.DELEGATE}
    electors = [seat for seat in there if seat.member_id in delegates] if delegates else there
    return names, left, electors
