"""By what the education of an organization is evaluated (S2-27), out of its kept figures."""

from decimal import Decimal
from typing import Any

from zhibu_education.rules.standing import average, share

Rows = list[dict[str, Any]]


def completions(rows: Rows, env: Any) -> list[Decimal | None]:
    """The share of members who reached their hours, in percent."""
    return [share(row["met"], row["members"]) for row in rows]


def averages(rows: Rows, env: Any) -> list[Decimal | None]:
    """Verified hours per member who needs hours."""
    return [average(row["hours"], row["members"]) for row in rows]
