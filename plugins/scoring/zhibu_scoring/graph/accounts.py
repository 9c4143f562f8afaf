"""A member's year, reckoned by the rules from what is recorded and the scheme in force."""

from datetime import date
from decimal import Decimal
from typing import Any

from zhibu_scoring.errors import SchemeMalformed
from zhibu_scoring.rules.accounts import Account, Standing, Sum, account, standing
from zhibu_scoring.rules.schemes import Part, scheme

Rows = list[dict[str, Any]]
OF_YEAR: dict[str, Any] = {
    "path": "path",
    "year": "year",
    "admitted_on": lambda of, env: of.member.c.admitted_on,
    "left_on": lambda of, env: of.member.c.left_on,
    "exempt": "exempt",
    "stopped": "stopped",
    "sums": "sums",
}


def standings(rows: Rows, env: Any) -> list[Standing]:
    return [_standing(row) for row in rows]


def bases(rows: Rows, env: Any) -> list[Decimal | None]:
    return [found.base if (found := _account(row, env)) else None for row in rows]


def pluses(rows: Rows, env: Any) -> list[Decimal | None]:
    return [found.plus if (found := _account(row, env)) else None for row in rows]


def minuses(rows: Rows, env: Any) -> list[Decimal | None]:
    return [found.minus if (found := _account(row, env)) else None for row in rows]


def vetoes(rows: Rows, env: Any) -> list[bool]:
    return [found is not None and found.vetoed for found in (_account(r, env) for r in rows)]


def totals(rows: Rows, env: Any) -> list[Decimal | None]:
    return [
        found.total if _counted(row) and (found := _account(row, env)) else None for row in rows
    ]


def reasons(rows: Rows, env: Any) -> list[str]:
    """Why the total is what it is, as a sentence in the caller's language."""
    return [_reason(row, env) for row in rows]


def sources(rows: Rows, env: Any) -> list[str]:
    return [str(_parameter(row, env).basis) for row in rows]


def _reason(row: dict[str, Any], env: Any) -> str:
    name = str(_standing(row))
    facts: dict[str, Any] = {"year": row["year"]}
    if _counted(row):
        found = _account(row, env)
        if found is None:
            name = "unreadable"
        else:
            floored = found.minus > found.base
            name = "vetoed" if found.vetoed else "floored" if floored else "counted"
            facts |= {
                "base": found.base,
                "plus": found.plus,
                "minus": found.minus,
                "total": found.total,
            }
    return str(env.platform.texts.filled("labels", f"scoring.reason.{name}", facts, env.locale))


def _counted(row: dict[str, Any]) -> bool:
    return _standing(row) is Standing.COUNTED


def _standing(row: dict[str, Any]) -> Standing:
    out = {name: bool(row[name]) for name in ("exempt", "stopped")}
    return standing(row["year"], row["admitted_on"], row["left_on"], **out)


def _account(row: dict[str, Any], env: Any) -> Account | None:
    """The account; none where the scheme cannot be read: one branch's slip spoils no list."""
    words = _parameter(row, env)
    try:
        found = scheme(words.value, words.basis)
    except SchemeMalformed:
        return None
    most = {item.code: item.most for item in found.items.values() if item.most is not None}
    return account(found.base, most, map(_sum, (row["sums"] or "").splitlines()))


def _parameter(row: dict[str, Any], env: Any) -> Any:
    return env.parameters.value("scoring.scheme", row["path"], date(row["year"], 1, 1))


def _sum(text: str) -> Sum:
    part, item, points, count = text.split("\t")
    return Sum(part=Part(part), item=item, points=Decimal(points) / 100, count=int(count))
