"""The workbook of where members stand in a year, 《党员年度学时统计表》, to be given out only."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu_education import actions
from zhibu_education.rules.standing import Hours
from zhibu_education.service import exports
from zhibu_education.sheets import columns
from zhibu_education.store import exports as store


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Every member at or below `filters["organization"]` with the hours of `filters["year"]`."""
    chosen = await exports.chosen(act, filters, actions.READ, HOURS.name)
    rows = [
        _row(line)
        for line in await store.standings_below(
            act.session, act.tenant_id, chosen.path, chosen.first.year
        )
        if act.may(actions.READ, line.path, line.member_id)
    ]
    chosen.say(act, len(rows))
    return rows


def _row(line: Any) -> dict[str, Any]:
    hours = Hours(required=line.required, verified=line.verified, pending=line.pending)
    return {
        "organization": line.organization,
        "name": line.name,
        "required": hours.required,
        "verified": hours.verified,
        "pending": hours.pending,
        "gap": hours.gap,
        "met": hours.met,
        "ground": line.ground,
    }


HOURS = Sheet(
    name="education_hours",
    title="党员年度学时统计表",
    columns=columns.STANDINGS,
    permission=actions.READ,
    read=read,
)
