"""What a client sees of accounts, roles, tokens and doors between institutions."""

from datetime import date, datetime
from typing import Any

import strawberry

from zhibu.accounts import reads
from zhibu.accounts.service import sessions
from zhibu.core_actions import ACCOUNT_READ, OVERSIGHT_GRANT, TOKEN_CREATE
from zhibu.identifiers import global_id
from zhibu.members.graph.types import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, Public, column, entity, expression, public, to_many, to_one


@entity(reads.ROLES, permission=Public("shown with its account only"))
@strawberry.type(name="RoleAssignment", description="角色授予。 A role held at an organization.")
class RoleAssignmentType(Node):
    role: str = column(description="角色。 Name of the role.")
    since: date = column(description="起始日期。 From this day.")
    until: date | None = column(description="截止日期（不含）。 Before this day; null has no end.")
    reason: str | None = column(description="理由。 Why it was given.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="所在党组织。 Where the role is held.",
    )


@entity(reads.SESSIONS, permission=Public("shown with its account only"))
@strawberry.type(name="Session", description="登录会话。 A session that has not been ended.")
class SessionType(Node):
    agent: str | None = column(description="登录程序。 The program that signed in, by its word.")
    address: str | None = column(description="登录地址。 Network address of the sign-in.")
    created_at: datetime = column(description="登录时间。 When it began.")
    seen_at: datetime = column(description="最近使用，精确到分。 Last use, to the minute.")
    expires_at: datetime = column(description="最迟失效时间。 When it ends at the latest.")
    proven_at: datetime | None = column(
        description="最近验证第二因素的时间。 When the second factor was proven last."
    )


@entity(reads.IDENTITIES, permission=Public("shown with its account only"))
@strawberry.type(name="Identity", description="统一身份。 Whom a sign-in service knows.")
class IdentityType(Node):
    provider: str = column(description="认证服务名称。 Name of the service.")
    subject: str = column(
        "subject_masked", description="该服务中的标识，部分遮盖。 Its word for the person, masked."
    )
    linked_at: datetime = column(description="关联时间。 When it was linked.")


@entity(reads.ACCOUNTS, permission=ACCOUNT_READ, path=reads.path_of_account, owner="member_id")
@strawberry.type(name="Account", description="账号。 Somebody, or a machine, that signs in.")
class AccountType(Node):
    login: str = column(description="登录名。 What it signs in with.")
    name: str = column(description="名称。 Name people know it by.")
    locale: str | None = column(description="语言。 Language of its texts; null for the tenant's.")
    created_at: datetime = column(description="开立时间。 When it was opened.")
    disabled_at: datetime | None = column(description="停用时间。 When it was disabled.")
    one_time_password: bool = expression(
        reads.one_time, description="尚未设置自己的密码。 Still has a password others made."
    )
    second_factor: bool = expression(
        reads.second_factor, description="已登记第二因素。 Whether a second factor is enrolled."
    )
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id,
        description="绑定的党员。 The member behind it; null if there is none to be seen.",
    )
    roles: list[RoleAssignmentType] = to_many(
        lambda row, target: target.c.account_id == row.c.id,
        order_by=lambda target: [target.c.since, target.c.id],
        limit=100,
        shown_with_parent="whoever sees an account sees its roles",
        description="授予的角色，含已结束和未开始的。 Roles given: past, present and future.",
    )
    identities: list[IdentityType] = to_many(
        lambda row, target: target.c.account_id == row.c.id,
        order_by=lambda target: [target.c.provider, target.c.id],
        limit=50,
        shown_with_parent="whoever sees an account sees by what it signs in",
        description="可用于登录的统一身份。 Identities that sign in as this account.",
    )
    sessions: list[SessionType] = to_many(
        reads.open_sessions,
        order_by=lambda target: [target.c.created_at.desc(), target.c.id],
        limit=50,
        shown_with_parent="whoever sees an account sees where it is signed in",
        description="未结束的会话。 Sessions not ended.",
    )


@entity(reads.TOKENS, permission=TOKEN_CREATE, path=reads.path_of_place)
@strawberry.type(name="Token", description="程序令牌。 A machine's credential, never its secret.")
class TokenType(Node):
    name: str = column(description="名称。 What it is for.")
    created_at: datetime = column(description="创建时间。 When it was issued.")
    expires_at: datetime = column(description="失效时间。 When it ends.")
    revoked_at: datetime | None = column(description="撤销时间。 When it was revoked.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="限于该组织及其下级。 It reaches this organization and what is below.",
    )


@entity(reads.OVERSIGHTS, permission=OVERSIGHT_GRANT, path=reads.path_of_place)
@strawberry.type(name="Oversight", description="机构间监督授权。 A door between two institutions.")
class OversightType(Node):
    side: str = column(description="given 为本机构授予，received 为获得。 Given or received.")
    counterpart_name: str = column(description="对方机构。 The other institution.")
    organization_name: str = column(description="被监督的组织。 What may be seen.")
    overseer_name: str = column(description="监督人。 Who may look.")
    role: str = column(description="角色。 As what.")
    since: date = column(description="起始日期。 From this day.")
    until: date = column(description="截止日期（不含）。 Before this day.")
    reason: str = column(description="理由。 Why.")
    revoked_at: datetime | None = column(description="撤销时间。 When it was revoked.")


