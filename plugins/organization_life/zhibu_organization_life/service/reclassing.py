"""What ends when a member retires, or comes back into service: his class, his roles (S4-02)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from zhibu.act import Act, Event
from zhibu.members.public import members_by_id
from zhibu_organization_life.public import ENGAGEMENT_CHANGED
from zhibu_organization_life.rules.listed import outgrown
from zhibu_organization_life.service.engagements import SUBJECT
from zhibu_organization_life.service.rows import about_member
from zhibu_organization_life.store import engagements as store

REASON = "党员管理类别已变更，原分类、角色随之终止"


async def members_reclassed(act: Act, events: Sequence[Event]) -> None:
    """End the classes and roles that are not for whoever is managed otherwise from now on."""
    changed = {
        event.member_id
        for event in events
        if event.member_id is not None and "kind" in event.facts.get("after", {})
    }
    if not changed:
        return
    held = await store.of_members(act.session, act.tenant_id, changed)
    members = await members_by_id(act, {each.member_id for each in held})
    for each in held:
        member = members[each.member_id]
        if not outgrown(each, member.kind, act.today):
            continue
        until = max(act.today, each.terms.since + timedelta(days=1))
        await store.change(act.session, act.tenant_id, each.id, until=until, once=None)
        facts: dict[str, Any] = {"kind": each.kind, "title": each.terms.title, "until": until}
        about = SUBJECT, each.id, member.path, member.id
        act.record(about_member(ENGAGEMENT_CHANGED, *about, **facts, before="", reason=REASON))
