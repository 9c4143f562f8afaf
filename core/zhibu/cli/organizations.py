"""The tree of an institution, with the codes that other commands ask for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu.cli.acting import operator, unit_of
from zhibu.cli.terminal import Json, terminal_of
from zhibu.cli.workbooks import Tenant
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.organizations import store
from zhibu.organizations.public import Unit

if TYPE_CHECKING:
    from zhibu.act import TenantFacts
    from zhibu.platform import Platform

app = typer.Typer(add_completion=False, no_args_is_help=True, help="党组织 · Organizations")

_STEP = "　"  # as wide as a Chinese character


@app.callback()
def organization() -> None:
    """党组织 · Organizations"""


@app.command("list", help="列出党组织及其代码 · The tree, with the code of each organization")
def list_(
    context: typer.Context,
    tenant: Tenant,
    under: Annotated[
        str | None, typer.Option("--under", help="党组织代码 · It and what is below it")
    ] = None,
    depth: Annotated[
        int | None, typer.Option("--depth", min=0, help="下级层数 · How many levels below the top")
    ] = None,
    json: Json = False,
) -> None:
    terminal = terminal_of(context)

    async def listed(platform: "Platform") -> list[dict[str, Any]]:
        facts = await platform.tenant(tenant)
        top = (await unit_of(platform, facts, under)).path if under else ""
        units = await tree(platform, facts, top)
        codes = {unit.id: unit.code for unit in units}
        highest = min((_level(unit) for unit in units), default=0)
        return [
            {
                "code": unit.code,
                "name": unit.name if json else _STEP * (_level(unit) - highest) + unit.name,
                "kind": unit.kind
                if json
                else terminal.texts.label("core.kind", unit.kind, terminal.locale),
                "parent": codes.get(unit.parent_id) if unit.parent_id else None,
                "path": unit.path,
            }
            for unit in units
            if depth is None or _level(unit) - highest <= depth
        ]

    rows = terminal.run(listed)
    terminal.show(rows, ["code", "name", "kind"], as_json=json)


async def tree(platform: "Platform", tenant: "TenantFacts", path: str) -> Sequence[Unit]:
    """The living organizations at or below `path`, in the order of the tree."""
    caller = operator(platform, tenant)
    switches = (await platform.snapshot(tenant.id)).switches
    scope = platform.policy.scope(caller.principal, switches, ORGANIZATION_READ)
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        return await store.units_below(session, tenant.id, path, scope)


def _level(unit: Unit) -> int:
    return unit.path.count(".")
