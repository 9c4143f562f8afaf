"""The organizations that a workbook names and the tree has already."""

from collections.abc import Sequence

from zhibu.act import Act
from zhibu.forms.rows import Row
from zhibu.organizations import store
from zhibu.organizations.rules import Unit


async def known_units(act: Act, rows: Sequence[Row]) -> dict[str, Unit]:
    """By code; parents as well."""
    codes = {row[key] for row in rows for key in ("code", "parent") if row[key]}
    return await store.units_by_code(act.session, act.tenant_id, codes)
