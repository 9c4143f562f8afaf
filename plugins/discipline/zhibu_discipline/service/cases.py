"""Opening a disposition, putting it to the branch, and dropping it before that."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of, stage_since
from zhibu.organizations.public import Unit, organization_of
from zhibu.procedures.public import Proposal, propose
from zhibu_discipline import actions
from zhibu_discipline.errors import ReasonMissing, VersionStale
from zhibu_discipline.public import DROPPED, OPENED, PROPOSED
from zhibu_discipline.rules.cases import Case, State, Step, step_refusals
from zhibu_discipline.rules.grounds import Ground, Kind
from zhibu_discipline.rules.opening import Opening, Standing, opening_refusals
from zhibu_discipline.rules.proposing import Hearing, Help, proposing_refusals
from zhibu_discipline.service import terms
from zhibu_discipline.service.events import KIND, said
from zhibu_discipline.store import cases as store
from zhibu_discipline.store import referrals

PROCEDURE = {
    Kind.CORRECTION: "discipline.correction",
    Kind.PERSUASION: "discipline.removal",
    Kind.REMOVAL: "discipline.removal",
    Kind.GIVEN_UP: "discipline.removal",
    Kind.WITHDRAWAL: "discipline.removal",
    Kind.CANCELLATION: "discipline.cancellation",
    Kind.NON_RECOGNITION: "discipline.non_recognition",
}
TITLES = {
    Kind.CORRECTION: "限期改正",
    Kind.PERSUASION: "劝其退党",
    Kind.REMOVAL: "除名",
    Kind.GIVEN_UP: "按自行脱党予以除名",
    Kind.WITHDRAWAL: "退党除名",
    Kind.CANCELLATION: "取消预备党员资格",
    Kind.NON_RECOGNITION: "不予承认党员身份",
}


class Versioned(Protocol):
    """What grows by one with every change."""

    @property
    def version(self) -> int: ...


async def grounds_at(act: Act, organization_id: UUID, on: date | None) -> Sequence[Ground]:
    """The grounds that hold in an organization on a day, today if none is said (A-01)."""
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    return terms.catalogue(act, unit.path, on or act.today)


async def open(act: Act, member_id: UUID, opening: Opening) -> UUID:
    """Open a disposition; nothing changes for the member until it is decided."""
    member = await member_of(act, member_id)
    act.require(actions.OPEN, member.path, member.id, seen_by=MEMBER_READ)
    await store.hold_member(act.session, act.tenant_id, member.id)
    ground = terms.ground(act, opening.ground, member.path, act.today)
    standing = Standing(
        name=member.name,
        stage=member.stage,
        stage_since=await stage_since(act, member.id),
        under_way=await store.is_under_way(act.session, act.tenant_id, member.id),
        previous=await _previous(act, opening.previous_id, member),
    )
    refuse(opening_refusals(opening, ground, standing, today=act.today))
    assert ground is not None
    if ground.restricted:
        act.require(actions.READ_RESTRICTED, member.path, member.id)
    id = new_id()
    values = {
        "id": id,
        "member_id": member.id,
        "organization_id": member.organization_id,
        "kind": ground.kind,
        "ground": ground.code,
        "clause": ground.clause,
        "restricted": ground.restricted,
        "facts": opening.facts.strip(),
        "since": opening.since,
        "missed": opening.missed,
        "previous_id": opening.previous_id,
        "state": State.OPENED,
        "opened_by": act.caller.account_id,
        "opened_on": act.today,
        "version": 1,
    }
    await store.open(act.session, act.tenant_id, values)
    case = await store.case(act.session, act.tenant_id, id)
    assert case is not None
    said(act, OPENED, case, member.path)
    return id


async def put(
    act: Act,
    id: UUID,
    hearing: Hearing,
    help: Help,
    *,
    documents: Sequence[tuple[str, UUID]] = (),
    version: int | None = None,
) -> UUID:
    """Put a disposition to the branch committee, the member having been heard; its procedure."""
    case, home = await case_for(act, id, actions.OPEN)
    member = await member_of(act, case.member_id, seen_by=None)
    if help.keeper_id is not None:
        await member_of(act, help.keeper_id)
    ground = terms.ground(act, case.ground, home.path, case.opened_on)
    refuse(
        [
            *proposing_refusals(
                case,
                hearing,
                help,
                ground=ground,
                documents=[kind for kind, _ in documents],
                demands=terms.demands(act, home.path),
                referred=await referrals.is_referred(act.session, act.tenant_id, member.id),
                name=member.name,
                today=act.today,
            ),
            *stale(case, version),
        ]
    )
    procedure = await propose(
        act,
        Proposal(
            name=PROCEDURE[case.kind],
            title=f"{TITLES[case.kind]}：{member.name}",
            statement=await store.facts_of(act.session, act.tenant_id, id),
            subject_kind=KIND,
            subject_id=id,
            organization_id=case.organization_id,
            path=home.path,
            member_id=member.id,
            documents=tuple(documents),
        ),
    )
    corrects = case.kind is Kind.CORRECTION
    values = {
        "state": State.PROPOSED,
        "procedure_id": procedure,
        "told_on": hearing.told_on,
        "account": _text(hearing.account),
        "unheard": _text(hearing.unheard),
        "defender": _text(hearing.defender),
        "breach": hearing.breach,
        "notified_on": hearing.notified_on,
        "months": help.months if corrects else None,
        "keeper_id": help.keeper_id if corrects else None,
        "measures": _text(help.measures) if corrects else None,
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, PROPOSED, case, home.path)
    return procedure


async def drop(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Drop a disposition that was not put to the branch: it was a slip, or came to nothing."""
    case, home = await case_for(act, id, actions.OPEN)
    faults = [*step_refusals(case, Step.DROP), *stale(case, version)]
    refuse([*faults, *([] if reason.strip() else [ReasonMissing(path=("reason",))])])
    values = {"state": State.DROPPED, "dropped_on": act.today, "drop_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, values)
    said(act, DROPPED, case, home.path)


async def case_for(act: Act, id: UUID, action: Action) -> tuple[Case, Unit]:
    """The disposition and its branch. Raises `NotFound` for who may not see it."""
    case = await store.case(act.session, act.tenant_id, id)
    if case is None:
        raise NotFound()
    home = await organization_of(act, case.organization_id, seen_by=None)
    if not act.switches.enabled(action.plugin, home.path):
        act.require(action, home.path, seen_by=ORGANIZATION_READ)
    # The member sees what is put to the branch, not what is still being looked into.
    owner = None if case.state in (State.OPENED, State.DROPPED) else case.member_id
    hidden = case.restricted and not act.may(actions.READ_RESTRICTED, home.path, owner)
    if hidden or not act.may(actions.READ, home.path, owner):
        raise NotFound()
    act.require(action, home.path)
    return case, home


def stale(case: Versioned, version: int | None) -> list[Conflict]:
    """That somebody changed it since it was read."""
    if version is None or version == case.version:
        return []
    return [VersionStale(path=("version",), version=case.version)]


async def _previous(act: Act, id: UUID | None, member: MemberFacts) -> Case | None:
    """The disposition that failed before; another member's, or none, is none."""
    found = await store.case(act.session, act.tenant_id, id) if id else None
    return found if found is not None and found.member_id == member.id else None


def _text(given: str | None) -> str | None:
    return (given or "").strip() or None
