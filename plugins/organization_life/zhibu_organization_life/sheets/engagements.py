"""The workbook of what members take on, 《承诺、岗位、联系和志愿服务登记簿》."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu.members.public import identity_numbers
from zhibu_organization_life import actions
from zhibu_organization_life.service import exports
from zhibu_organization_life.sheets import columns
from zhibu_organization_life.store import engagements as store


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """What began in `filters["year"]` at or below `filters["organization"]`, by member."""
    chosen = await exports.chosen(act, filters, actions.REGISTER_READ, ENGAGEMENTS.name)
    rows = [
        row
        for row in await store.engagements_below(
            act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
        )
        if act.may(actions.REGISTER_READ, row.path, row.member_id)
    ]
    shown = await identity_numbers(act, {row.member_id for row in rows})
    found = [
        {
            **{name: getattr(row, name) for name in store.SHOWN if name != "member_id"},
            "identity_number": shown[row.member_id].number,
            "name": shown[row.member_id].name,
        }
        for row in rows
        if row.member_id in shown
    ]
    chosen.say(act, len(found))
    return found


ENGAGEMENTS = Sheet(
    name="organization_life_engagements",
    title="承诺岗位联系服务登记簿",
    columns=columns.ENGAGEMENTS,
    permission=actions.REGISTER_READ,
    key=("identity_number", "kind", "title", "since"),
    read=read,
)
