"""A host in another institution: asked, asked anew, and asked no more."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu_flow_members import actions
from zhibu_flow_members.public import PEER_ASKED, PEER_RECALLED
from zhibu_flow_members.rules import peers as rules
from zhibu_flow_members.rules.peers import Asked
from zhibu_flow_members.rules.values import Case, PeerState, Verification
from zhibu_flow_members.service.between.home import release, tell_host
from zhibu_flow_members.service.events import say
from zhibu_flow_members.service.loading import case_of
from zhibu_flow_members.store import cases as store

# What the other institution answered.
ANSWERS = ("peer_name", "peer_host", "peer_on", "peer_reason")


async def offer(act: Act, id: UUID, asked: Asked) -> None:
    """Ask another institution to take in who is away; it registers him, or says why not."""
    known = await case_of(act, id)
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    refuse(rules.offering_refusals(known, asked, own=act.tenant.code))
    if known.peer is not None and known.peer.code != asked.institution:
        await release(act, known)
    values = {**asdict(Verification()), **columns(asked, known.peer_offer + 1)}
    await store.change(act.session, act.tenant_id, id, **values)
    await say_asked(act, known, asked)


async def recall(act: Act, id: UUID, *, reason: str) -> None:
    """The other institution is told that he is not there; what it noted stays."""
    known = await case_of(act, id)
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    refuse(rules.recalling_refusals(known, reason))
    assert known.peer is not None
    await release(act, known)
    none = dict.fromkeys(("peer_code", "peer_unit", "peer_state", *ANSWERS))
    await store.change(act.session, act.tenant_id, id, **{**asdict(Verification()), **none})
    say(act, PEER_RECALLED, known, institution=known.peer.code, reason=reason.strip())


async def say_asked(act: Act, case: Case, asked: Asked) -> None:
    """Tell the other institution, and say that it was told."""
    await tell_host(act, case.id)
    say(act, PEER_ASKED, case, institution=asked.institution)


def columns(asked: Asked, offer: int) -> dict[str, Any]:
    """What is kept of who is asked."""
    return {
        "peer_code": asked.institution,
        "peer_unit": asked.organization,
        "peer_offer": offer,
        "peer_state": PeerState.WAITING,
        **dict.fromkeys(ANSWERS),
    }
