"""Which clause of the sources is kept by which plugin, and which test proves it.

`python -m zhibu.testing.clauses` runs every test that names a clause, prints the coverage, and
fails when a clause is claimed without a test that passes, or a test names one that is not there.
"""

import argparse
import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

TABLE = Path("docs/clauses.csv")
PAGE = Path("docs/clauses.md")

# By clause, the tests that name it and how they went: `passed`, `failed` or `collected`.
Proofs = Mapping[str, Mapping[str, str]]

_HEAD = """# Clauses

Generated from `docs/clauses.csv` and the tests; `make clauses` writes it anew. A clause is kept
when a plugin claims it and a test that names it passes. The second table says why a clause is not
kept: it is told and not done, or belongs to a module that is not there yet.

"""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A row of the table. `kept_by` is a plugin, `core`, or "" while nobody keeps it.

    `reason` says why nobody does: what it asks for is told, not done, or of a module to come.
    """

    id: str
    source: str
    requirement: str
    kept_by: str
    reason: str = ""

    @property
    def group(self) -> str:
        """What the clause belongs to: S0 … S4 a source, A an ambiguity, EM … a regulation."""
        return self.id.partition("-")[0]


def read(table: Path) -> list[Clause]:
    """The clauses of a table. Raises `ValueError` when two share an id."""
    with table.open(encoding="utf-8", newline="") as file:
        clauses = [Clause(**row) for row in csv.DictReader(file)]
    twice = [id for id, count in Counter(clause.id for clause in clauses).items() if count > 1]
    if twice:
        raise ValueError(f"twice in the table: {', '.join(twice)}")
    return clauses


def proofs(tests: Sequence[str] = (), *, run: bool = True) -> Proofs:
    """What the tests that name a clause prove; unless `run`, only which there are."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "proofs.json"
        options = ["-q", "-p", "no:cacheprovider", *([] if run else ["--collect-only"])]
        command = ["-m", "pytest", "-p", "zhibu.testing.proofs", "--proofs", str(file), *options]
        done = subprocess.run([sys.executable, *command, *tests], stdout=sys.stderr, check=False)
        if not file.exists():
            raise RuntimeError(f"the tests could not be collected: pytest ended with {done}")
        found: Proofs = json.loads(file.read_text("utf-8"))
        return found


def faults(clauses: Iterable[Clause], found: Proofs, wanted: str = "passed") -> list[str]:
    """What is claimed and not proved by a test that is `wanted`; what is named and unknown."""
    known = {clause.id: clause for clause in clauses}
    unproved = [
        f"{id} is claimed by {clause.kept_by}, and no test that names it has {wanted}"
        for id, clause in known.items()
        if clause.kept_by and wanted not in found.get(id, {}).values()
    ]
    failed = [
        f"{id} is not kept: {test} failed"
        for id, tests in found.items()
        for test, outcome in tests.items()
        if outcome == "failed"
    ]
    both = [
        f"{id} is claimed by {clause.kept_by}, and the table says why nobody keeps it"
        for id, clause in known.items()
        if clause.kept_by and clause.reason
    ]
    unknown = [f"{id} is named by a test and is in no table" for id in found if id not in known]
    return [*unproved, *failed, *both, *unknown]


def coverage(clauses: Sequence[Clause]) -> list[str]:
    """How many clauses of each source are kept, and by whom: lines of a table."""
    lines = ["| source | clauses | kept | by |", "|---|---:|---:|---|"]
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        groups[clause.group].append(clause)
    for group, members in groups.items():
        keepers = Counter(clause.kept_by for clause in members if clause.kept_by)
        by = ", ".join(f"{name} {count}" for name, count in sorted(keepers.items()))
        lines.append(f"| {group} | {len(members)} | {keepers.total()} | {by} |")
    kept = sum(1 for clause in clauses if clause.kept_by)
    return [*lines, f"| all | {len(clauses)} | {kept} | |"]


def page(clauses: Sequence[Clause], found: Proofs) -> str:
    """`docs/clauses.md`: the coverage, and each kept clause with the tests that name it."""
    lines = [*coverage(clauses), "", "| clause | source | requirement | kept by | proved by |"]
    lines.append("|---|---|---|---|---|")
    for clause in clauses:
        if clause.kept_by:
            proofs = "<br>".join(f"`{test}`" for test in sorted(found.get(clause.id, {})))
            requirement = clause.requirement.replace("|", "\\|")
            cells = clause.id, clause.source, requirement, clause.kept_by, proofs
            lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "Not kept, for a reason:",
        "",
        "| clause | requirement | why not |",
        "|---|---|---|",
    ]
    for clause in clauses:
        if clause.reason:
            requirement = clause.requirement.replace("|", "\\|")
            lines.append(f"| {clause.id} | {requirement} | {clause.reason} |")
    return _HEAD + "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m zhibu.testing.clauses")
    parser.add_argument("tests", nargs="*", help="folders of tests; those of pytest if none")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    parser.add_argument("--collect", action="store_true", help="do not run the tests")
    asked = parser.parse_args()
    clauses = read(asked.table)
    found = proofs(asked.tests, run=not asked.collect)
    asked.page.write_text(page(clauses, found), "utf-8")
    print(*coverage(clauses), sep="\n")
    wrong = faults(clauses, found, "collected" if asked.collect else "passed")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
