"""The table of contents of sample: every hook it answers, and nothing else."""

from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import Graph, Locale, Migrations, Parameters, Sheet
from zhibu_sample import actions as own_actions
from zhibu_sample.sheets import SHEET
from zhibu_sample.tables import Record

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return (HERE / "policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=Record.metadata)


@hookimpl
def graph() -> Graph:
    from zhibu_sample.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def sheets() -> list[Sheet]:
    return [SHEET]


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
