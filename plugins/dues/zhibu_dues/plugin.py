"""The table of contents of dues: every hook it answers, and nothing else."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import (
    Due,
    Figure,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Procedures,
    Sheet,
)
from zhibu.members import public as members
from zhibu.organizations import public as organizations
from zhibu.parameters import public as parameters_of
from zhibu.tenants import public as tenants
from zhibu_dues import actions as own_actions
from zhibu_dues.deadlines import DUES, LONG
from zhibu_dues.service.arrears import reach
from zhibu_dues.service.following import member_changed, rule_changed, switched, unit_changed
from zhibu_dues.service.grants import PROCEDURES
from zhibu_dues.sheets import SHEETS
from zhibu_dues.store.figures import FIGURES
from zhibu_dues.tables import METADATA

HERE = Path(__file__).parent

FOLLOWED = {
    member_changed: (
        members.LEFT,
        members.STOPPED,
        members.RESTORED,
        members.CORRECTED,
        members.TRANSFERRED,
        members.UNDONE,
    ),
    unit_changed: (organizations.MOVED, organizations.MERGED, organizations.SPLIT),
    rule_changed: (
        parameters_of.OVERRIDDEN,
        parameters_of.WITHDRAWN,
        parameters_of.PACK_APPLIED,
        parameters_of.PACK_RELEASED,
    ),
    switched: (tenants.PLUGIN_SWITCHED,),
}


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_dues").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_dues.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def procedures() -> Procedures:
    return Procedures(folder=HERE / "procedures", owned=PROCEDURES)


@hookimpl
def figures() -> list[Figure]:
    return FIGURES


@hookimpl
def due() -> list[Due]:
    return [*DUES, *(replace(kind, before=reach) for kind in LONG)]


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def listeners() -> Listeners:
    return Listeners(
        by_event={event: listener for listener, events in FOLLOWED.items() for event in events}
    )


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
