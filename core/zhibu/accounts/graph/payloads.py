"""What the mutations of accounts answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import strawberry

from zhibu.accounts.graph.types import AccountType, TokenType, Viewer
from zhibu.accounts.graph.viewing import viewer_of
from zhibu.graph import Payload, secret, written
from zhibu.reading import public

Entered = Callable[[], Awaitable[Any]]  # the context of a session that was just begun
_OWN = "the answer to one's own mutation"
_ONCE = "凭据，只显示一次。 The credential, shown once."


async def _viewer(root: Any) -> Viewer | None:
    return await viewer_of(await root.entered()) if root.entered else None


@public(_OWN)
@strawberry.type(description="登录的结果。 What became of a sign-in.")
class SignInPayload(Payload):
    token: str | None = secret(description=_ONCE)
    pending: str | None = secret(
        description="须以第二因素确认：交给 signInConfirm。 Awaits the second factor: "
        "give it to signInConfirm."
    )
    expires_at: datetime | None = strawberry.field(
        default=None, description="最迟失效时间。 When it ends at the latest."
    )
    password_change_due: bool = strawberry.field(
        default=False, description="须先更改密码。 An own password must be chosen first."
    )
    entered: strawberry.Private[Entered | None] = None
    viewer: Viewer | None = strawberry.field(
        resolver=_viewer, description="登录者。 Whoever signed in."
    )


@public(_OWN)
@strawberry.type(description="供动态口令应用登记的内容。 What an authenticator is given.")
class SecondFactorEnrolPayload(Payload):
    setup_key: str | None = secret(description="密钥，手工输入时用。 The secret, to be typed.")
    address: str | None = secret(description="otpauth 地址。 The same as an address.")
    picture: str | None = secret(description="二维码（SVG）。 The address as a picture (SVG).")


@public(_OWN)
@strawberry.type(description="验证第二因素的结果。 What became of a proof.")
class SecondFactorPayload(Payload):
    token: str | None = secret(
        description="会话的新凭据，原凭据失效。 The session's new credential; the former ended."
    )
    expires_at: datetime | None = strawberry.field(
        default=None, description="最迟失效时间。 When it ends at the latest."
    )
    proven_until: datetime | None = strawberry.field(
        default=None, description="验证的有效期。 Until when the proof counts."
    )
    recovery_codes: list[str] | None = secret(
        description="恢复码，每个只用一次，只显示这一次。 Recovery codes: each serves once."
    )


@public(_OWN)
@strawberry.type(description="新的恢复码。 New recovery codes.")
class RecoveryCodesPayload(Payload):
    recovery_codes: list[str] | None = secret(
        description="恢复码，每个只用一次，只显示这一次。 Recovery codes: each serves once."
    )


@public(_OWN)
@strawberry.type(description="是否完成。 Whether it was done.")
class DonePayload(Payload):
    done: bool = strawberry.field(default=False, description="已完成。 It was done.")


@public(_OWN)
@strawberry.type(description="结束了多少会话。 How many sessions were ended.")
class SessionsPayload(Payload):
    count: int = strawberry.field(default=0, description="数量。 How many.")


@public(_OWN)
@strawberry.type(description="账号变更的结果。 What became of an account.")
class AccountPayload(Payload):
    account: AccountType | None = written(AccountType)


@public(_OWN)
@strawberry.type(description="新密码，只显示一次。 A one-time password, shown once.")
class OneTimePayload(Payload):
    account: strawberry.ID | None = strawberry.field(
        default=None, description="账号标识。 The account's id."
    )
    password: str | None = secret(
        description="一次性密码，只显示一次。 The one-time password, shown once."
    )


@public(_OWN)
@strawberry.type(description="令牌变更的结果。 What became of a token.")
class TokenPayload(Payload):
    token: TokenType | None = written(TokenType)
    text: str | None = secret(description=_ONCE)


@public(_OWN)
@strawberry.type(description="监督授权变更的结果。 What became of a door.")
class OversightPayload(Payload):
    oversight: strawberry.ID | None = strawberry.field(
        default=None, description="授权标识。 The oversight's id."
    )


@public(_OWN)
@strawberry.type(description="进入的结果。 A session in the institution that is seen.")
class OversightEnterPayload(Payload):
    token: str | None = secret(description=_ONCE)
    expires_at: datetime | None = strawberry.field(
        default=None, description="最迟失效时间。 When it ends at the latest."
    )
    institution: str | None = strawberry.field(
        default=None, description="进入的机构。 The institution that is seen."
    )
