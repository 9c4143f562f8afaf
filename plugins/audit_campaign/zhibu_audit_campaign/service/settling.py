"""Settling what becomes of a member: proposed, approved above, carried out, taken back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id, row_of
from zhibu.members.public import Stage, member_of, stage_since
from zhibu.organizations.public import holders_on
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import (
    SETTLED,
    SETTLEMENT_APPROVED,
    SETTLEMENT_CARRIED_OUT,
    SETTLEMENT_WITHDRAWN,
)
from zhibu_audit_campaign.rules import settled as rules
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.rules.settled import CARRIED_BY, Body, Case, Given, Settled, Settlement
from zhibu_audit_campaign.rules.settling import (
    LABELLED,
    Condition,
    Facts,
    Line,
    Table,
    proposals,
    table,
)
from zhibu_audit_campaign.service.carrying import courses_of
from zhibu_audit_campaign.service.events import SETTLEMENT, said
from zhibu_audit_campaign.service.loading import above, audited_for
from zhibu_audit_campaign.store import settling as store
from zhibu_dues.asking import standings_of

FOUND = {Outcome.FOUND: Condition.FOUND, Outcome.NOT_FOUND: Condition.NOT_FOUND}


async def proposed(
    act: Act, sheet_id: UUID, told: Collection[Condition]
) -> tuple[Table, Sequence[Line]]:
    """What the table proposes for a member, the first line first, with what somebody tells of him.

    Raises `NotFound` after as many statements as where there is no such sheet.
    """
    case = await store.case(act.session, act.tenant_id, sheet_id)
    if case is None or not act.may(actions.SHEET_READ, case.path):
        raise NotFound()
    refuse(rules.told_refusals(told))
    facts = await _facts(act, case, told)
    known = _table(act, case.path)
    return known, proposals(known, facts, today=act.today)


async def settle(act: Act, sheet_id: UUID, given: Given) -> UUID:
    """Propose what becomes of a member; other than the table proposes, with a reason."""
    case = await store.case(act.session, act.tenant_id, sheet_id)
    if case is None or not act.may(actions.SHEET_READ, case.path):
        raise NotFound()
    act.require(actions.FILL, case.path)
    facts = await _facts(act, case, given.told)
    known = _table(act, case.path)
    lines = proposals(known, facts, today=act.today)
    lost = Condition.LOST in facts.held
    refuse(rules.settling_refusals(case, given, lost, lines, today=act.today))
    chosen = next((line for line in lines if line.course is given.course), None)
    committee = await holders_on(act, case.organization_id, given.met_on)
    id = new_id()
    values = {
        "id": id,
        "sheet_id": sheet_id,
        "audited_id": case.audited_id,
        "campaign_id": case.campaign_id,
        "organization_id": case.organization_id,
        "member_id": case.member_id,
        "course": given.course,
        "proposed": lines[0].code if lines else None,
        "clause": chosen.clause if chosen else None,
        "document": str(known.basis) if known.basis else None,
        "conditions": " ".join(sorted(facts.held)),
        "reason": (given.reason or "").strip() or None,
        "body": Body.COMMITTEE if committee else Body.MEETING,
        "met_on": given.met_on,
        "state": Settled.PROPOSED,
        "proposed_on": act.today,
        "proposed_by": act.caller.account_id,
    }
    await store.add(act.session, act.tenant_id, values)
    said(act, SETTLED, (SETTLEMENT, id), case.path, course=given.course)
    return id


async def approve(act: Act, id: UUID, *, remark: str, version: int | None = None) -> None:
    """Approve a settlement at the level above the branch; nobody approves his own (S3C-14)."""
    known = await _settlement(act, id)
    await above(act, known.audited_id, actions.VERIFY)
    member = await member_of(act, known.member_id, seen_by=None)
    standing = (await standings_of(act, [member])).get(member.id)
    overdue = standing.overdue_months if standing is not None else 0
    by = act.caller.account_id
    refuse(rules.approving_refusals(known, overdue=overdue, by=by, version=version))
    itself = known.course not in CARRIED_BY
    values = {
        "state": Settled.CARRIED_OUT if itself else Settled.APPROVED,
        "carried_on": act.today if itself else None,
        "approved_on": act.today,
        "approved_by": by,
        "remark": remark.strip() or None,
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SETTLEMENT_APPROVED, (SETTLEMENT, id), known.path, course=known.course)


async def carry(act: Act, id: UUID, matter: str, *, version: int | None = None) -> None:
    """Say by which transfer, stop, stay, disposition or hand-over it is carried out; said anew,
    the one that was said before counts no more.
    """
    known = await _settlement(act, id)
    await audited_for(act, known.audited_id, actions.FILL)
    by = CARRIED_BY.get(known.course)
    matter_id = row_of(matter, by, path=("matter",)) if by else None
    about = await courses_of(act, by, matter_id, known.member_id) if by and matter_id else None
    refuse(rules.carrying_refusals(known, about, version=version))
    values = {
        "state": Settled.CARRIED_OUT,
        "matter": by,
        "matter_id": matter_id,
        "carried_on": act.today,
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SETTLEMENT_CARRIED_OUT, (SETTLEMENT, id), known.path, course=known.course)


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take a settlement back: the branch until it is approved, afterwards the level above. What
    carries it out goes its own way, and is taken back there.
    """
    known = await _settlement(act, id)
    if known.state is Settled.PROPOSED:
        await audited_for(act, known.audited_id, actions.FILL)
    else:
        await above(act, known.audited_id, actions.VERIFY)
    refuse(rules.withdrawing_refusals(known, reason=reason, version=version))
    values = {
        "state": Settled.WITHDRAWN,
        "withdrawn_on": act.today,
        "withdraw_reason": reason.strip(),
        "once": None,
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, SETTLEMENT_WITHDRAWN, (SETTLEMENT, id), known.path, reason=reason.strip())


async def _settlement(act: Act, id: UUID, seen_by: Action = actions.SETTLEMENT_READ) -> Settlement:
    found = await store.settlement(act.session, act.tenant_id, id)
    if found is None or not act.may(seen_by, found.path):
        raise NotFound()
    return found


def _table(act: Act, path: str) -> Table:
    """The table in force there today: of a decision holds what holds when it is taken (A-01)."""
    found = act.parameters.value("audit_campaign.settlements", path, act.today)
    return table(found.value or [], found.basis)


async def _facts(act: Act, case: Case, told: Collection[Condition]) -> Facts:
    """What was told, and what the records say: labels, the search, the receipt, the stage."""
    labels = await store.labels(act.session, act.tenant_id, case.sheet_id)
    recorded = {LABELLED[label] for label in labels if label in LABELLED}
    recorded |= {FOUND[case.search]} if case.search in FOUND else set()
    recorded |= {Condition.UNRECEIPTED} if case.unreceipted else set()
    recorded |= {Condition.PROBATIONARY} if case.stage == Stage.PROBATIONARY else set()
    facts = Facts(plan=case.plan, held=frozenset({*told, *recorded}), lost_since=case.lost_since)
    if case.stage != Stage.STOPPED:
        return facts
    held = facts.held | {Condition.STOPPED}
    return replace(facts, held=held, stopped_since=await stage_since(act, case.member_id))
