"""Accounts: opening, passwords, closing, roles, sessions, second factors, identities."""

import typer

from zhibu.cli.accounts import keeping, linking, signing

app = typer.Typer(add_completion=False, no_args_is_help=True, help="账号 · Accounts")

app.command(help="开立账号 · Open an account; prints its one-time password")(keeping.create)
app.command(help="设置密码 · Set a lasting password, asked for twice and never shown")(
    keeping.password
)
app.command(help="停用账号 · Close an account; --enable opens it again")(keeping.disable)
app.command("roles", help="查看、授予或结束角色 · See the roles of an account, give or end one")(
    keeping.roles_
)
app.command(help="查看或结束会话 · See where an account is signed in, or end it")(signing.sessions)
app.command(help="关联统一身份 · Link accounts to identities of a sign-in service")(linking.link)
app.command("reset-factor", help="重置遗失的第二因素 · Take a lost second factor off an account")(
    signing.reset_factor
)
