"""Why a month's dues are what they are, as a sentence in the caller's language."""

from typing import Any

from zhibu_dues.rules.months import Ground
from zhibu_dues.rules.payments import yuan

Rows = list[dict[str, Any]]


def months(rows: Rows, env: Any) -> list[str]:
    return [_reason(row, env) for row in rows]


def _reason(row: dict[str, Any], env: Any) -> str:
    name = row["ground"]
    if name == Ground.STANDARD:
        name = "fixed" if row["base"] is None else "rated"
    facts = {
        "income": row["income"],
        "base": yuan(row["base"] or 0),
        "monthly": yuan(row["monthly"] or 0),
        "owed": yuan(row["owed"]),
    }
    return str(env.platform.texts.filled("labels", f"dues.reason.{name}", facts, env.locale))
