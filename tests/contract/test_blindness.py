"""A migration that writes rows behind a wall is found, however it says so."""

from pathlib import Path

import pytest

from zhibu.testing.contract import blindness
from zhibu.testing.contract.sources import Source

LIFT, BACK = (
    "ALTER TABLE a_row NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE a_row FORCE ROW LEVEL SECURITY",
)
WRITE = "DELETE FROM a_row WHERE until IS NOT NULL"


def found(folder: Path, *statements: str) -> list[str]:
    file = folder / "0001_rows.py"
    lines = [f"    op.execute({each})\n" for each in statements]
    file.write_text('def upgrade():\n    """Update rows."""\n' + "".join(lines), "utf-8")
    return [*blindness.faults(Source.read(file, folder))]


def test_what_is_written_while_the_wall_is_lifted_is_fine(tmp_path: Path) -> None:
    assert found(tmp_path, repr(LIFT), repr(WRITE), repr(BACK)) == []


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([repr(WRITE)], "writes by a_row, whose wall hides its rows"),
        ([repr(f"WITH gone AS (SELECT 1) {WRITE}")], "writes by a_row, whose wall"),
        ([repr(f"-- what ended\n{WRITE}")], "writes by a_row, whose wall"),
        (["f'DELETE FROM {TABLE}'"], "writes by a table that no words name"),
        ([repr(WRITE), repr(LIFT), repr(BACK)], "writes while the wall of a_row stands"),
        ([repr(LIFT), repr(BACK), repr(WRITE)], "writes while the wall of a_row stands"),
        ([repr(LIFT), repr(WRITE)], "lifts the wall of a_row and does not put it back"),
        (
            [repr("INSERT INTO a_row VALUES (1) ON CONFLICT DO UPDATE SET x = 1")],
            "writes by a_row, whose wall",
        ),
    ],
)
def test_what_is_written_behind_a_wall_is_found(
    tmp_path: Path, statements: list[str], said: str
) -> None:
    [fault] = found(tmp_path, *statements)
    assert fault.startswith(f"upgrade() {said}")
