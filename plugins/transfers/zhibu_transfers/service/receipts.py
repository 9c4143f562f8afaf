"""Receipts, and what came out where one is missing."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.members import service as members
from zhibu.members.public import Change, Departure
from zhibu.members.rules import Step as StageStep
from zhibu_transfers import actions
from zhibu_transfers.public import RECEIPTED, TRACED
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules import receipts as rules
from zhibu_transfers.rules.cases import Case, Finding, Kind, State, Step
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.rules.receipts import Means
from zhibu_transfers.service.cases import case_for, settle_by, stale
from zhibu_transfers.service.events import said
from zhibu_transfers.store import cases as store
from zhibu_transfers.store import letters as letter_store


async def receipt(
    act: Act,
    id: UUID,
    means: Means,
    *,
    on: date | None = None,
    signer: str | None = None,
    version: int | None = None,
) -> None:
    """Send the receipt for who was accepted, or record the one that came for who went elsewhere.

    Only the receipt from elsewhere ends the membership here: until then nobody else answers.
    """
    case, committee = await case_for(act, id, actions.RECEIPT, at="receipt")
    day = on or act.today
    out = case.kind is Kind.OUT
    letter = await letter_store.in_force(act.session, act.tenant_id, id)
    refuse(
        [
            *case_rules.step_refusals(case, Step.RECEIPT),
            *rules.receipt_refusals(
                on=day,
                earliest=letter.issued_on if out and letter else case.accepted_on,
                today=act.today,
                elsewhere=out,
                signer=signer,
            ),
            *stale(case, version),
        ]
    )
    if out:
        await leave(act, case, day, f"组织关系介绍信回执（{case.elsewhere}）", day)
    values: dict[str, Any] = {
        "state": State.CLOSED,
        "receipt_on": day,
        "means": means,
        "signer": (signer or "").strip() or committee.name,
    }
    await store.change(act.session, act.tenant_id, id, values)
    said(act, RECEIPTED, case, committee.path, on=day, means=means)


async def trace(
    act: Act,
    id: UUID,
    finding: Finding,
    *,
    found: str,
    proof: str | None = None,
    settled_on: date | None = None,
    version: int | None = None,
) -> None:
    """Say what came out about a missing receipt: the member and the receiving organization were
    asked. Settled elsewhere is proved and ends the membership here; not settled, the present branch
    stays responsible and the letter is issued anew, or withdrawn (S3C-09)."""
    case, committee = await case_for(act, id, actions.RECEIPT, at="receipt")
    refuse(
        [
            *case_rules.step_refusals(case, Step.TRACE),
            *rules.tracing_refusals(
                finding,
                proof=proof,
                left_on=settled_on,
                found=found,
                earliest=await letter_store.first_issued(act.session, act.tenant_id, id),
                today=act.today,
            ),
            *stale(case, version),
        ]
    )
    values: dict[str, Any] = {
        "finding": finding,
        "found": found.strip(),
        "found_on": act.today,
        "proof": (proof or "").strip() or None,
        "settle_by": settle_by(act, committee.path),
    }
    if finding is Finding.SETTLED:
        assert settled_on is not None
        assert proof is not None
        await leave(act, case, settled_on, proof.strip(), act.today)
        values["state"] = State.CLOSED
    await store.change(act.session, act.tenant_id, id, values)
    said(act, TRACED, case, committee.path, finding=finding, reason=found.strip())


async def leave(act: Act, case: Case, on: date, decision: str, decided_on: date) -> None:
    """End the membership here on that day; the letter that it went by was used."""
    assert case.member_id is not None
    step = StageStep(
        change=Change.LEFT,
        on=on,
        decision=decision,
        decided_on=decided_on,
        departure=Departure.TRANSFERRED_OUT,
    )
    await members.change_stage(act, case.member_id, step, asked=True)
    used = {"state": LetterState.USED, "ended_on": act.today}
    await letter_store.end(act.session, act.tenant_id, case.id, used)
