"""Everything a plugin may give the core. This file is the plugin contract, whole."""

import pluggy

from zhibu.actions import Action
from zhibu.contributions import (
    Due,
    Figure,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Sheet,
)

hookspec = pluggy.HookspecMarker("zhibu")
hookimpl = pluggy.HookimplMarker("zhibu")


@hookspec
def actions() -> list[Action]:  # type: ignore[empty-body]
    """The actions this plugin asks the policy about."""


@hookspec
def grants() -> str:  # type: ignore[empty-body]
    """The plugin's default policy lines, in Casbin's CSV form; each names this plugin."""


@hookspec
def migrations() -> Migrations:  # type: ignore[empty-body]
    """The plugin's tables and where it keeps their history."""


@hookspec
def graph() -> Graph:  # type: ignore[empty-body]
    """The plugin's part of the GraphQL schema."""


@hookspec
def parameters() -> Parameters:  # type: ignore[empty-body]
    """The dated, cited numbers its rules use."""


@hookspec
def figures() -> list[Figure]:  # type: ignore[empty-body]
    """The numbers kept per organization for dashboards."""


@hookspec
def due() -> list[Due]:  # type: ignore[empty-body]
    """What can fall due."""


@hookspec
def sheets() -> list[Sheet]:  # type: ignore[empty-body]
    """The workbooks it can import and export."""


@hookspec
def listeners() -> Listeners:  # type: ignore[empty-body]
    """The events of others that it follows."""


@hookspec
def locale() -> Locale:  # type: ignore[empty-body]
    """Its texts, by language."""
