"""Everything a plugin may give the core. This file is the plugin contract, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

from zhibu.actions import Action
from zhibu.contributions import (
    Due,
    Exchange,
    Figure,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Procedures,
    Sheet,
    Verifiable,
)

if TYPE_CHECKING:  # nobody who asks for help waits for the queue
    from zhibu.jobs.work import Schedule, Work

hookspec = pluggy.HookspecMarker("zhibu")
hookimpl = pluggy.HookimplMarker("zhibu")


@hookspec
def actions() -> list[Action]:
    """The actions this plugin asks the policy about."""


@hookspec
def grants() -> str:
    """The plugin's default policy lines, in Casbin's CSV form; each names this plugin."""


@hookspec
def migrations() -> Migrations:
    """The plugin's tables and where it keeps their history."""


@hookspec
def graph() -> Graph:
    """The plugin's part of the GraphQL schema, imported inside: commands do not wait for it."""


@hookspec
def parameters() -> Parameters:
    """The dated, cited numbers its rules use."""


@hookspec
def procedures() -> Procedures:
    """Its acts that take several people: the steps, and what it does once they are decided."""


@hookspec
def figures() -> list[Figure]:
    """The numbers kept per organization for dashboards."""


@hookspec
def due() -> list[Due]:
    """What can fall due: the core reminds those responsible, and the level above after a while."""


@hookspec
def sheets() -> list[Sheet]:
    """The workbooks it can import and export."""


@hookspec
def works() -> list[Work]:
    """What it has done beside requests: for acts that take too long for one."""


@hookspec
def schedules() -> list[Schedule]:
    """What the clock has it do: daily, or every so often, once for each institution."""


@hookspec
def exchanges() -> list[Exchange]:
    """What it tells itself in other institutions, and does when it is told."""


@hookspec
def verifiables() -> list[Verifiable]:
    """The papers of its making that anybody who holds one may verify, without signing in."""


@hookspec
def listeners() -> Listeners:
    """The events of others that it follows."""


@hookspec
def locale() -> Locale:
    """Its texts, by language."""