@public("what the policy consists of is no secret")
@strawberry.type(description="角色。 A role of the policy.")
class Role:
    name: str = strawberry.field(description="角色代码。 Name of the role.")
    title: str = strawberry.field(description="角色名称。 What people call it.")
    excludes: list[str] = strawberry.field(
        description="不得同时持有的角色。 Roles nobody holds together with it."
    )


@public("the caller's own")
@strawberry.type(description="本人持有的角色。 A role the caller holds today.")
class HeldRole:
    role: str = strawberry.field(description="角色。 Name of the role.")
    title: str = strawberry.field(description="角色名称。 What people call it.")
    organization: strawberry.ID = strawberry.field(description="党组织标识。 Its id.")
    organization_name: str = strawberry.field(description="党组织名称。 Where it is held.")


@public("the caller's own")
@strawberry.type(description="本人可用的监督授权。 A door the caller may go through.")
class OpenOversight:
    id: strawberry.ID = strawberry.field(description="标识。 Its id.")
    institution: str = strawberry.field(description="被监督的机构。 Whom it opens.")
    organization_name: str = strawberry.field(description="被监督的组织。 What may be seen.")
    role: str = strawberry.field(description="角色。 As what.")
    until: date = strawberry.field(description="截止日期（不含）。 Before this day.")


@public("the caller's own")
@strawberry.type(description="本人的登录会话。 A session of the caller's own.")
class OwnSession:
    id: strawberry.ID = strawberry.field(description="标识，用于 sessionEnd。 For sessionEnd.")
    current: bool = strawberry.field(description="当前会话。 Whether it is the one that asks.")
    address: str | None = strawberry.field(description="登录地址。 Network address.")
    agent: str | None = strawberry.field(description="登录程序。 Program, by its own word.")
    created_at: datetime = strawberry.field(description="登录时间。 When it began.")
    seen_at: datetime = strawberry.field(description="最近使用，精确到分。 Last use.")
    expires_at: datetime = strawberry.field(description="最迟失效时间。 Its end at the latest.")
    proven_at: datetime | None = strawberry.field(
        description="最近验证第二因素的时间。 When the second factor was proven last."
    )


def _actions(root: Any) -> list[str]:
    asked = root.asked
    names = asked.platform.policy.rules.actions
    return sorted(name for name in names if not asked.scope(name).nothing)


async def _own_sessions(root: Any) -> list[OwnSession]:
    asked = root.asked
    async with asked.home.view(asked.tenant_id) as session:
        found = await sessions.own(session, asked.tenant_id, asked.caller, asked.now)
    return [
        OwnSession(
            id=strawberry.ID(global_id("Session", each.id)),
            current=each.id == asked.caller.credential_id,
            address=each.address,
            agent=each.agent,
            created_at=each.created_at,
            seen_at=each.seen_at,
            expires_at=each.expires_at,
            proven_at=each.proven_at,
        )
        for each in found
    ]


@public("the caller's own institution")
@strawberry.type(description="本机构。 The institution the caller is in.")
class Institution:
    code: str = strawberry.field(description="机构代码。 Its code.")
    name: str = strawberry.field(description="机构名称。 Its name.")
    locale: str = strawberry.field(description="语言。 Its language.")
    zone: str = strawberry.field(description="时区。 Its time zone.")


@public("who one is, one may know")
@strawberry.type(description="当前登录者。 Whoever asks.")
class Viewer:
    asked: strawberry.Private[Any]  # the context of whoever this is
    name: str = strawberry.field(description="名称。 Name.")
    via: str = strawberry.field(description="凭据类型。 session, token, oversight or system.")
    account: strawberry.ID | None = strawberry.field(description="账号标识。 The account's id.")
    member: strawberry.ID | None = strawberry.field(description="党员标识。 The member's id.")
    overseer: str | None = strawberry.field(description="监督人。 Who looks in, in words.")
    second_factor: bool = strawberry.field(
        description="已登记第二因素。 Whether a second factor is enrolled."
    )
    second_factor_due: bool = strawberry.field(
        description="须先登记第二因素，在此之前不能做别的。 Whether one must be enrolled before "
        "anything else may be done."
    )
    proven_until: datetime | None = strawberry.field(
        description="第二因素验证的有效期。 Until when its last proof counts; null without one."
    )
    locale: str = strawberry.field(description="语言。 Language of the texts.")
    institution: Institution = strawberry.field(description="本机构。 The institution.")
    roles: list[HeldRole] = strawberry.field(description="当日角色。 Roles held today.")
    plugins: list[str] = strawberry.field(description="启用的插件。 Plugins on anywhere.")
    oversights: list[OpenOversight] = strawberry.field(
        description="可进入的其他机构。 Doors that are open to the caller."
    )
    actions: list[str] = strawberry.field(
        resolver=_actions, description="至少在一处可做的操作。 What may be done somewhere at least."
    )
    sessions: list[OwnSession] = strawberry.field(
        resolver=_own_sessions,
        description="本人未结束的会话，最新在前。 One's open sessions, the newest first.",
    )
