"""Asking that a membership is stopped, restored or retained: by the branch, or the member."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, Stage, member_of
from zhibu.procedures.public import Proposal, propose
from zhibu_transfers import actions
from zhibu_transfers.rules import memberships as rules
from zhibu_transfers.rules import retaining as retaining_rules
from zhibu_transfers.rules.matters import Matter, Person, Retaining, Standing, Stopping
from zhibu_transfers.service.memberships import terms
from zhibu_transfers.store import cases as case_store
from zhibu_transfers.store import memberships as store

Documents = Sequence[tuple[str, UUID]]
NAMES = {
    Matter.STOP: "transfers.stop",
    Matter.RESTORE: "transfers.restore",
    Matter.RETAIN: "transfers.retain",
}
TITLES = {Matter.STOP: "停止党籍", Matter.RESTORE: "恢复党籍", Matter.RETAIN: "保留组织关系"}


async def propose_stop(
    act: Act, member_id: UUID, wanted: Stopping, documents: Documents = ()
) -> UUID:
    """Propose that a membership is stopped (EM 24); the procedure's id."""
    member = await _member(act, member_id, actions.PROPOSE_STOP)
    person = await _person(act, member)
    found = terms.stopping(act, member.path)
    refuse(list(rules.stopping_refusals(wanted, person, found, today=act.today)))
    said = {
        "ground": wanted.ground,
        "purpose": wanted.purpose,
        "place": (wanted.place or "").strip() or None,
        "since": wanted.since,
    }
    id, procedure = await _ask(act, Matter.STOP, member, wanted.reason, documents, said)
    searches = [(new_id(), each) for each in wanted.searches]
    await store.add_searches(act.session, act.tenant_id, id, searches)
    return procedure


async def ask_restore(
    act: Act, member_id: UUID, *, reason: str, dues_settled: bool, documents: Documents = ()
) -> UUID:
    """Ask that a stopped membership is restored (rule 13); the procedure's id."""
    member = await _member(act, member_id, actions.ASK_RESTORE)
    refuse(
        list(
            rules.restoring_refusals(
                await _person(act, member),
                terms.restoring(act, member.path),
                reason=reason,
                dues_settled=dues_settled,
                requested=_requested(act, member_id, documents),
                today=act.today,
            )
        )
    )
    _, procedure = await _ask(act, Matter.RESTORE, member, reason, documents, {})
    return procedure


async def ask_retain(
    act: Act, member_id: UUID, wanted: Retaining, documents: Documents = ()
) -> UUID:
    """Ask that the relationship is retained for a stay abroad (S3D-20); the procedure's id."""
    member = await _member(act, member_id, actions.ASK_RETAIN)
    person = await _person(act, member)
    kept = await store.is_retained(act.session, act.tenant_id, member.id)
    refuse(
        retaining_rules.retaining_refusals(
            wanted,
            replace(person, retained=kept),
            terms.retaining(act, member.path),
            requested=_requested(act, member_id, documents),
            today=act.today,
        )
    )
    said = {
        "applied_on": wanted.applied_on,
        "purpose": wanted.purpose,
        "place": wanted.place.strip(),
        "since": wanted.since,
        "until": wanted.until,
    }
    _, procedure = await _ask(act, Matter.RETAIN, member, wanted.reason, documents, said)
    return procedure


def _requested(act: Act, member_id: UUID, documents: Documents) -> bool:
    """Whether the member asks himself, or his written application is handed in."""
    own = act.caller.member_id == member_id
    return own or any(kind == "request" for kind, _ in documents)


async def _member(act: Act, member_id: UUID, action: Action) -> MemberFacts:
    """Whose membership it is, held, if the caller may ask this."""
    member = await member_of(act, member_id)
    act.require(action, member.path, member.id, seen_by=MEMBER_READ)
    await case_store.hold_members(act.session, act.tenant_id, [member.id])
    return member


async def _person(act: Act, member: MemberFacts) -> Person:
    session, tenant_id = act.session, act.tenant_id
    stopped_on = None
    if member.stage is Stage.STOPPED:
        _, _, stopped_on = await store.last_change(session, tenant_id, member.id)
    return Person(
        name=member.name,
        stage=member.stage,
        stopped_on=stopped_on,
        transferring=await case_store.is_open(session, tenant_id, member.id),
        asked=await store.is_asked(session, tenant_id, member.id),
    )


async def _ask(
    act: Act,
    matter: Matter,
    member: MemberFacts,
    reason: str,
    documents: Documents,
    said: Mapping[str, Any],
) -> tuple[UUID, UUID]:
    """Propose what was judged, and keep it; the ids of both."""
    facts = {key: value for key, value in said.items() if value is not None}
    told = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()
    }
    procedure = await propose(
        act,
        Proposal(
            name=NAMES[matter],
            title=f"{TITLES[matter]}：{member.name}",
            statement=reason,
            subject_kind="Member",
            subject_id=member.id,
            organization_id=member.organization_id,
            path=member.path,
            member_id=member.id,
            particulars=told,
            documents=tuple(documents),
        ),
    )
    id = new_id()
    values = {
        "id": id,
        "matter": matter,
        "standing": Standing.ASKED,
        "member_id": member.id,
        "name": member.name,
        "organization_id": member.organization_id,
        "procedure_id": procedure,
        "reason": reason.strip(),
        "asked_by": act.caller.account_id,
        "asked_on": act.today,
        "version": 1,
        **facts,
    }
    await store.add(act.session, act.tenant_id, values)
    return id, procedure
