"""The workbook of a year's dues, 《党费收缴情况表》, month by month; it is given out only."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu_dues import actions
from zhibu_dues.service import exports
from zhibu_dues.sheets import columns


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Every member at or below `filters["organization"]` with the dues of `filters["year"]`."""
    return [_row(line) for line in await exports.grid(act, filters, GRID.name)]


def _row(line: exports.Line) -> dict[str, Any]:
    owed, paid = sum(line.owed.values()), sum(line.paid.values())
    missing = sum(max(fen - line.paid[month], 0) for month, fen in line.owed.items())
    months = {
        key: columns.yuan(line.paid[number]) if number in line.paid else None
        for number, key in enumerate(columns.MONTHS, 1)
    }
    return {
        "organization": line.organization,
        "name": line.name,
        "monthly": columns.yuan(line.owed.get(1, 0)),
        **months,
        "owed": columns.yuan(owed),
        "paid": columns.yuan(paid),
        "missing": columns.yuan(missing),
    }


GRID = Sheet(
    name="dues_grid",
    title="党费收缴情况表",
    columns=columns.GRID,
    permission=actions.READ,
    read=read,
)
