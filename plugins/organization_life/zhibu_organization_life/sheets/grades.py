"""The workbook of grades, 《民主评议党员等次》: what was published of a year."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu.members.public import identity_numbers
from zhibu.organizations.public import codes_of
from zhibu_organization_life import actions
from zhibu_organization_life.service import exports
from zhibu_organization_life.sheets import columns
from zhibu_organization_life.store import appraisals as store


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Grades of `filters["year"]` published at or below `filters["organization"]`, by branch."""
    chosen = await exports.chosen(act, filters, actions.APPRAISAL_READ, GRADES.name)
    rows = [
        row
        for row in await store.grades_below(
            act.session, act.tenant_id, chosen.path, chosen.first.year
        )
        if act.may(actions.APPRAISAL_READ, row.path)
    ]
    shown = await identity_numbers(act, {row.member_id for row in rows})
    codes = await codes_of(act, {row.organization_id for row in rows})
    found = [
        {
            "organization": codes[row.organization_id],
            "identity_number": shown[row.member_id].number,
            "name": shown[row.member_id].name,
            "year": row.year,
            "grade": row.grade,
            "ground": row.ground,
            "opinion": row.opinion,
            "reason": row.reason,
        }
        for row in rows
        if row.member_id in shown
    ]
    chosen.say(act, len(found))
    return found


GRADES = Sheet(
    name="organization_life_grades",
    title="民主评议党员等次",
    columns=columns.GRADES,
    permission=actions.APPRAISAL_READ,
    key=("organization", "identity_number"),
    read=read,
)
