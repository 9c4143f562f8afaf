"""What a client says to change organizations and posts."""

from datetime import date

import strawberry

from zhibu.organizations.graph.enums import Kind, PostKind


@strawberry.input(description="成立党组织。 Found an organization.")
class OrganizationCreateInput:
    parent: strawberry.ID
    code: str
    name: str
    kind: Kind
    short_name: str | None = None
    approves_probationary: bool = False
    founded_on: date | None = None
    reason: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="更名或改变类别；空项不变。 Rename; what is left out stays.")
class OrganizationRenameInput:
    organization: strawberry.ID
    on: date
    reason: str
    name: str | None = None
    short_name: str | None = None
    kind: Kind | None = None
    approves_probationary: bool | None = None
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="变更隶属关系。 Put an organization under another one.")
class OrganizationMoveInput:
    organization: strawberry.ID
    parent: strawberry.ID
    on: date
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="并入另一党组织。 Merge an organization into another one.")
class OrganizationMergeInput:
    organization: strawberry.ID
    into: strawberry.ID
    on: date
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="分设的新组织及其党员、下级组织。 A new unit and who goes there.")
class OrganizationPartInput:
    code: str
    name: str
    short_name: str | None = None
    members: list[strawberry.ID] = strawberry.field(default_factory=list)
    organizations: list[strawberry.ID] = strawberry.field(default_factory=list)


@strawberry.input(description="分设党组织。 Split new organizations from one.")
class OrganizationSplitInput:
    organization: strawberry.ID
    parts: list[OrganizationPartInput]
    on: date
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="撤销党组织。 Dissolve an organization.")
class OrganizationDissolveInput:
    organization: strawberry.ID
    on: date
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="撤回误撤销。 Take back a dissolution entered by mistake.")
class OrganizationReopenInput:
    organization: strawberry.ID
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="任命职务；不填届满日期则按规定任期。 Give a member a post.")
class PostAppointInput:
    organization: strawberry.ID
    member: strawberry.ID
    kind: PostKind
    since: date
    term_ends_on: date | None = None
    until: date | None = None
    reason: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="免去职务。 End a post.")
class PostEndInput:
    post: strawberry.ID
    on: date
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="更正任职记录；空项不变。 Correct a post; what is left out stays.")
class PostCorrectInput:
    post: strawberry.ID
    reason: str
    kind: PostKind | None = None
    since: date | None = None
    term_ends_on: date | None = None
    until: date | None = None
    resume: bool = False
    idempotency_key: str | None = None
