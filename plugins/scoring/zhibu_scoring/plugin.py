"""The table of contents of scoring: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import Due, Graph, Locale, Migrations, Parameters, Sheet
from zhibu.jobs.work import Schedule, Work
from zhibu_scoring import actions as own_actions
from zhibu_scoring.deadlines import DUES
from zhibu_scoring.service.sweeping import NIGHTLY, PROPOSE
from zhibu_scoring.service.years.drawing import YEARS
from zhibu_scoring.sheets import SHEETS
from zhibu_scoring.tables import METADATA

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_scoring").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_scoring.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def works() -> list[Work]:
    return [PROPOSE, YEARS]


@hookimpl
def schedules() -> list[Schedule]:
    return [NIGHTLY]


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
