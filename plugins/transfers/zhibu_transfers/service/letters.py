"""Issuing letters, and new ones in place of those that were lost or expired."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_dues.asking import standing_of
from zhibu_transfers import actions
from zhibu_transfers.public import ISSUED, REISSUED
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules import letters as rules
from zhibu_transfers.rules import receipts
from zhibu_transfers.rules.cases import Case, Kind, State, Step
from zhibu_transfers.rules.letters import Letter, LetterState, Paid, Replacing, Route
from zhibu_transfers.service import terms
from zhibu_transfers.service.between.sending import offer, offering_faults
from zhibu_transfers.service.cases import answer_by, case_for, stale
from zhibu_transfers.service.events import said
from zhibu_transfers.store import cases as case_store
from zhibu_transfers.store import letters as store

# What was said of a letter that is replaced, and is asked anew of the one in its place.
BEFORE: tuple[str, ...] = (
    *("refused_on", "cause", "refusal", "escalated_id", "settle_by"),
    *("finding", "found", "found_on", "proof"),
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A letter as somebody wants it issued; the days are the rule's where none are given."""

    route: Route
    paid_to: date | None = None
    paid_to_reason: str | None = None
    days: int | None = None


async def issue(
    act: Act,
    case_id: UUID,
    wanted: Wanted,
    replacing: Replacing | None = None,
    *,
    version: int | None = None,
) -> UUID:
    """Issue the letter of a transfer, or another one in place of the one in force, which is void.

    The letter is numbered by its committee and year; no number is missing or given twice. Another
    institution of this platform is told what it says.
    """
    case, committee = await case_for(act, case_id, actions.ISSUE, at="issuer")
    await store.hold_committee(act.session, act.tenant_id, committee.id)
    valid = await store.in_force(act.session, act.tenant_id, case_id)
    validity = terms.validity(act, wanted.route, committee.path)
    days = wanted.days if wanted.days is not None else validity.days
    paid = await _paid(act, case, committee, wanted)
    refuse(
        [
            *case_rules.step_refusals(case, Step.ISSUE),
            *rules.issuing_refusals(
                days=days,
                validity=validity,
                valid=valid,
                replacing=replacing,
                paid=paid,
                paid_within=terms.days(act, "transfers.paid_within", committee.path),
                today=act.today,
            ),
            *(await offering_faults(act, case) if case.kind is Kind.BETWEEN else []),
            *stale(case, version),
        ]
    )
    assert days is not None
    assert paid.to is not None
    if replacing is not None:
        void = {
            "state": LetterState.VOID,
            "ended_on": act.today,
            "cause": replacing.cause,
            "fault": replacing.fault,
            "void_reason": replacing.reason.strip(),
        }
        await store.end(act.session, act.tenant_id, case_id, void)
    heading = case.elsewhere
    if case.receiver_id is not None:
        heading = (await organization_of(act, case.receiver_id, seen_by=None)).name
    year = act.today.year
    serial = await store.last_serial(act.session, act.tenant_id, committee.id, year) + 1
    id, until = new_id(), rules.valid_until(act.today, days)
    values = {
        "id": id,
        "case_id": case_id,
        "organization_id": committee.id,
        "year": year,
        "serial": serial,
        "heading": heading,
        "name": case.name,
        "route": wanted.route,
        "paid_to": paid.to,
        "paid_to_reason": paid.reason if paid.differs else None,
        "issued_by": act.caller.account_id,
        "issued_on": act.today,
        "days": days,
        "valid_until": until,
        "state": LetterState.VALID,
        "replaces_id": valid.id if valid else None,
        "prints": 0,
    }
    await store.issue(act.session, act.tenant_id, values)
    months = terms.receipt_months(act, committee.path)
    changed: dict[str, Any] = {"state": State.ISSUED, **dict.fromkeys(BEFORE)}
    if case.kind in (Kind.OUT, Kind.BETWEEN):
        changed["receipt_by"] = receipts.receipt_by(until, months)
    if case.refused_on is not None:
        changed["answer_by"] = answer_by(act, committee.path)
    await case_store.change(act.session, act.tenant_id, case_id, changed)
    if case.kind is Kind.BETWEEN:
        issued = Letter(
            id=id,
            case_id=case_id,
            state=LetterState.VALID,
            number=f"{year}-{serial:04d}",
            issued_on=act.today,
            valid_until=until,
        )
        await offer(act, case, committee, issued, paid.to)
    name = ISSUED if replacing is None else REISSUED
    why = replacing.reason.strip() if replacing else None
    said(
        act,
        name,
        case,
        committee.path,
        basis=validity.basis,
        number=f"{year}-{serial}",
        until=until,
        reason=why,
    )
    return id


async def _paid(act: Act, case: Case, committee: Unit, wanted: Wanted) -> Paid:
    """What the letter says of dues: what is recorded, where dues are kept here and say anything."""
    known = None
    if case.member_id is not None and act.switches.enabled("dues", committee.path):
        known = (await standing_of(act, case.member_id)).paid_to
    reason = (wanted.paid_to_reason or "").strip() or None
    return Paid(to=wanted.paid_to or known, known=known, reason=reason)
