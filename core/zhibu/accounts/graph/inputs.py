"""What the mutations of accounts and tenants are told."""

from datetime import date, datetime

import strawberry

_PASSWORD = "密码；由统一身份登录且没有密码的不填。 The password; null for who has none of his own."
_CODE = "动态码或恢复码。 A code of the device, or one for recovery."


@strawberry.input(description="登录。 Signing in.")
class SignInInput:
    tenant: str
    login: str
    password: str


@strawberry.input(description="登录的第二步。 The second step of signing in.")
class SignInConfirmInput:
    pending: str = strawberry.field(
        description="signIn 返回的 pending。 The `pending` that signIn answered."
    )
    code: str = strawberry.field(description=_CODE)


@strawberry.input(description="登记第二因素。 Enrolling a second factor.")
class SecondFactorEnrolInput:
    password: str | None = strawberry.field(default=None, description=_PASSWORD)


@strawberry.input(description="动态码或恢复码。 A code of the device, or one for recovery.")
class SecondFactorCodeInput:
    code: str = strawberry.field(description=_CODE)


@strawberry.input(description="取消第二因素。 Giving up one's second factor.")
class SecondFactorRemoveInput:
    code: str = strawberry.field(description=_CODE)
    password: str | None = strawberry.field(default=None, description=_PASSWORD)


@strawberry.input(description="重置他人的第二因素。 Taking a lost second factor off an account.")
class SecondFactorResetInput:
    account: strawberry.ID
    reason: str


@strawberry.input(description="退出登录。 Signing out.")
class SignOutInput:
    client_mutation_id: str | None = None


@strawberry.input(description="更改自己的密码。 Choosing an own password.")
class PasswordChangeInput:
    present: str
    password: str


@strawberry.input(description="开立账号。 Opening an account.")
class AccountCreateInput:
    login: str
    name: str
    member: strawberry.ID | None = None
    locale: str | None = None


@strawberry.input(description="指明账号。 Naming an account.")
class AccountInput:
    account: strawberry.ID


@strawberry.input(description="账号与党员绑定。 Binding an account to its member.")
class AccountBindInput:
    account: strawberry.ID
    member: strawberry.ID


@strawberry.input(description="授予角色。 Giving a role.")
class RoleAssignInput:
    account: strawberry.ID
    role: str
    organization: strawberry.ID
    since: date
    until: date | None = None
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="结束角色。 Ending a role.")
class RoleEndInput:
    assignment: strawberry.ID
    until: date
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="创建令牌。 Issuing a token.")
class TokenCreateInput:
    name: str
    organization: strawberry.ID
    actions: list[str]
    expires_at: datetime
    account: strawberry.ID | None = None


@strawberry.input(description="撤销令牌。 Revoking a token.")
class TokenRevokeInput:
    token: strawberry.ID


@strawberry.input(description="结束会话。 Ending a session.")
class SessionEndInput:
    session: strawberry.ID


@strawberry.input(description="结束全部会话。 Ending every other session.")
class SessionsEndInput:
    account: strawberry.ID | None = strawberry.field(
        default=None, description="账号标识，默认本人。 Whose; one's own if null."
    )


@strawberry.input(description="关联统一身份。 Linking an account to an identity of a service.")
class IdentityLinkInput:
    account: strawberry.ID
    provider: str = strawberry.field(description="认证服务名称。 Name of the service.")
    subject: str = strawberry.field(
        description="该服务中的唯一标识。 What the service knows the person by."
    )


@strawberry.input(description="取消统一身份关联。 Taking a link back.")
class IdentityUnlinkInput:
    identity: strawberry.ID = strawberry.field(description="关联的标识。 Id of the link.")


@strawberry.input(description="授予监督权限。 Opening a door to another institution.")
class OversightGrantInput:
    tenant: str
    login: str
    role: str
    organization: strawberry.ID
    since: date
    until: date
    reason: str


@strawberry.input(description="撤销监督权限。 Closing a door.")
class OversightRevokeInput:
    oversight: strawberry.ID
    reason: str


@strawberry.input(description="以监督身份进入。 Going through a door.")
class OversightEnterInput:
    oversight: strawberry.ID
