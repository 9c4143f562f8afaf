"""The table of contents of education: every hook it answers, and nothing else."""

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
from zhibu.jobs.work import Work
from zhibu.members import public as members
from zhibu.organizations import public as organizations
from zhibu.parameters import public as rules
from zhibu.tenants import public as tenants
from zhibu_education import actions as own_actions
from zhibu_education.deadlines import DUES
from zhibu_education.service import meetings
from zhibu_education.service.following import (
    RESUMED,
    member_changed,
    member_moved,
    rule_changed,
    switched,
    unit_changed,
)
from zhibu_education.service.reviews import PROCEDURES
from zhibu_education.service.standings import YEAR, again
from zhibu_education.sheets import SHEETS
from zhibu_education.store.figures import FIGURES, STANDINGS
from zhibu_education.tables import METADATA

HERE = Path(__file__).parent

FOLLOWED = {
    member_changed: (
        members.ADMITTED,
        members.REGISTERED,
        members.CORRECTED,
        members.LEFT,
        members.STOPPED,
        members.RESTORED,
        organizations.APPOINTED,
        organizations.POST_ENDED,
        organizations.POST_CORRECTED,
    ),
    member_moved: (members.TRANSFERRED, members.UNDONE),
    unit_changed: (organizations.MOVED, organizations.MERGED, organizations.SPLIT),
    rule_changed: (rules.OVERRIDDEN, rules.WITHDRAWN, rules.PACK_APPLIED, rules.PACK_RELEASED),
    switched: (tenants.PLUGIN_SWITCHED,),
    meetings.marked: meetings.MARKED,
    meetings.unmarked: (meetings.STRUCK,),
    meetings.cancelled: (meetings.CANCELLED,),
}


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_education").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=METADATA)


@hookimpl
def graph() -> Graph:
    from zhibu_education.graph import GRAPH  # no command waits for it

    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def procedures() -> Procedures:
    return Procedures(folder=HERE / "procedures", owned=PROCEDURES)


@hookimpl
def figures() -> list[Figure]:
    return [*FIGURES, replace(STANDINGS, again=again)]


@hookimpl
def due() -> list[Due]:
    return DUES


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def works() -> list[Work]:
    return [YEAR, RESUMED]


@hookimpl
def listeners() -> Listeners:
    return Listeners(
        by_event={event: listener for listener, events in FOLLOWED.items() for event in events}
    )


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
