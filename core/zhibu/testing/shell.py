"""The command line for tests: run in this process, over an institution small enough to read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from zhibu.cli.program import app
from zhibu.forms.columns import Column
from zhibu.forms.writing import write
from zhibu.members.sheets import MEMBERS
from zhibu.organizations.sheets import ORGANIZATIONS
from zhibu.testing.register import identity

TREE = (
    ("DW", "中共示例机关委员会", None, "party_committee"),
    ("DW01", "中共示例机关第一支部委员会", "DW", "branch"),
    ("DW02", "中共示例机关第二支部委员会", "DW", "branch"),
)


@dataclass
class Shell:
    """Runs commands in this process, each as a process of its own would."""

    data: Path
    tmp: Path

    def __call__(self, *arguments: str | Path, input: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments], input=input)

    def ok(self, *arguments: str | Path, input: str | None = None) -> Result:
        """The same for what must succeed."""
        result = self(*arguments, input=input)
        assert result.exit_code == 0, (result.output, result.exception)
        return result

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self(*arguments, "--json").stdout)

    def workbook(
        self, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]
    ) -> Path:
        """A workbook of these rows, as an export would write it."""
        file = self.tmp / f"{name}.xlsx"
        file.write_bytes(write(rows, columns, name))
        return file

    def roster(self, *people: Mapping[str, Any], name: str = "roster") -> Path:
        return self.workbook(name, MEMBERS.columns, people)

    def ledger(self, event: str, tenant: str = "small") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json(
            "ledger", "show", "--tenant", tenant, "--event", event
        )
        return found


def person(number: int, branch: str = "DW01", **changes: Any) -> dict[str, Any]:
    """A row of the roster."""
    values = dict.fromkeys(column.key for column in MEMBERS.columns)
    identity_number = identity(number)
    return {
        **values,
        "name": "赵" + "甲乙丙丁戊己庚辛"[number % 8],
        "gender": "male" if int(identity_number[16]) % 2 else "female",
        "identity_number": identity_number,
        "branch": branch,
        "kind": "in_service",
        "stage": "full",
        "admitted_on": "2010-07-01",
        "full_on": "2011-07-01",
        **changes,
    }


def small_institution(shell: Shell) -> Shell:
    """Found `small`, with two branches and four members, by the commands that users have."""
    shell.ok("tenant", "found", "small", "--name", "示例机关", "--root", TREE[0][0],
             "--root-name", TREE[0][1])  # fmt: skip
    keys = [column.key for column in ORGANIZATIONS.columns]
    rows = [
        {**dict.fromkeys(keys), "code": code, "name": name, "parent": parent, "kind": kind}
        for code, name, parent, kind in TREE
    ]
    tree = shell.workbook("tree", ORGANIZATIONS.columns, rows)
    shell.ok("import", "organizations", tree, "--tenant", "small", "--operator")
    people = [person(1), person(2), person(3), person(4, "DW02")]
    roster = shell.roster(*people, name="first")
    shell.ok("import", "members", roster, "--tenant", "small", "--operator")
    return shell
