"""Proposing: checked by the definition in force and by its owner, then at the first step."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_PROPOSE
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import organization_of
from zhibu.procedures import catalogue, names, store
from zhibu.procedures.errors import (
    AlreadyUnderWay,
    LevelMissing,
    PlaceMoved,
    ProcedureUnknown,
    ProposalEmpty,
    ProposalTooLong,
    ProposedElsewhere,
    SubjectUnfit,
)
from zhibu.procedures.machine import State
from zhibu.procedures.rules.deciding import Place, placed
from zhibu.procedures.rules.definition import Definition
from zhibu.procedures.rules.values import Case, Entry, Proposal
from zhibu.procedures.service.documents import add_document, document_faults, seal
from zhibu.procedures.service.entering import enter
from zhibu.procedures.service.loading import above, event, held
from zhibu.storage.violations import unique_violation

LONGEST_TITLE = 200
LONGEST_STATEMENT = 20_000
# What breaks when one of its kind is under way about the same subject.
SINGLE = "uq_core_procedure_tenant_id_name_single"


async def propose_openly(
    act: Act,
    name: str,
    *,
    title: str,
    statement: str,
    member_id: UUID | None = None,
    organization_id: UUID | None = None,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Propose something about a member or an organization, where the procedure has no owner."""
    if (member_id is None) == (organization_id is None):
        raise SubjectUnfit(path=("member",), expected="Member, Organization")
    if member_id is not None:
        member = await member_of(act, member_id)
        kind, subject, home, path = "Member", member_id, member.organization_id, member.path
    else:
        assert organization_id is not None
        unit = await organization_of(act, organization_id)
        kind, subject, home, path = "Organization", unit.id, unit.id, unit.path
    act.require(PROCEDURE_PROPOSE, path, member_id)
    owner = act.procedures.get(name)
    if owner is not None and (owner.check or owner.decided):
        raise ProposedElsewhere(path=("procedure",), name=name)
    if owner is not None and owner.about != kind:
        raise SubjectUnfit(path=("member",), expected=owner.about)
    return await propose(
        act,
        Proposal(
            name=name,
            title=title,
            statement=statement,
            subject_kind=kind,
            subject_id=subject,
            organization_id=home,
            path=path,
            member_id=member_id,
            documents=tuple(documents),
        ),
    )


async def propose(act: Act, proposal: Proposal) -> UUID:
    """Propose what the caller has been asked about already; the procedure's id.

    Raises `Refused` with everything that speaks against it.
    """
    found = catalogue.in_force(act, proposal.name, proposal.path, act.today)
    if found is None:
        raise ProcedureUnknown(path=("procedure",), name=proposal.name)
    definition, value = found
    places = await above(act, proposal.path)
    faults = [*text_faults(proposal.title, proposal.statement), *_unplaced(definition, places)]
    faults += await document_faults(act, definition, proposal.documents)
    owner = act.procedures.get(proposal.name)
    if owner is not None and owner.about != proposal.subject_kind:
        faults.append(SubjectUnfit(path=("procedure",), expected=owner.about))
    if owner is not None and owner.check is not None:
        faults += await owner.check(act, proposal)
    refuse(faults)
    id = new_id()
    case = Case(
        id=id,
        name=proposal.name,
        title=proposal.title.strip(),
        statement=proposal.statement.strip(),
        subject_kind=proposal.subject_kind,
        subject_id=proposal.subject_id,
        member_id=proposal.member_id,
        organization_id=proposal.organization_id,
        path=proposal.path,
        restricted=definition.restricted,
        single=proposal.subject_id if definition.single else None,
        definition=value.value,
        since=value.since,
        document=value.basis.document,
        article=value.basis.article,
        particulars=dict(proposal.particulars),
        sealed=seal(act, id, proposal.sealed),
        state=State.OPEN,
        step=definition.steps[0].code,
        overridden=False,
        proposed_by=act.caller.account_id,
        proposer_id=act.caller.member_id,
        proposed_at=act.now,
        proposed_on=act.today,
        ended_on=None,
        objection_until=None,
        version=1,
    )
    await _add(act, case)
    entry = await enter(act, case, definition.steps[0], number=1, places=places)
    await _unmoved(act, case, entry)
    await store.add_named(act.session, act.tenant_id, id, proposal.named)
    for kind, file in proposal.documents:
        await add_document(act, case, kind, file)
    event(act, names.PROPOSED, case, subject=proposal.subject_kind)
    return id


def text_faults(title: str, statement: str) -> list[Invalid | Conflict]:
    found: list[Invalid | Conflict] = []
    if not title.strip() or not statement.strip():
        found.append(ProposalEmpty(path=("title" if not title.strip() else "statement",)))
    for field, text, longest in (
        ("title", title, LONGEST_TITLE),
        ("statement", statement, LONGEST_STATEMENT),
    ):
        if len(text) > longest:
            found.append(ProposalTooLong(path=(field,), maximum=longest))
    return found


def _unplaced(definition: Definition, places: Sequence[Place]) -> list[Conflict]:
    """Every step needs somebody to take it: said when it is proposed, not when it gets there."""
    return [
        LevelMissing(path=("procedure",), step=step.zh, level=list(step.level))
        for step in definition.steps
        if placed(step.level, places) is None
    ]


async def _unmoved(act: Act, case: Case, entry: Entry) -> None:
    """Raises `PlaceMoved` when a change of the tree that came first has carried the organization.

    All that was asked until now was asked about where it stood.
    """
    home = entry if entry.organization_id == case.organization_id else None
    stands = home or await held(act, case.organization_id)
    if not case.path.startswith(stands.path):
        raise PlaceMoved(path=("organization",))


async def _add(act: Act, case: Case) -> None:
    try:
        await store.add_case(act.session, act.tenant_id, case)
    except IntegrityError as error:
        if unique_violation(error) != SINGLE:
            raise
        raise AlreadyUnderWay(path=("procedure",), name=case.name) from error
