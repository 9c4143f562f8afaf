"""Whether those who lead gave their yearly Party lecture or report (S2-04)."""

from datetime import date
from typing import Any

from zhibu.calendar import checked_year

Rows = list[dict[str, Any]]


def lectures_required(rows: Rows, env: Any) -> list[int | None]:
    return [_required(row, env) for row in rows]


def lectures_met(rows: Rows, env: Any) -> list[bool | None]:
    required = lectures_required(rows, env)
    return [
        None if least is None else row["given"] >= least
        for row, least in zip(rows, required, strict=True)
    ]


def bases(rows: Rows, env: Any) -> list[str | None]:
    return [str(_value(row, env).basis) if row["leads"] else None for row in rows]


def _required(row: dict[str, Any], env: Any) -> int | None:
    return int(_value(row, env).value or 0) if row["leads"] else None


def _value(row: dict[str, Any], env: Any) -> Any:
    on = date(checked_year(row["year"]), 12, 31)
    return env.parameters.value("education.lectures_of_leaders", row["path"], on)
