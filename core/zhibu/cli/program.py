"""Every command on one page. A command's module is imported when it is called, not before."""

from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from zhibu.cli.starting import begin
from zhibu.cli.terminal import Terminal

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("installation:init", "建立数据目录、密钥和数据库 · Create an installation"),
    "serve": ("serving:serve", "启动服务 · Serve the API"),
    "worker": ("working:worker", "执行后台任务 · Do what waits, beside the servers"),
    "demo": ("demo:demo", "载入示例单位并启动 · Load the sample institutions and serve them"),
    "import": ("workbooks:take_in", "导入工作簿 · Import a workbook, or an institution's folder"),
    "export": ("workbooks:give_out", "导出工作簿 · Export a workbook"),
    "template": ("workbooks:template", "生成空白模板 · Write an empty form"),
    "tenant": ("tenants:app", "机构 · Institutions: list, show, found, suspend"),
    "organization": ("organizations:app", "党组织 · Organizations and their codes: list"),
    "plugin": ("plugins:app", "插件 · Plugins: list, new, switch"),
    "pack": ("packs:app", "规则包 · Rule packs: list, apply, release"),
    "account": ("accounts:app", "账号 · Accounts: create, password, disable, roles, sessions"),
    "token": ("tokens:app", "机器令牌 · Machines' tokens: create, revoke"),
    "migrate": ("installation:migrate", "升级数据库 · Bring every database up to date"),
    "ledger": ("ledger:app", "台账 · The ledger: verify, show"),
    "figures": ("figures:app", "统计数 · Figures of dashboards: verify, rebuild"),
    "due": ("due:app", "到期事项 · Deadlines: list, sweep, deliver"),
    "schema": ("schema:app", "接口定义 · The GraphQL schema: print, export"),
    "documents": ("documents:app", "查询文档登记 · Trusted documents: add, list"),
    "database": ("database:app", "分布式 · Distribution by tenant: distribute, lint"),
    "doctor": ("doctor:doctor", "体检 · Look for what is wrong with an installation"),
    "keys": ("keys:app", "密钥 · Master keys: list, add, rotate, retire"),
    "backup": ("backup:backup", "备份 · Write everything into one file"),
    "restore": ("backup:restore", "恢复 · Bring a backup back"),
}


class Commands(TyperGroup):
    """The commands of `COMMANDS`. Help and completion need their summaries only."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name][1], callback=_unloaded)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.commands = {each: self.get_command(ctx, each) for each in COMMANDS}  # to suggest
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and loaded(str(name)), rest

    def invoke(self, ctx: Any) -> Any:
        terminal = ctx.obj if isinstance(ctx.obj, Terminal) else Terminal()
        with terminal.refusals():
            return super().invoke(ctx)


def loaded(name: str) -> Any:
    """The command itself, from its module."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(f"zhibu.cli.{module}"), attribute)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name, help=COMMANDS[name][1])(found)
        found = alone
    command = typer.main.get_command(found)
    command.name = name
    return command


def _unloaded() -> None:
    raise AssertionError("a command is loaded before it is called")


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("zhibu"))
        raise typer.Exit()


@app.callback()
def settings(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option("--settings", help="TOML 配置文件 · Settings file (or ZHIBU_SETTINGS)"),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="数据目录 · Data folder (or ZHIBU_DATA)")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--locale", help="zh-CN | en (or ZHIBU_LOCALE)")
    ] = None,
    shown: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="版本 · Version")
    ] = False,
) -> None:
    """支部：党员教育管理平台的命令行。 Zhibu's command line."""
    context.obj = Terminal(file=file, data=data, language=language)


def main() -> None:
    """Run the command line of this process."""
    begin()
    app()
