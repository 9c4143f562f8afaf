"""Signing in, passwords, and doors between institutions."""

from functools import partial
from typing import Any

import strawberry

from zhibu.accounts.graph import inputs
from zhibu.accounts.graph.asking import arrival_of, asker_of
from zhibu.accounts.graph.payloads import (
    DonePayload,
    OneTimePayload,
    OversightEnterPayload,
    OversightPayload,
    SignInPayload,
)
from zhibu.accounts.graph.viewing import signed_in
from zhibu.accounts.service import accounts, oversight, passwords
from zhibu.accounts.signing_in import SignedIn, confirm, sign_in
from zhibu.core_actions import ACCOUNT_CREATE, OVERSIGHT_GRANT
from zhibu.graph import outside
from zhibu.graph.context import Visit
from zhibu.identifiers import global_id, row_of
from zhibu.reading import Public


@strawberry.type
class EnteringMutation:
    @outside(permission=Public("nobody is signed in before signing in"))
    async def sign_in(self, context: Any, input: inputs.SignInInput) -> SignInPayload:
        """登录。 Sign in: answers the session's token, to be sent as `Authorization: Bearer`."""
        found = await sign_in(
            context.platform,
            arrival_of(context),
            tenant=input.tenant,
            login=input.login,
            password=input.password,
        )
        return _entered(context, found)

    @outside(permission=Public("nobody is signed in before the second step"))
    async def sign_in_confirm(
        self, context: Any, input: inputs.SignInConfirmInput
    ) -> SignInPayload:
        """登录的第二步：动态码或恢复码。 The second step: a code of the device, or for recovery."""
        found = await confirm(
            context.platform, arrival_of(context), pending=input.pending, code=input.code
        )
        return _entered(context, found)

    @outside(permission=Public("one's own password"))
    async def password_change(self, context: Any, input: inputs.PasswordChangeInput) -> DonePayload:
        """更改自己的密码。 Choose an own password; other sessions end."""
        await passwords.change(
            context.platform, asker_of(context), present=input.present, chosen=input.password
        )
        return DonePayload(done=True)

    @outside(permission=ACCOUNT_CREATE)
    async def account_create(
        self, context: Any, input: inputs.AccountCreateInput
    ) -> OneTimePayload:
        """开立账号，返回一次性密码。 Open an account; answers a one-time password."""
        member = row_of(input.member, "Member", path=("member",)) if input.member else None
        async with context.act() as act:
            opened = await accounts.create(
                act,
                context.platform.passwords,
                login=input.login,
                name=input.name,
                member_id=member,
                locale=input.locale,
            )
        return _once(opened)

    @outside(permission=ACCOUNT_CREATE)
    async def password_reset(self, context: Any, input: inputs.AccountInput) -> OneTimePayload:
        """重置密码，返回一次性密码。 Reset a lost password; the account's sessions end."""
        account = row_of(input.account, "Account", path=("account",))
        async with context.act() as act:
            opened = await passwords.reset(act, context.platform.passwords, account)
        return _once(opened)

    @outside(permission=OVERSIGHT_GRANT)
    async def oversight_grant(
        self, context: Any, input: inputs.OversightGrantInput
    ) -> OversightPayload:
        """向上级等其他机构授予监督权限。 Let another institution's account look in."""
        door = await oversight.grant(
            context.platform,
            *_caller(context),
            oversight.Wanted(
                tenant_code=input.tenant,
                login=input.login,
                role=input.role,
                organization_id=row_of(input.organization, "Organization", path=("organization",)),
                since=input.since,
                until=input.until,
                reason=input.reason,
            ),
            now=context.now,
            request=context.request_id,
        )
        return OversightPayload(oversight=strawberry.ID(global_id("Oversight", door.id)))

    @outside(permission=Public("either side closes a door; the service asks which"))
    async def oversight_revoke(
        self, context: Any, input: inputs.OversightRevokeInput
    ) -> OversightPayload:
        """撤销监督权限，立即失效。 Close a door at once, from either side."""
        await oversight.revoke(
            context.platform,
            *_caller(context),
            row_of(input.oversight, "Oversight", path=("oversight",)),
            reason=input.reason,
            now=context.now,
            request=context.request_id,
        )
        return OversightPayload(oversight=input.oversight)

    @outside(permission=Public("only the account the door was given to goes through"))
    async def oversight_enter(
        self, context: Any, input: inputs.OversightEnterInput
    ) -> OversightEnterPayload:
        """以监督身份进入对方机构。 Go through a door: answers a session over there."""
        entered = await oversight.enter(
            context.platform,
            *_caller(context),
            row_of(input.oversight, "Oversight", path=("oversight",)),
            now=context.now,
            request=context.request_id,
        )
        return OversightEnterPayload(
            token=entered.text, expires_at=entered.expires_at, institution=entered.tenant.name
        )


def _caller(context: Any) -> tuple[Any, Any]:
    """Tenant and caller of a signed-in request. Raises `Unauthenticated`."""
    signed_in(context)
    return context.tenant, context.caller


def _entered(context: Any, found: SignedIn) -> SignInPayload:
    """What came of signing in; whoever it is is looked up once that is certain, and if asked."""
    if found.pending:
        return SignInPayload(pending=found.text, expires_at=found.expires_at)
    arrival = arrival_of(context)
    visit = Visit(
        platform=context.platform,
        now=arrival.now,
        request_id=arrival.request_id,
        wanted=getattr(context, "wanted", None),
        address=arrival.address,
        agent=arrival.agent,
    )
    return SignInPayload(
        token=found.text,
        expires_at=found.expires_at,
        password_change_due=found.password_change_due,
        entered=partial(context.platform.context, found.text, visit),
    )


def _once(opened: accounts.Opened) -> OneTimePayload:
    return OneTimePayload(
        account=strawberry.ID(global_id("Account", opened.account.id)), password=opened.password
    )
