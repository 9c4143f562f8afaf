"""The table of contents of organization life: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import Due, Figure, Graph, Listeners, Locale, Migrations, Parameters, Sheet
from zhibu.members import public as members
from zhibu.organizations import public as organizations
from zhibu_organization_life import actions as own_actions
from zhibu_organization_life.deadlines import DUES
from zhibu_organization_life.service import abroad
from zhibu_organization_life.service.erasing import members_erased
from zhibu_organization_life.service.following import (
    members_corrected,
    members_moved,
    units_changed,
)
from zhibu_organization_life.sheets import SHEETS
from zhibu_organization_life.store.figures import FIGURES
from zhibu_organization_life.tables import METADATA
from zhibu_transfers import public as transfers

HERE = Path(__file__).parent

MOVES = (
    members.ADMITTED,
    members.REGISTERED,
    members.TRANSFERRED,
    members.LEFT,
    members.STOPPED,
    members.RESTORED,
    organizations.APPOINTED,
    organizations.POST_ENDED,
    organizations.POST_CORRECTED,
)
STAYS = {
    transfers.RETAINED: abroad.retained,
    transfers.RETENTION_REOPENED: abroad.returned,
    transfers.RETURNED: abroad.returned,
    transfers.RETURN_TAKEN_BACK: abroad.away_still,
}
CHANGES = (organizations.MERGED, organizations.SPLIT, organizations.MOVED)


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_organization_life").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_organization_life.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def figures() -> list[Figure]:
    return FIGURES


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def listeners() -> Listeners:
    followed = dict.fromkeys(MOVES, members_moved) | dict.fromkeys(CHANGES, units_changed)
    corrected = dict.fromkeys((members.CORRECTED, members.UNDONE), members_corrected)
    return Listeners(by_event=followed | corrected | STAYS | {members.ERASED: members_erased})


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
