"""What is proposed, as it is kept: rows that wait for the branch, and their lines in the ledger."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts
from zhibu_scoring.public import (
    ENTRY_PROPOSED,
    ENTRY_REWORDED,
    PROPOSAL_WITHDRAWN,
    REVERSAL_PROPOSED,
)
from zhibu_scoring.rules.entries import Recorded, State
from zhibu_scoring.rules.proposals import Proposal
from zhibu_scoring.rules.schemes import Scheme
from zhibu_scoring.service.entries import KIND
from zhibu_scoring.service.events import facts_of, said, signed
from zhibu_scoring.service.terms import worth
from zhibu_scoring.store import entries as store

GONE = "所依据的记录已更正或撤销"


def row_of(
    act: Act, member: MemberFacts, year: int, proposal: Proposal, found: Scheme
) -> dict[str, Any]:
    """The entry that a record proposes."""
    item = found.items[proposal.item]
    return {
        **_waiting(act, member.id, year),
        "part": item.part,
        "item": item.code,
        "number": item.number,
        "name": item.name,
        "points": item.points,
        "happened_on": proposal.happened_on,
        "description": proposal.description,
        "material": proposal.material,
        "basis": str(replace(found.basis, value=worth(item))),
        "declared_by": proposal.declared_by,
        "declarer_id": proposal.declarer_id,
        "reverses_id": None,
        "source": proposal.source,
        "source_kind": proposal.kind,
        "source_id": proposal.id,
    }


def reversal_of(act: Act, member: MemberFacts, entry: Recorded) -> dict[str, Any]:
    """The reversal of what a record no longer says."""
    return {
        **_waiting(act, member.id, entry.entry.year),
        "part": entry.part,
        "item": entry.entry.item,
        "number": entry.number,
        "name": entry.name,
        "points": entry.points,
        "happened_on": entry.entry.happened_on,
        "description": GONE,
        "material": None,
        "basis": entry.basis,
        "declared_by": None,
        "declarer_id": None,
        "reverses_id": entry.id,
        "source": entry.source,
        "source_kind": (entry.source or "").partition("/")[0],
        "source_id": None,
    }


def _waiting(act: Act, member: UUID, year: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member,
        "year": year,
        "witnesses": None,
        "late_reason": None,
        "state": State.DECLARED,
        "declared_at": act.now,
        "decided_by": None,
        "decided_on": None,
        "decision_reason": None,
    }


async def write(
    act: Act,
    who: Mapping[UUID, MemberFacts],
    rows: Sequence[dict[str, Any]],
    gone: Sequence[Recorded],
) -> None:
    """Withdraw what is gone and keep the rest as declared, each with its line in the ledger."""
    if gone:
        await store.settle(
            act.session,
            act.tenant_id,
            [each.id for each in gone],
            State.WITHDRAWN,
            by=None,
            on=act.today,
            reason=GONE,
        )
    if rows:
        await store.add(act.session, act.tenant_id, rows)
    for each in gone:
        about = (KIND, each.id)
        said(act, PROPOSAL_WITHDRAWN, about, who[each.entry.member_id], **facts_of(each))
    for row in rows:
        back = row["reverses_id"] is not None
        said(
            act,
            REVERSAL_PROPOSED if back else ENTRY_PROPOSED,
            (KIND, row["id"]),
            who[row["member_id"]],
            item=row["name"],
            points=signed(row["part"], row["points"], reverses=back),
            year=row["year"],
            reason=row["description"],
        )


async def reword(
    act: Act, who: Mapping[UUID, MemberFacts], found: Sequence[tuple[Recorded, str | None]]
) -> None:
    """Say with entries what their records say now; the entries keep their first wording."""
    alike: dict[str | None, list[UUID]] = defaultdict(list)
    for each, now in found:
        alike[now].append(each.id)
    for now, ids in alike.items():
        on = None if now is None else act.today
        await store.reword(act.session, act.tenant_id, ids, says=now, on=on)
    for each, now in found:
        first = f"{each.entry.description}（{each.entry.material}）"
        about, member = (KIND, each.id), who[each.entry.member_id]
        said(act, ENTRY_REWORDED, about, member, **facts_of(each), reason=now or first)
