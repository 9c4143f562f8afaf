"""The table of contents of transfers: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import (
    Due,
    Exchange,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Procedures,
    Sheet,
)
from zhibu_transfers import actions as own_actions
from zhibu_transfers.deadlines import DUES
from zhibu_transfers.service.between.kinds import EXCHANGES
from zhibu_transfers.service.following import LISTENERS
from zhibu_transfers.service.memberships.deciding import PROCEDURES
from zhibu_transfers.sheets import SHEETS
from zhibu_transfers.tables import METADATA

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_transfers").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_transfers.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def procedures() -> Procedures:
    return Procedures(folder=HERE / "procedures", owned=PROCEDURES)


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def listeners() -> Listeners:
    return Listeners(by_event=LISTENERS)


@hookimpl
def exchanges() -> list[Exchange]:
    return EXCHANGES


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
