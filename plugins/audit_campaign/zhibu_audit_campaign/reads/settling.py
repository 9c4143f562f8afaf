"""What becomes of members who were checked, as it is read."""

from typing import Any

from zhibu_audit_campaign.rules.settling import Condition
from zhibu_audit_campaign.tables import Settlement

SETTLEMENT: Any = Settlement.__table__


def conditions(rows: list[dict[str, Any]], env: Any) -> list[list[Condition]]:
    """What held of each, as words."""
    return [[Condition(each) for each in row["conditions"].split()] for row in rows]
