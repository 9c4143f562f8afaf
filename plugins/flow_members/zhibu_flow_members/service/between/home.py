"""The home's side: telling the other institution of a stay, and hearing what becomes of it."""

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu.exchange.public import Told
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import approver_of, organization_of
from zhibu_flow_members.public import NOTE_VOIDED, NOTED, PEER_ANSWERED, PEER_UNDELIVERED
from zhibu_flow_members.rules import notes as note_rules
from zhibu_flow_members.rules.notes import NoteKind, Side
from zhibu_flow_members.rules.values import Case, Ending, PeerState
from zhibu_flow_members.service.between.messages import Answer, HostNote, Said, Stay, read, tell
from zhibu_flow_members.service.events import say, say_noted
from zhibu_flow_members.service.notes import resettle, settle_after
from zhibu_flow_members.store import cards
from zhibu_flow_members.store import cases as store
from zhibu_flow_members.store import notes as note_store


async def tell_host(act: Act, case_id: UUID, *, erased: bool = False) -> None:
    """Tell the institution that was asked what holds now; where none was, nobody."""
    case = await store.case(act.session, act.tenant_id, case_id)
    if case is None or case.peer is None or case.peer.state is PeerState.UNDELIVERED:
        return
    await _tell(act, case, await _stay(act, case, erased=erased))


async def tell_hosts(act: Act, cases: Collection[Case]) -> None:
    """The same for several, of which most have no host elsewhere."""
    for case in cases:
        if case.peer is not None:
            await tell_host(act, case.id)


async def release(act: Act, case: Case) -> None:
    """Tell the institution that was asked that he is not there from today on."""
    assert case.peer is not None
    if case.peer.state is PeerState.UNDELIVERED:
        return
    stay = await _stay(act, case)
    on = max(act.today, case.terms.since)
    await _tell(act, case, replace(stay, ended_on=on, ending=Ending.MOVED_ON))


async def answered(act: Act, told: Told) -> None:
    """Whether they take him in, and what they have verified since."""
    case, answer = await _case(act, told), read(Answer, told.body)
    if case is None or answer.offer != case.peer_offer:
        return
    values: dict[str, Any] = {
        "peer_state": answer.state,
        "peer_name": told.counterpart_name,
        "peer_host": answer.branch,
        "peer_on": answer.on,
        "peer_reason": answer.reason,
        "arrived_on": answer.arrived_on,
        "verified_on": answer.verified_on,
        "host_note": answer.host_note,
        "filed_on": answer.filed_on,
    }
    await store.change(act.session, act.tenant_id, case.id, **values)
    say(
        act,
        PEER_ANSWERED,
        case,
        institution=told.counterpart_name,
        where=answer.branch,
        state=answer.state,
        on=answer.on,
        reason=answer.reason,
    )


async def noted(act: Act, told: Told) -> None:
    """What the host noted stands with what is noted here, by its word and not to be changed."""
    case, note = await _case(act, told), read(HostNote, told.body)
    if case is None:
        return
    kind = NoteKind(note.kind)
    known = await note_store.told(act.session, act.tenant_id, case.id, note.id)
    void = {"voided_on": note.voided_on, "void_reason": note.void_reason}
    if known is not None:
        if note.voided_on is not None and known.voided_on is None:
            await note_store.change(act.session, act.tenant_id, known.id, **void)
            await resettle(act, case)
            say_noted(act, NOTE_VOIDED, known, case.path, on=known.on, reason=note.void_reason)
        return
    id = new_id()
    row = {
        "id": id,
        "case_id": case.id,
        "member_id": case.member_id,
        "kind": kind,
        "side": Side.HOST,
        "host_id": None,
        "phase": note_rules.phase_of(case, note.on),
        "channel": note.channel,
        "happened_on": note.on,
        "text": note.text,
        "fault": None,
        "grade": note.grade,
        "reason": note.reason,
        "peer_note": note.id,
        "recorded_by": None,
        "recorded_at": act.now,
        **void,
    }
    await note_store.add(act.session, act.tenant_id, row)
    if note.voided_on is None:
        await settle_after(act, case, kind, note.on)
    made = note_rules.Note(
        id=id,
        case_id=case.id,
        member_id=case.member_id,
        path=case.path,
        host_path=None,
        kind=kind,
        side=Side.HOST,
        on=note.on,
        voided_on=note.voided_on,
    )
    say_noted(act, NOTED, made, case.path, on=note.on, grade=note.grade)


async def undeliverable(act: Act, told: Told) -> None:
    """Nobody over there knows of it: the branch names another host, or none."""
    case = await _case(act, told)
    if case is None or case.peer is None or case.peer.state is not PeerState.WAITING:
        return
    if told.body["offer"] != case.peer_offer:
        return
    values = {"peer_state": PeerState.UNDELIVERED, "peer_on": act.today}
    await store.change(act.session, act.tenant_id, case.id, **values)
    say(act, PEER_UNDELIVERED, case, institution=told.counterpart)


async def _tell(act: Act, case: Case, stay: Stay) -> None:
    assert case.peer is not None
    await tell(act, Said.STAY, case.peer.code, case.id, case.path, stay)


async def _stay(act: Act, case: Case, *, erased: bool = False) -> Stay:
    member = await member_of(act, case.member_id, seen_by=None)
    branch = await organization_of(act, member.organization_id, seen_by=None)
    committee = await approver_of(act, branch.path)
    card = await cards.living(act.session, act.tenant_id, case.member_id)
    issued = card is not None and card.issued_on is not None and card.case_id == case.id
    terms = asdict(case.terms)
    same = ("ground", "place", "unit", "certainty", "since", "until", "paper")
    assert case.peer is not None
    return Stay(
        offer=case.peer_offer,
        member=case.member_id,
        name=member.name,
        **{name: terms[name] for name in same},
        serial=card.serial if card and issued else None,
        branch=branch.name,
        committee=committee.name if committee else branch.name,
        contact=case.contact,
        organization_code=case.peer.unit,
        ended_on=case.ended_on,
        ending=case.ending,
        voided=case.voided_on is not None,
        erased=erased,
    )


async def _case(act: Act, told: Told) -> Case | None:
    """The case that they speak of. Raises `NotFound` for anybody else's."""
    case = await store.case(act.session, act.tenant_id, told.about)
    if case is None or case.peer is None or case.peer.code != told.counterpart:
        raise NotFound()
    return case
