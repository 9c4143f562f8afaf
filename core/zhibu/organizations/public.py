"""What the rest of the house may know of organizations."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.identifiers import ancestors
from zhibu.organizations import store
from zhibu.organizations.rules import (
    BRANCHES,
    ELECTED,
    FORMAL_HOMES,
    Kind,
    Period,
    Post,
    PostKind,
    Unit,
)

FOUNDED = "organizations.founded"
RENAMED = "organizations.renamed"
MOVED = "organizations.moved"
MERGED = "organizations.merged"
SPLIT = "organizations.split"
DISSOLVED = "organizations.dissolved"
REOPENED = "organizations.reopened"
APPOINTED = "organizations.post_appointed"
POST_ENDED = "organizations.post_ended"
POST_CORRECTED = "organizations.post_corrected"

__all__ = [
    "APPOINTED",
    "BRANCHES",
    "DISSOLVED",
    "FORMAL_HOMES",
    "FOUNDED",
    "MERGED",
    "MOVED",
    "POST_CORRECTED",
    "POST_ENDED",
    "RENAMED",
    "REOPENED",
    "SPLIT",
    "Kind",
    "Period",
    "Post",
    "PostKind",
    "Unit",
    "approver_of",
    "codes_of",
    "end_posts_outside",
    "holders_between",
    "holders_on",
    "organization_of",
    "organizations_above",
    "organizations_by_code",
    "organizations_on",
    "path_on",
    "posts_of",
]


async def organization_of(
    act: Act, id: UUID, *, seen_by: Action | None = ORGANIZATION_READ, hold: bool = False
) -> Unit:
    """The organization. Raises `NotFound` when it is absent or the caller may not see it.

    `seen_by=None` asks nobody: the caller has already been asked about something above or below.
    `hold` keeps it from moving or ending until the transaction is over.
    """
    found = await store.unit(act.session, act.tenant_id, id, hold=hold)
    if found is None or (seen_by is not None and not act.may(seen_by, found.path)):
        raise NotFound()
    return found


async def organizations_by_code(act: Act, codes: Collection[str]) -> dict[str, Unit]:
    """Every organization with one of these codes, ended ones too, whoever asks."""
    return await store.units_by_code(act.session, act.tenant_id, codes)


async def codes_of(act: Act, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of these organizations, whoever asks."""
    return await store.codes(act.session, act.tenant_id, ids)


async def organizations_above(act: Act, path: str) -> list[Unit]:
    """The organization of this path and every one above it, nearest first."""
    return await store.units_above(act.session, act.tenant_id, ancestors(path))


async def organizations_on(act: Act, path: str, day: date) -> Sequence[Period]:
    """What stood at or below `path` on that day: name, kind, parent and place as they were."""
    return await store.units_on(act.session, act.tenant_id, path, day)


async def approver_of(act: Act, path: str) -> Unit | None:
    """The nearest organization above that may approve probationary members (S3C-05)."""
    above = await organizations_above(act, path)
    return next((unit for unit in above if unit.approves_probationary), None)


async def posts_of(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, on: date
) -> list[tuple[str, str, date | None]]:
    """Kind, path of the organization, and known end, of each post the member holds on that day.

    A post whose term is over goes on until it is ended: `term_ends_on` is when an election is due.
    """
    return await store.posts_held(session, tenant_id, member_id, on)


async def holders_on(act: Act, organization_id: UUID, on: date) -> set[UUID]:
    """Who held an elected post of the organization on that day: its committee."""
    return await holders_between(act, organization_id, on, on)


async def holders_between(
    act: Act, organization_id: UUID, first: date, last: date, *kinds: PostKind
) -> set[UUID]:
    """Who held a post of these kinds in the organization on any day from the first to the last; of
    none said, an elected one.
    """
    posts = await store.posts_at(act.session, act.tenant_id, [organization_id])
    wanted = kinds or ELECTED
    return {
        post.member_id
        for post in posts
        if post.kind in wanted and post.since <= last and (post.until is None or first < post.until)
    }


async def path_on(act: Act, organization_id: UUID, day: date) -> str | None:
    """The path that the organization had on that day; None where there was none."""
    period = await store.unit_on(act.session, act.tenant_id, organization_id, day)
    return period.path if period else None


async def end_posts_outside(
    act: Act,
    members: Mapping[UUID, tuple[str, UUID | None] | None],
    on: date,
    reason: str,
) -> Counter[UUID]:
    """End the posts that members no longer belong to: each by its branch's path and its group.

    None for a member who has left ends every post. Returns how many of each member ended.
    """
    ended = []
    for post, path in await store.open_posts_of(act.session, act.tenant_id, members):
        belongs = members[post.member_id]
        if belongs is None or not (
            belongs[0].startswith(path) or post.organization_id == belongs[1]
        ):
            ended.append((post, path))
    await store.end_posts(act.session, act.tenant_id, [post.id for post, _ in ended], on, reason)
    for post, path in ended:
        act.record(
            Event(
                name=POST_ENDED,
                subject=("Post", post.id),
                path=path,
                member_id=post.member_id,
                facts={"kind": post.kind, "on": on.isoformat(), "reason": reason},
            )
        )
    return Counter(post.member_id for post, _ in ended)
