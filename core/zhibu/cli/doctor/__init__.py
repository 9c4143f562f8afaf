"""Looking for what is wrong with an installation, from the machine to the records."""

from collections.abc import Iterator

import typer

from zhibu.cli.doctor.databases import examine_databases
from zhibu.cli.doctor.finding import Finding, State, attempt
from zhibu.cli.doctor.institutions import examine_institutions
from zhibu.cli.doctor.ledgers import examine_places
from zhibu.cli.doctor.looking import examine_looking
from zhibu.cli.doctor.machine import examine_machine
from zhibu.cli.doctor.printing import examine_address, examine_printing, examine_templates
from zhibu.cli.doctor.providers import examine_providers
from zhibu.cli.doctor.safety import examine_safety
from zhibu.cli.terminal import FAULTS, Json, Terminal, terminal_of


def doctor(context: typer.Context, json: Json = False) -> None:
    terminal = terminal_of(context)
    findings = list(_examined(terminal))
    rows = [
        {"check": each.check, "state": each.state.value, "where": each.where, "detail": each.detail}
        for each in findings
    ]
    shown = rows
    if not json:
        shown = [{**row, "check": terminal.text(f"check.{row['check']}")} for row in rows]
    terminal.show(shown, ["check", "state", "where", "detail"], as_json=json)
    if any(each.state is State.FAULT for each in findings):
        raise typer.Exit(FAULTS)


def _examined(terminal: Terminal) -> Iterator[Finding]:
    """Each part is examined even when another one cannot be."""
    settings = terminal.settings
    yield from examine_machine(settings)
    yield from attempt("safety", terminal, lambda: examine_safety(settings))
    yield from attempt("looking", terminal, lambda: examine_looking(settings))
    yield from attempt("fonts", terminal, lambda: examine_printing(settings))
    yield from attempt("templates", terminal, lambda: examine_templates(settings))
    yield from attempt("verifying", terminal, lambda: examine_address(settings))
    yield from attempt("checkpoints", terminal, lambda: examine_places(settings))
    yield from attempt("providers", terminal, lambda: examine_providers(terminal))
    yield from attempt("databases", terminal, lambda: examine_databases(settings))
    yield from attempt("institutions", terminal, lambda: examine_institutions(terminal))
