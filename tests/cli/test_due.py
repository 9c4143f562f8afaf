"""Deadlines at the command line: what is due, the sweep, and what is sent."""

from zhibu.testing.shell import Shell, person

OF = ("--tenant", "small")


def on_probation(shell: Shell) -> None:
    """Somebody whose probation was to end in July 2021."""
    row = person(5, stage="probationary", admitted_on="2020-07-01", full_on=None)
    shell.ok("import", "members", shell.roster(row), *OF, "--operator")


def test_whoever_lists_what_is_due_says_who_asks(anywhere: Shell) -> None:
    assert anywhere("due", "list", *OF).exit_code == 2
    assert anywhere("due", "list", "--tenant", "large", "--operator").exit_code == 2
    unknown = anywhere("due", "list", *OF, "--operator", "--kind", "core.nothing")
    assert unknown.exit_code == 2
    assert "core.probation_ends" in unknown.stderr


def test_what_is_due_is_listed_swept_once_and_sent_to_nobody(anywhere: Shell) -> None:
    on_probation(anywhere)
    kind = ("--kind", "core.probation_ends")
    [found] = anywhere.json("due", "list", *OF, "--operator", *kind)
    assert (found["due"], found["overdue"]) == ("2021-07-01", True)
    assert found["basis"] == "《中国共产党章程》第七条 · 12 个月"
    elsewhere = ("--organization", "DW02")
    assert anywhere.json("due", "list", *OF, "--operator", *kind, *elsewhere) == []
    [first] = anywhere.json("due", "sweep", *OF, "--on", "2021-06-01")
    [second] = anywhere.json("due", "sweep", *OF, "--on", "2021-06-01")
    assert first["opened"] >= 1
    assert set(second.values()) == {0}
    [sent] = anywhere.json("due", "deliver", *OF)
    assert sent == {"sent": 0, "waiting": 0, "failed": 0, "dropped": 0}
    assert anywhere.ledger("due.swept")[-1]["via"] == "operator"
