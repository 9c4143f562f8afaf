"""The organizations as a workbook."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.forms.rows import Record
from zhibu.identifiers import row_of
from zhibu.organizations import store
from zhibu.policy.paths import ROOT


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The living organizations that the caller sees, at or below `filters["organization"]`."""
    path = ""
    if filters.get("organization"):
        top = await store.unit(
            act.session, act.tenant_id, row_of(filters["organization"], "Organization")
        )
        path = top.path if top else ROOT
    scope = act.scope(ORGANIZATION_READ)
    units = await store.units_below(act.session, act.tenant_id, path, scope)
    codes = {unit.id: unit.code for unit in units}
    missing = {unit.parent_id for unit in units if unit.parent_id} - set(codes)
    above = await store.units(act.session, act.tenant_id, missing)
    codes |= {unit.id: unit.code for unit in above.values()}
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "parent": codes.get(unit.parent_id) if unit.parent_id else None,
            "kind": unit.kind,
            "approves": unit.approves_probationary,
            "founded_on": unit.founded_on,
        }
        for unit in units
    ]
