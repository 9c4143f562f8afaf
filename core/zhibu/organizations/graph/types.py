"""What a client sees of organizations and posts."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.organizations import reads
from zhibu.organizations.graph.enums import Kind, PostKind
from zhibu.reading import Node, Public, column, entity, expression, public, to_many, to_one

if TYPE_CHECKING:  # members speak of organizations and organizations of members
    from zhibu.members.graph.types import MemberType


@entity(reads.ORGANIZATIONS, permission=Public("the names of what stands above are no secret"))
@strawberry.type(description="党组织的名称。 An organization's name, as anybody may see it.")
class OrganizationName:
    id: strawberry.ID = column(
        "id", kind="Organization", description="党组织的标识。 The organization's own id."
    )
    code: str = column(description="党组织代码。 Code of the organization.")
    name: str = expression(reads.then("name"), description="党组织全称。 Full name.")
    short_name: str | None = column(description="简称。 Short name.")
    kind: Kind = expression(reads.then("kind"), description="党组织类别。 Its kind.")


@entity(reads.POSTS, permission=Public("shown with its organization or its holder only"))
@strawberry.type(name="Post", description="党内任职。 A post somebody holds, with its term.")
class PostType(Node):
    kind: PostKind = column(description="职务。 What post it is.")
    since: date = column(description="任职日期。 From this day.")
    term_ends_on: date | None = column(
        description="任期届满日期。 When the term is over and an election due."
    )
    until: date | None = column(description="免职日期。 Before this day; null while it lasts.")
    organization: OrganizationName = to_one(
        lambda post, target: target.c.id == post.c.organization_id,
        shown_with_parent="names are public",
        description="任职的党组织。 Where the post is held.",
    )
    member: Annotated["MemberType", strawberry.lazy("zhibu.members.graph.types")] | None = to_one(
        lambda post, target: target.c.id == post.c.member_id,
        description="任职党员。 Who holds it; null if the caller may not see the member.",
    )


@entity(reads.ORGANIZATIONS, permission=ORGANIZATION_READ)
@strawberry.type(name="Organization", description="党组织。 A Party organization of the tree.")
class OrganizationType(Node):
    code: str = column(description="党组织代码。 Code of the organization.")
    name: str = expression(
        reads.then("name"), description="党组织全称，按 asOf 之日。 Full name on the day asked for."
    )
    short_name: str | None = column(description="简称。 Short name.")
    kind: Kind = expression(
        reads.then("kind"), description="党组织类别，按 asOf 之日。 Its kind on the day asked for."
    )
    approves_probationary: bool = column(
        description="具有审批预备党员权限。 Whether it may approve probationary members."
    )
    founded_on: date | None = column(description="成立日期。 When it was founded.")
    ended_on: date | None = column(description="撤销日期。 When it ended; null while it lives.")
    version: int = column(description="版本，用于防止覆盖他人修改。 Grows with every change.")
    parent: OrganizationName | None = to_one(
        reads.parent,
        shown_with_parent="names are public",
        description="上级党组织，按 asOf 之日。 The unit above on the day asked for.",
    )
    successor: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.successor_id,
        shown_with_parent="names are public",
        description="承接的党组织。 The unit it was merged into.",
    )
    ancestors: list[OrganizationName] = to_many(
        reads.above,
        order_by=lambda target: target.c.path,
        limit=20,
        shown_with_parent="names are public",
        description="各级上级党组织，由上而下。 Every unit above, the topmost first.",
    )
    children: list[
        Annotated["OrganizationType", strawberry.lazy("zhibu.organizations.graph.types")]
    ] = to_many(
        reads.children,
        order_by=lambda target: target.c.path,
        limit=200,
        description="下级党组织，按 asOf 之日，最多 200 个。 Units right below, 200 at most.",
    )
    posts: list[PostType] = to_many(
        reads.posts,
        order_by=lambda target: [target.c.kind, target.c.since, target.c.id],
        limit=50,
        shown_with_parent="who leads an organization is known to whoever sees it",
        description="职务，按 asOf 之日。 The posts held now, or on the day asked for.",
    )
    member_count: int | None = expression(
        reads.member_count,
        permission=MEMBER_READ,
        description="本级及下级党员总数，按 asOf 之日。 Members here and below, on that day.",
    )
    own_member_count: int | None = expression(
        reads.own_member_count,
        permission=MEMBER_READ,
        description="本级党员数，按 asOf 之日。 Members of the organization itself on that day.",
    )


@public("numbers; the field that answers them has its permission")
@strawberry.type(description="党组织及其下级的数字。 Figures of an organization and all below it.")
class OrganizationFigures:
    members: int = expression(reads.total("core.members"), description="党员总数。 All members.")
    full: int = expression(reads.total("core.full_members"), description="正式党员。 Full members.")
    probationary: int = expression(
        reads.total("core.probationary_members"),
        description="预备党员。 Probationary members.",
    )
    left: int = expression(
        reads.total("core.left_members"), description="已出党人员。 Former members."
    )
    organizations: int = expression(
        reads.total("core.organizations"), description="党组织数。 Living organizations."
    )
    branches: int = expression(
        reads.total("core.branches"), description="党支部数。 Living branches."
    )
