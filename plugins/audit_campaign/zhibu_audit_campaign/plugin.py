"""The table of contents of audits: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import Due, Graph, Locale, Migrations, Parameters, Sheet
from zhibu.jobs.work import Work
from zhibu_audit_campaign import actions as own_actions
from zhibu_audit_campaign.deadlines import DUES
from zhibu_audit_campaign.service.forms.writing import WRITE
from zhibu_audit_campaign.service.freezing import FREEZE
from zhibu_audit_campaign.sheets import SHEETS
from zhibu_audit_campaign.tables import METADATA

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_audit_campaign").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_audit_campaign.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def works() -> list[Work]:
    return [FREEZE, WRITE]


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
