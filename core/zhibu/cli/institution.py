"""Taking in an institution as it comes: a folder of workbooks, its rule pack and its settings.

Every workbook goes through the import that users have. Taken in again, nothing changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibu import documents
from zhibu.act import TenantFacts
from zhibu.cli.acting import operator, unit_of
from zhibu.cli.errors import FileUnreadable
from zhibu.cli.terminal import Terminal
from zhibu.cli.watching import watching
from zhibu.importing import ImportReport, import_workbook, sheet_of
from zhibu.parameters.service import apply_pack
from zhibu.tenants.founding import Administrator, found
from zhibu.tenants.service import switch

if TYPE_CHECKING:
    from zhibu.platform import Platform

FOLDER = "institution"
TREE = "organizations"
_AFTER_THE_TREE = ("members", "posts")  # posts are given to members


@dataclass(kw_only=True)
class TakenIn:
    """The institution, what each workbook brought, and whoever was given an account."""

    tenant: TenantFacts
    reports: dict[str, ImportReport] = field(default_factory=dict)
    administrators: tuple[Administrator, ...] = ()

    @property
    def refused(self) -> bool:
        return any(report.refused for report in self.reports.values())


async def take_in_institution(platform: "Platform", terminal: Terminal, folder: Path) -> TakenIn:
    """Found the institution of the folder, import its workbooks in order, set what it sets.

    Stops at the first workbook with a faulty row: the next ones speak of what it should have
    brought. Raises `FileUnreadable` where `tenant.yaml` or a named workbook is not to be read.
    """
    given = read_yaml(folder / "tenant.yaml")
    profile = {key: given[key] for key in ("locale", "zone", "rule_pack") if given.get(key)}
    try:
        code, name = given["code"], given["name"]
    except KeyError as error:
        raise FileUnreadable(file=str(folder / "tenant.yaml"), fault=f"no {error}") from error
    now = platform.clock()
    founded = await found(platform, code=code, name=name, now=now, **profile)
    taken = TakenIn(tenant=founded.tenant, administrators=founded.administrators)
    if not await _import(platform, terminal, folder, taken, TREE):
        return taken
    # Now that there is a top of the tree, the three administrators get their roles there.
    founded = await found(platform, code=code, name=name, now=now, **profile)
    taken.administrators += founded.administrators
    await _switch(platform, taken.tenant, given.get("plugins") or ())
    pack = folder / "rules.yaml"
    if pack.exists():
        await _apply(platform, taken.tenant, read_yaml(pack))
    for kind in _order(platform, folder):
        if not await _import(platform, terminal, folder, taken, kind):
            break
    return taken


def read_yaml(file: Path) -> dict[str, Any]:
    """The mapping of a YAML file. Raises `FileUnreadable`."""
    try:
        given = documents.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, documents.Fault) as error:
        raise FileUnreadable(file=str(file), fault=" ".join(str(error).split())) from error
    if not isinstance(given, dict):
        raise FileUnreadable(file=str(file), fault="a mapping is expected")
    return given


def _order(platform: "Platform", folder: Path) -> list[str]:
    """The kinds of workbooks that the folder has: the core's, then as plugins name them."""
    named = dict.fromkeys((*_AFTER_THE_TREE, *platform.sheets))
    return [
        name
        for name in named
        if name != TREE
        and platform.sheets[name].write is not None
        and _workbook(folder, name).exists()
    ]


def _workbook(folder: Path, kind: str) -> Path:
    """`members.xlsx`; a plugin's own `education_credits.xlsx`, or `credits.xlsx` for short."""
    whole = folder / f"{kind}.xlsx"
    return whole if whole.exists() else folder / f"{kind.rpartition('_')[2]}.xlsx"


async def _import(
    platform: "Platform", terminal: Terminal, folder: Path, taken: TakenIn, kind: str
) -> bool:
    sheet = sheet_of(platform, kind)
    file = _workbook(folder, kind)
    if not file.exists():
        raise FileUnreadable(file=str(file), fault="no such file")
    with watching(terminal, f"{taken.tenant.name} · {sheet.title}") as on_progress:
        report = await import_workbook(
            platform,
            taken.tenant,
            operator(platform, taken.tenant),
            sheet,
            file,
            give_back=False,
            locale=terminal.locale,
            on_progress=on_progress,
        )
    taken.reports[kind] = report
    return not report.refused


async def _switch(platform: "Platform", tenant: TenantFacts, settings: Any) -> None:
    """Switch what the folder switches; a plugin that is not installed is said by the service."""
    for setting in settings:
        unit = await unit_of(platform, tenant, setting["organization"])
        async with platform.act(tenant, operator(platform, tenant)) as act:
            await switch(
                act,
                unit.id,
                setting["plugin"],
                enabled=setting["enabled"],
                reason=setting.get("reason") or "导入",
                installed=platform.plugins.names,
            )


async def _apply(platform: "Platform", tenant: TenantFacts, pack: Mapping[str, Any]) -> None:
    async with platform.act(tenant, operator(platform, tenant)) as act:
        await apply_pack(act, pack)
