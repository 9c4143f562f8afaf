"""`docs/undo.md`: for each mutation the one that undoes it, or why there is none."""

import csv
from dataclasses import dataclass
from pathlib import Path

UNDOING = Path("docs/undo.md")
TABLE = Path("docs/undo.csv")

_ABOUT = """# What undoes what

Every mutation of the core and of the plugins of this house, with the one that takes it back. Made
from `docs/undo.csv` by `python -m zhibu.testing.pages`; tests
hold the table complete and walk the pairs marked ✓ on SQLite: act, undo, and a reader sees what
there was before.

Nothing is deleted by an undo. The ledger keeps both acts, and where the table says *anew*, *ended*
or *voided* the former record stays in the history beside the new one.

| mutation | undone by | | how, or why not |
|---|---|---|---|
"""


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """A row of the table; `by` is empty where nothing undoes it, and `how` says why."""

    mutation: str
    by: str
    how: str
    walked: bool


def rows() -> list[Undoing]:
    """The table as it stands."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Undoing(
                mutation=row["mutation"],
                by=row["undone by"],
                how=row["how"],
                walked=bool(row["walked"]),
            )
            for row in csv.DictReader(file)
        ]


def undoing() -> str:
    """The page."""
    lines = []
    for row in rows():
        by = f"`{row.by}`" if row.by else "–"
        lines.append(f"| `{row.mutation}` | {by} | {'✓' * row.walked} | {row.how} |")
    return _ABOUT + "\n".join(lines) + "\n"
