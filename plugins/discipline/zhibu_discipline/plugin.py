"""The table of contents of discipline: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import Due, Graph, Locale, Migrations, Parameters, Procedures
from zhibu.jobs.work import Schedule
from zhibu_discipline import actions as own_actions
from zhibu_discipline.deadlines import DUES
from zhibu_discipline.service.deciding import PROCEDURES
from zhibu_discipline.service.telling import NIGHTLY
from zhibu_discipline.tables import METADATA

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_discipline").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_discipline.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def procedures() -> Procedures:
    return Procedures(folder=HERE / "procedures", owned=PROCEDURES)


@hookimpl
def schedules() -> list[Schedule]:
    return [NIGHTLY]


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
