"""The table of contents of floating members: every hook it answers, and nothing else."""

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
    Sheet,
    Verifiable,
)
from zhibu.jobs.work import Work
from zhibu.members import public as members
from zhibu_flow_members import actions as own_actions
from zhibu_flow_members.deadlines import DUES
from zhibu_flow_members.service import card_prints, certificates, endings, verdicts
from zhibu_flow_members.service.between.kinds import EXCHANGES
from zhibu_flow_members.service.erasing import members_erased
from zhibu_flow_members.sheets import SHEETS
from zhibu_flow_members.tables import METADATA

HERE = Path(__file__).parent


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_flow_members").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_flow_members.graph import GRAPH  # no command waits for it

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
def verifiables() -> list[Verifiable]:
    return [
        Verifiable(kind=verdicts.KIND, verdict=verdicts.verdict),
        Verifiable(kind=certificates.KIND, verdict=certificates.verdict),
    ]


@hookimpl
def exchanges() -> list[Exchange]:
    return EXCHANGES


@hookimpl
def works() -> list[Work]:
    return [card_prints.PRINT]


@hookimpl
def listeners() -> Listeners:
    return Listeners(
        by_event={
            members.ERASED: members_erased,
            members.LEFT: endings.left,
            members.TRANSFERRED: endings.transferred,
            members.UNDONE: endings.undone,
        }
    )


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
