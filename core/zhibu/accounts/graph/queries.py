"""Asking for accounts, roles, tokens and doors."""

from enum import Enum

import strawberry

from zhibu.accounts.graph.types import AccountType, OversightType, Role, TokenType, Viewer
from zhibu.accounts.graph.viewing import roles_of, viewer_of
from zhibu.reading import Connection, Public, connection, one, permitted


@strawberry.enum(description="账号的排序。 Order of accounts.")
class AccountOrder(Enum):
    LOGIN = "login"
    NEWEST = "newest"


async def _viewer(info: strawberry.Info) -> Viewer:
    return await viewer_of(info.context)


def _roles(info: strawberry.Info) -> list[Role]:
    return roles_of(info.context)


@strawberry.type
class AccountQuery:
    viewer: Viewer = strawberry.field(
        resolver=_viewer,
        description="当前登录者及其角色、权限。 Whoever asks, with roles and what they allow.",
        metadata=permitted(Public("who one is, one may know")),
    )
    roles: list[Role] = strawberry.field(
        resolver=_roles,
        description="全部角色。 Every role of the policy.",
        metadata=permitted(Public("what the policy consists of is no secret")),
    )

    @one(lambda row, args, env: row.c.id == args.row("id", "Account"))
    def account(self, id: strawberry.ID) -> AccountType | None:
        """一个账号。 One account."""

    @connection(
        order=lambda row: [row.c.login],
        orders={
            AccountOrder.LOGIN: lambda row: [row.c.login],
            AccountOrder.NEWEST: lambda row: [row.c.id.desc()],
        },
        filters={"login": lambda row, args, env: row.c.login == args.bind("login", str.casefold)},
    )
    def accounts(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        login: str | None = None,
        order_by: AccountOrder | None = None,
    ) -> Connection[AccountType]:
        """账号列表。 Accounts by login."""

    @connection(order=lambda row: [row.c.id.desc()])
    def tokens(
        self, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[TokenType]:
        """程序令牌，最新在前。 Machines' tokens, the newest first."""

    @connection(order=lambda row: [row.c.id.desc()])
    def oversights(
        self, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[OversightType]:
        """授予和获得的监督授权，最新在前。 Doors given and received, the newest first."""
