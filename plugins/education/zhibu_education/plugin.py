"""The table of contents of education: every hook it answers, and nothing else."""

from importlib.resources import files
from pathlib import Path

from zhibu import hookimpl
from zhibu.actions import Action
from zhibu.contributions import (
    Figure,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Sheet,
)
from zhibu.members import public as members
from zhibu.organizations import public as organizations
from zhibu.parameters import public as rules
from zhibu_education import actions as own_actions
from zhibu_education.graph import GRAPH
from zhibu_education.service.following import members_changed, rules_changed
from zhibu_education.sheets import SHEETS
from zhibu_education.store.figures import FIGURES
from zhibu_education.tables import Base

HERE = Path(__file__).parent

CHANGES_A_MEMBER = (
    members.ADMITTED,
    members.REGISTERED,
    members.CORRECTED,
    members.TRANSFERRED,
    members.LEFT,
    members.RESTORED,
    members.UNDONE,
    organizations.APPOINTED,
    organizations.POST_ENDED,
    organizations.POST_CORRECTED,
)


@hookimpl
def actions() -> list[Action]:
    return own_actions.ALL


@hookimpl
def grants() -> str:
    return files("zhibu_education").joinpath("policy.csv").read_text("utf-8")


@hookimpl
def migrations() -> Migrations:
    return Migrations(folder=HERE / "migrations", metadata=Base.metadata)


@hookimpl
def graph() -> Graph:
    return GRAPH


@hookimpl
def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


@hookimpl
def figures() -> list[Figure]:
    return FIGURES


@hookimpl
def sheets() -> list[Sheet]:
    return SHEETS


@hookimpl
def listeners() -> Listeners:
    follows = dict.fromkeys(CHANGES_A_MEMBER, members_changed)
    return Listeners(
        by_event={**follows, rules.OVERRIDDEN: rules_changed, rules.WITHDRAWN: rules_changed}
    )


@hookimpl
def locale() -> Locale:
    return Locale(folder=HERE / "locale")
