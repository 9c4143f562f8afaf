"""Changing accounts, roles and tokens, each in one act."""

from typing import Any
from uuid import UUID

import strawberry

from zhibu.accounts.graph import inputs
from zhibu.accounts.graph.payloads import AccountPayload, DonePayload, SessionsPayload, TokenPayload
from zhibu.accounts.service import accounts, identities, roles, sessions, tokens
from zhibu.act import Act
from zhibu.core_actions import (
    ACCOUNT_CREATE,
    ACCOUNT_DISABLE,
    IDENTITY_LINK,
    ROLE_ASSIGN,
    SESSION_END,
    TOKEN_CREATE,
)
from zhibu.graph import mutation, outside
from zhibu.identifiers import row_of
from zhibu.reading import Public


@strawberry.type
class AccountMutation:
    @mutation(permission=Public("everybody may leave"))
    async def sign_out(self, act: Act, input: inputs.SignOutInput) -> DonePayload:
        """退出登录，会话立即失效。 End the session that asks."""
        return DonePayload(done=await sessions.sign_out(act) is not None)

    @mutation(permission=ACCOUNT_CREATE)
    async def account_bind(self, act: Act, input: inputs.AccountBindInput) -> AccountPayload:
        """账号与党员绑定。 Say which member an account belongs to."""
        member = row_of(input.member, "Member", path=("member",))
        bound = await accounts.bind(act, _account(input.account), member_id=member)
        return AccountPayload(row=bound.id)

    @mutation(permission=ACCOUNT_DISABLE)
    async def account_disable(self, act: Act, input: inputs.AccountInput) -> AccountPayload:
        """停用账号，其会话和令牌立即失效。 Disable an account; sessions and tokens end."""
        return AccountPayload(row=(await accounts.disable(act, _account(input.account))).id)

    @mutation(permission=ACCOUNT_DISABLE)
    async def account_enable(self, act: Act, input: inputs.AccountInput) -> AccountPayload:
        """重新启用账号。 Enable a disabled account again."""
        return AccountPayload(row=(await accounts.enable(act, _account(input.account))).id)

    @mutation(permission=ROLE_ASSIGN)
    async def role_assign(self, act: Act, input: inputs.RoleAssignInput) -> AccountPayload:
        """授予角色。 Give an account a role at an organization."""
        given = await roles.assign(
            act,
            account_id=_account(input.account),
            role=input.role,
            organization_id=row_of(input.organization, "Organization", path=("organization",)),
            since=input.since,
            until=input.until,
            reason=input.reason,
        )
        return AccountPayload(row=given.account_id)

    @mutation(permission=ROLE_ASSIGN)
    async def role_end(self, act: Act, input: inputs.RoleEndInput) -> AccountPayload:
        """结束角色，自该日起无效。 End a role: from that day it gives nothing."""
        held = row_of(input.assignment, "RoleAssignment", path=("assignment",))
        ended = await roles.end(act, held, until=input.until, reason=input.reason)
        return AccountPayload(row=ended.account_id)

    @mutation(permission=TOKEN_CREATE)
    async def token_create(self, act: Act, input: inputs.TokenCreateInput) -> TokenPayload:
        """创建程序令牌，只显示一次。 Issue a machine's token; its text is shown once."""
        issued = await tokens.create(
            act,
            name=input.name,
            organization_id=row_of(input.organization, "Organization", path=("organization",)),
            actions=input.actions,
            expires_at=input.expires_at,
            account_id=_account(input.account) if input.account else None,
        )
        return TokenPayload(row=issued.token.id, text=issued.text)

    @mutation(permission=TOKEN_CREATE)
    async def token_revoke(self, act: Act, input: inputs.TokenRevokeInput) -> TokenPayload:
        """撤销令牌，立即失效。 Revoke a token at once."""
        token = row_of(input.token, "Token", path=("token",))
        return TokenPayload(row=await tokens.revoke(act, token))

    @mutation(permission=SESSION_END)
    async def session_end(self, act: Act, input: inputs.SessionEndInput) -> DonePayload:
        """结束会话，立即失效。 End a session, one's own or another's."""
        await sessions.end(act, row_of(input.session, "Session", path=("session",)))
        return DonePayload(done=True)

    @mutation(permission=Public("one's own; another's by `core:session:end`, which is asked"))
    async def sessions_end(self, act: Act, input: inputs.SessionsEndInput) -> SessionsPayload:
        """结束其他全部会话，立即失效。 End every session but this one, of oneself or another."""
        account = _account(input.account) if input.account else None
        return SessionsPayload(count=await sessions.end_all(act, account))

    @outside(permission=IDENTITY_LINK)
    async def identity_link(self, context: Any, input: inputs.IdentityLinkInput) -> AccountPayload:
        """关联统一身份，该身份即可登录此账号。 Let whom a service knows sign in as the account."""
        async with context.act() as act:
            known = {each.name for each in context.platform.providers.of(act.tenant.code)}
            linked = await identities.link(
                act,
                _account(input.account),
                provider=input.provider,
                subject=input.subject,
                known=known,
            )
        return AccountPayload(row=linked.account_id)

    @mutation(permission=IDENTITY_LINK)
    async def identity_unlink(self, act: Act, input: inputs.IdentityUnlinkInput) -> AccountPayload:
        """取消统一身份关联，由其登录的会话结束。 Take a link back; its sessions end."""
        link = row_of(input.identity, "Identity", path=("identity",))
        return AccountPayload(row=(await identities.unlink(act, link)).id)


def _account(id: strawberry.ID) -> UUID:
    return row_of(id, "Account", path=("account",))
