"""What is computed of a member's standing: pace, outlook, and the reason in words."""

from datetime import date
from decimal import Decimal
from typing import Any

from zhibu_education import reads
from zhibu_education.rules.requirement import parameter_of
from zhibu_education.rules.standing import NOTHING, Hours, expected, projected, will_miss
from zhibu_education.rules.standing import behind as is_behind

Rows = list[dict[str, Any]]

COVERED: dict[str, Any] = {
    "hours": lambda row, env: row.c.hours,
    "voided_on": lambda row, env: row.c.voided_on,
    "verified": lambda row, env: reads.hours_now(row, "verified"),
    "required": lambda row, env: reads.hours_now(row, "required"),
}


def uncovered_reasons(rows: Rows, env: Any) -> list[str | None]:
    """Why a certificate is no longer covered, as a sentence in the caller's language."""
    return [_uncovered(row, env) for row in rows]


def _uncovered(row: dict[str, Any], env: Any) -> str | None:
    verified, required = row["verified"] or NOTHING, row["required"] or NOTHING
    if row["voided_on"] is not None or verified >= max(row["hours"], required):
        return None
    name = "fewer" if verified < row["hours"] else "raised"
    facts = {"hours": row["hours"], "verified": verified, "required": required}
    return str(
        env.platform.texts.filled("labels", f"education.uncovered.{name}", facts, env.locale)
    )


def gaps(rows: Rows, env: Any) -> list[Decimal | None]:
    return [None if (hours := _hours(row)) is None else hours.gap for row in rows]


def met(rows: Rows, env: Any) -> list[bool | None]:
    return [None if (hours := _hours(row)) is None else hours.met for row in rows]


def expectations(rows: Rows, env: Any) -> list[Decimal | None]:
    return [
        None if row["required"] is None else expected(row["required"], row["year"], _day(row))
        for row in rows
    ]


def behind(rows: Rows, env: Any) -> list[bool | None]:
    return [
        None if (hours := _hours(row)) is None else is_behind(hours, row["year"], _day(row))
        for row in rows
    ]


def outlooks(rows: Rows, env: Any) -> list[Decimal | None]:
    return [
        None if (hours := _hours(row)) is None else projected(hours, row["year"], _day(row))
        for row in rows
    ]


def misses(rows: Rows, env: Any) -> list[bool | None]:
    return [
        None if (hours := _hours(row)) is None else will_miss(hours, row["year"], _day(row))
        for row in rows
    ]


def reasons(rows: Rows, env: Any) -> list[str | None]:
    """Why the number is what it is, as a sentence in the caller's language."""
    return [_reason(row, env) for row in rows]


def bases(rows: Rows, env: Any) -> list[str | None]:
    """The document and article that the requirement rests on, with the value used."""
    return [_basis(row, env) for row in rows]


def ground_texts(rows: Rows, env: Any) -> list[str | None]:
    return [
        None
        if row["ground"] is None
        else env.platform.texts.label("education.ground", row["ground"], env.locale)
        for row in rows
    ]


def _reason(row: dict[str, Any], env: Any) -> str | None:
    hours = _hours(row)
    texts = env.platform.texts
    if hours is None:
        return str(texts.of("labels", "education.reason.not_opened", env.locale))
    if hours.required == 0:
        name = "exempt"
    elif hours.met:
        name = "met"
    elif will_miss(hours, row["year"], _day(row)):
        name = "will_miss"
    else:
        name = "on_course"
    facts: dict[str, Any] = {
        "verified": hours.verified,
        "pending": hours.pending,
        "required": hours.required,
        "gap": hours.gap,
        "projected": projected(hours, row["year"], _day(row)),
        "on": _day(row),
        "ground": row["ground"],
    }
    return str(texts.filled("labels", f"education.reason.{name}", facts, env.locale))


def _basis(row: dict[str, Any], env: Any) -> str | None:
    name = None if row["ground"] is None else parameter_of(row["ground"])
    if name is None:
        return None
    last = date(row["year"], 12, 31)
    return str(env.parameters.value(name, row["path"], last).basis)


def _hours(row: dict[str, Any]) -> Hours | None:
    if row["required"] is None:
        return None
    return Hours(
        required=row["required"],
        verified=row["verified"],
        pending=row["pending"],
        enrolled=row["enrolled"],
    )


def _day(row: dict[str, Any]) -> date:
    return date.fromordinal(row["on"])
