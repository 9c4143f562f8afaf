"""Talks with members: recorded, followed up, voided, and opened to be read."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of, members_by_id, stages_on
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu.storage.encryption import Place
from zhibu_organization_life import actions
from zhibu_organization_life.public import (
    TALK_FOLLOWED,
    TALK_HANDLED,
    TALK_OPENED,
    TALK_VOIDED,
    TALKED,
)
from zhibu_organization_life.rules import talks as rules
from zhibu_organization_life.rules.talks import Talk, Wanted
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import talks as store

SUBJECT = "OrganizationLifeTalk"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What was said in a talk; nothing once it was erased."""

    why: str | None = None
    said: str | None = None
    agreed: str | None = None
    result: str | None = None


async def record(act: Act, wanted: Wanted) -> UUID:
    """Record a talk at the branch of whom it was with; its words are sealed."""
    member = await member_of(act, wanted.member_id)
    act.require(actions.TALK, member.path, seen_by=actions.TALK_READ)
    talkers = await members_by_id(act, [wanted.talker_id])
    talker = talkers.get(wanted.talker_id)
    stages = await stages_on(act, [member.id], min(wanted.talked_on, act.today))
    name = "organization_life.late_after_days"
    refuse(
        rules.recording_refusals(
            wanted,
            recorder=act.caller.member_id,
            member_then=stages.get(member.id) in ("full", "probationary", "stopped"),
            talker_known=talker is not None and act.may(MEMBER_READ, talker.path, talker.id),
            today=act.today,
            late_after=amounts.limit(act, name, wanted.talked_on, member.path),
        )
    )
    id = new_id()
    words = {"why": wanted.why.strip(), "said": wanted.said.strip(), "agreed": wanted.agreed}
    row = {
        "id": id,
        "organization_id": member.organization_id,
        "member_id": member.id,
        "talker_id": wanted.talker_id,
        "kind": wanted.kind,
        "ground": wanted.ground,
        "dimension": wanted.dimension,
        "talked_on": wanted.talked_on,
        "sealed": act.keyring.seal(_place(act, "sealed", id), json.dumps(words)),
        "follow_up_on": wanted.follow_up_on,
        "late_reason": (wanted.late_reason or "").strip() or None,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add(act.session, act.tenant_id, row)
    facts = {"kind": wanted.kind, "on": wanted.talked_on, "follow_up": wanted.follow_up_on}
    act.record(about_member(TALKED, SUBJECT, id, member.path, member.id, **facts))
    return id


async def follow(
    act: Act,
    id: UUID,
    on: date,
    result: str,
    *,
    improved: bool | None = None,
    reason: str | None = None,
) -> None:
    """Say what came of a talk; its follow-up is done by that.

    Where that is no improvement, the branch has some days to study what is to be done.
    """
    talk = await _talk(act, id)
    act.require(actions.TALK, talk.path, seen_by=actions.TALK_READ)
    refuse(
        rules.following_refusals(
            talk, on, result, teller=act.caller.member_id, reason=reason, today=act.today
        )
    )
    sealed = act.keyring.seal(_place(act, "followed", id), result.strip())
    name = "organization_life.unreformed_days"
    days = amounts.limit(act, name, on, talk.path).value
    values: dict[str, Any] = {
        "followed_on": on,
        "followed": sealed,
        "improved": improved,
        "handle_by": on + timedelta(days=days) if improved is False else None,
    }
    await store.change(act.session, act.tenant_id, id, **values)
    _say(act, TALK_FOLLOWED, talk, on=on, improved=improved, reason=reason)


async def handle(act: Act, id: UUID, on: date, decision: str, *, reason: str | None = None) -> None:
    """Say what was decided where a talk brought no improvement; nothing follows by itself."""
    talk = await _talk(act, id)
    act.require(actions.TALK, talk.path, seen_by=actions.TALK_READ)
    refuse(
        rules.handling_refusals(
            talk, on, decision, teller=act.caller.member_id, reason=reason, today=act.today
        )
    )
    values = {"handled_on": on, "decision": decision.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    _say(act, TALK_HANDLED, talk, on=on, reason=reason)


async def void(act: Act, id: UUID, *, reason: str) -> None:
    """Void a talk that was recorded by mistake; it stays readable.

    Whoever recorded it takes it back for some days, whatever he may do now.
    """
    talk = await _talk(act, id)
    slip = Slip(
        subject=(SUBJECT, id), happened=(TALKED,), among=(TALKED, TALK_FOLLOWED, TALK_HANDLED)
    )
    await slips.require(act, actions.TALK, talk.path, None, slip, seen_by=actions.TALK_READ)
    refuse(rules.voiding_refusals(talk, reason, voider=act.caller.member_id))
    values = {"voided_on": act.today, "void_reason": reason.strip()}
    await store.change(act.session, act.tenant_id, id, **values)
    _say(act, TALK_VOIDED, talk, on=talk.talked_on, reason=reason.strip())


async def read(act: Act, id: UUID, *, reason: str) -> Words:
    """What was said, for whoever may open it; the member sees who did, and may himself."""
    talk = await _talk(act, id)
    act.require(actions.TALK_OPEN, talk.path, talk.member_id, seen_by=actions.TALK_READ)
    require_proof(act, Use.OPEN, talk.path)
    refuse(rules.opening_refusals(reason))
    _say(act, TALK_OPENED, talk, on=talk.talked_on, reason=reason.strip())
    if not talk.sealed:
        return Words()
    words = json.loads(act.keyring.open(_place(act, "sealed", id), talk.sealed))
    if talk.followed:
        words["result"] = act.keyring.open(_place(act, "followed", id), talk.followed)
    return Words(**words)


async def _talk(act: Act, id: UUID) -> Talk:
    talk = await store.talk(act.session, act.tenant_id, id)
    if talk is None:
        raise NotFound()
    return talk


def _say(act: Act, name: str, talk: Talk, **facts: Any) -> None:
    known = {"kind": talk.kind, **facts}
    act.record(about_member(name, SUBJECT, talk.id, talk.path, talk.member_id, **known))


def _place(act: Act, column: str, id: UUID) -> Place:
    return Place(act.tenant_id, "organization_life_talk", column, id)
