"""Workbooks in and out."""

from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu.cli.acting import caller_of, organization_id
from zhibu.cli.errors import FileUnreadable
from zhibu.cli.import_report import counts, say_findings, say_report
from zhibu.cli.institution import FOLDER, take_in_institution
from zhibu.cli.terminal import FAULTS, Json, Terminal, terminal_of
from zhibu.cli.watching import watching
from zhibu.exporting import Exported, export_workbook
from zhibu.forms.checking import Mode
from zhibu.forms.template import template as blank
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.platform import Platform

Kind = Annotated[str, typer.Argument(help="表的种类，如 members · Kind of workbook")]
Tenant = Annotated[str, typer.Option("--tenant", help="机构代码 · Code of the institution")]
Login = Annotated[
    str | None, typer.Option("--as", help="以此账号的权限 · With what this account may do")
]
Operator = Annotated[
    bool, typer.Option("--operator", help="以服务器管理员身份 · As the server's operator")
]
Out = Annotated[Path, typer.Option("--out", help="写入的文件 · File to write")]


def take_in(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="表的种类，或 institution · Kind, or institution")],
    file: Annotated[Path, typer.Argument(help="工作簿或文件夹 · Workbook, or folder")],
    tenant: Annotated[str | None, typer.Option("--tenant", help="机构代码 · Institution")] = None,
    login: Login = None,
    as_operator: Operator = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查 · Check only")] = False,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="跳过有误的行 · Write the good rows")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="写出带错误说明的工作簿 · File for the faults")
    ] = None,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)
    if kind == FOLDER:
        _institution(terminal, file, as_json=json)
        return
    if tenant is None:
        raise typer.BadParameter("--tenant")
    code = tenant
    content = _content(file)

    async def imported(platform: Platform) -> ImportReport:
        sheet = sheet_of(platform, kind)
        facts = await platform.tenant(code)
        caller = await caller_of(platform, facts, login, as_operator)
        with watching(terminal, sheet.title) as on_progress:
            return await import_workbook(
                platform,
                facts,
                caller,
                sheet,
                content,
                mode=Mode.GOOD_ROWS if good_rows else Mode.ALL_OR_NOTHING,
                dry_run=dry_run,
                give_back=report is not None,
                locale=terminal.locale,
                on_progress=on_progress,
            )

    found = terminal.run(imported)
    if report is not None and found.returned is not None:
        report.write_bytes(found.returned)
    say_report(terminal, found, as_json=json, dry_run=dry_run)
    if found.refused:
        raise typer.Exit(FAULTS)


def give_out(
    context: typer.Context,
    kind: Kind,
    tenant: Tenant,
    out: Out,
    organization: Annotated[
        str | None, typer.Option("--organization", help="党组织代码 · Code of an organization")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help="用途，印在页脚并记入台账 · What for")
    ] = None,
    login: Login = None,
    as_operator: Operator = False,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def exported(platform: Platform) -> Exported:
        sheet = sheet_of(platform, kind)
        facts = await platform.tenant(tenant)
        caller = await caller_of(platform, facts, login, as_operator)
        return await export_workbook(
            platform,
            facts,
            caller,
            sheet,
            organization_id=await organization_id(platform, facts, organization),
            purpose=purpose,
        )

    found = terminal.run(exported)
    out.write_bytes(found.content)
    if json:
        terminal.json({"rows": found.rows, "file": str(out)})
    else:
        terminal.say("exported", rows=found.rows, file=str(out))


def template(context: typer.Context, kind: Kind, out: Out) -> None:
    terminal = terminal_of(context)

    async def written(platform: Platform) -> None:
        sheet = sheet_of(platform, kind)
        out.write_bytes(blank(sheet.columns, sheet.title))

    terminal.run(written)
    terminal.say("template_written", file=str(out))


def _institution(terminal: Terminal, folder: Path, *, as_json: bool) -> None:
    async def taken(platform: Platform) -> Any:
        return await take_in_institution(platform, terminal, folder)

    found = terminal.run(taken)
    rows = [{"sheet": name, **counts(report)} for name, report in found.reports.items()]
    columns = ["sheet", "rows", "created", "updated", "unchanged", "errors", "warnings"]
    if as_json:
        first = [vars(each) for each in found.administrators]
        terminal.json({"tenant": found.tenant.code, "sheets": rows, "administrators": first})
    else:
        terminal.show(rows, columns, as_json=False, title=found.tenant.name)
        first = [vars(each) for each in found.administrators]
        if first:
            terminal.show(first, ["login", "name", "role", "password"], as_json=False)
            terminal.say("one_time_passwords")
    for report in found.reports.values():
        say_findings(terminal, report, as_json=as_json)
    if found.refused:
        raise typer.Exit(FAULTS)


def _content(file: Path) -> Path:
    if not file.is_file():
        raise FileUnreadable(file=str(file), fault="no such file")
    return file
