"""Giving posts, ending them, and correcting what was entered wrongly."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_APPOINT, ORGANIZATION_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations import limits, rules, store
from zhibu.organizations.public import APPOINTED, POST_CORRECTED, POST_ENDED
from zhibu.organizations.rules import Post, PostKind, Unit


async def appoint(
    act: Act,
    *,
    organization_id: UUID,
    member_id: UUID,
    kind: PostKind,
    since: date,
    term_ends_on: date | None = None,
    until: date | None = None,
    reason: str | None = None,
) -> Post:
    """Give a member a post; without `term_ends_on` the term is as long as the rules say.

    Where a branch is too small for a committee and the institution only wants to be warned, the
    event says so (`too_small`).
    """
    session, tenant_id = act.session, act.tenant_id
    unit = await store.unit(session, tenant_id, organization_id, alone=True)
    if unit is None:
        raise NotFound()
    act.require(ORGANIZATION_APPOINT, unit.path, seen_by=ORGANIZATION_READ)
    holder, full = await store.holder(session, tenant_id, member_id, organization_id)
    if holder is None or not act.may(MEMBER_READ, holder.path, member_id):
        raise NotFound()
    posts = await store.posts_at(session, tenant_id, [organization_id])
    needed = limits.committee(act, unit.path, since)
    if term_ends_on is None:
        term_ends_on = limits.term_ends_on(act, unit, kind, since)
    refuse(
        [
            *rules.date_faults(since, act.today, "since"),
            *rules.span_faults(since, term_ends_on, until),
            *rules.appointment_faults(
                unit,
                holder,
                kind,
                since=since,
                until=until,
                posts=posts,
                secretaries=await _secretaries(act, posts),
                full_members=full,
                committee_needs=needed.basis if needed.refused else None,
                needed=needed.members,
            ),
        ]
    )
    post = Post(
        id=new_id(),
        organization_id=organization_id,
        member_id=member_id,
        kind=kind,
        since=since,
        term_ends_on=term_ends_on,
        until=until,
        reason=reason,
    )
    await store.insert_posts(session, tenant_id, [post])
    act.record(
        appointed(
            post,
            unit,
            holder.name,
            late=since < act.today,
            too_small=rules.too_small(unit.kind, kind, full, needed.members),
        )
    )
    return post


async def end_post(act: Act, id: UUID, *, on: date, reason: str) -> Post:
    """End a post: from that day it gives nothing."""
    post, unit = await _post_for(act, id)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.end_faults(post, on),
        ]
    )
    reason = reason.strip()
    await store.end_posts(act.session, act.tenant_id, [id], on, reason)
    act.record(
        Event(
            name=POST_ENDED,
            subject=("Post", id),
            path=unit.path,
            member_id=post.member_id,
            facts={
                "organization": unit.name,
                "kind": post.kind,
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason,
            },
        )
    )
    return replace(post, until=on, reason=reason)


async def correct_post(
    act: Act,
    id: UUID,
    *,
    reason: str,
    kind: PostKind | None = None,
    since: date | None = None,
    term_ends_on: date | None = None,
    until: date | None = None,
    resume: bool = False,
) -> Post:
    """Mend what was entered wrongly; None leaves as it is, `resume` takes back the end."""
    post, unit = await _post_for(act, id)
    after = replace(
        post,
        kind=kind or post.kind,
        since=since or post.since,
        term_ends_on=term_ends_on or post.term_ends_on,
        until=None if resume else until or post.until,
    )
    posts = await store.posts_at(act.session, act.tenant_id, [unit.id])
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(after.since, act.today, "since"),
            *await _holder_faults(act, post, after, unit),
            *rules.correction_faults(
                post,
                kind=after.kind,
                since=after.since,
                term_ends_on=after.term_ends_on,
                until=after.until,
                unit=unit,
                posts=posts,
                secretaries=await _secretaries(act, posts),
            ),
        ]
    )
    changed = {
        field: getattr(after, field)
        for field in ("kind", "since", "term_ends_on", "until")
        if getattr(after, field) != getattr(post, field)
    }
    if not changed:
        return post
    reason = reason.strip()
    await store.update_post(act.session, act.tenant_id, id, changed)
    act.record(
        Event(
            name=POST_CORRECTED,
            subject=("Post", id),
            path=unit.path,
            member_id=post.member_id,
            facts={
                "organization": unit.name,
                "before": {field: _plain(getattr(post, field)) for field in changed},
                "after": {field: _plain(value) for field, value in changed.items()},
                "reason": reason,
            },
        )
    )
    return after


def appointed(post: Post, unit: Unit, name: str, *, late: bool, too_small: bool = False) -> Event:
    return Event(
        name=APPOINTED,
        subject=("Post", post.id),
        path=unit.path,
        member_id=post.member_id,
        facts={
            "organization": unit.name,
            "member": name,
            "kind": post.kind,
            "since": post.since.isoformat(),
            "term_ends_on": _plain(post.term_ends_on),
            "late": late,
            "too_small": too_small,
        },
    )


async def _post_for(act: Act, id: UUID) -> tuple[Post, Unit]:
    post = await store.post(act.session, act.tenant_id, id)
    if post is None:
        raise NotFound()
    unit = await store.unit(act.session, act.tenant_id, post.organization_id, alone=True)
    assert unit is not None  # a foreign key says so
    act.require(ORGANIZATION_APPOINT, unit.path, seen_by=ORGANIZATION_READ)
    # Whoever waited for the unit finds what the other has made of the post meanwhile.
    return await store.post(act.session, act.tenant_id, id) or post, unit


async def _holder_faults(act: Act, post: Post, after: Post, unit: Unit) -> list[Invalid | Conflict]:
    """A correction gives nobody a post, now, that an appointment would not give."""
    over = after.until is not None and after.until <= act.today
    same = over or (after.kind, after.until) == (post.kind, post.until)
    if same and after.since >= post.since:
        return []
    holder, _ = await store.holder(act.session, act.tenant_id, post.member_id, unit.id)
    assert holder is not None  # a foreign key says so
    given = [] if same else rules.holder_faults(unit, holder, after.kind)
    return [*given, *rules.admission_faults(holder, after.since)]


async def _secretaries(act: Act, posts: list[Post]) -> dict[UUID, str]:
    holders = {post.member_id for post in posts if post.kind is PostKind.SECRETARY}
    return await store.names_of(act.session, act.tenant_id, holders) if holders else {}


def _plain(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
