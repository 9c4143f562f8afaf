"""What the core and the plugins hand over, read and checked once for a process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from zhibu import core
from zhibu.contributions import Due, Exchange, Figure, Listeners, Procedure, Sheet, Verifiable
from zhibu.graph.compose import Parts
from zhibu.jobs.work import Schedule, Work
from zhibu.parameters import definitions
from zhibu.parameters.definitions import Definition
from zhibu.plugins import Plugins
from zhibu.policy import Policy, default_folder
from zhibu.procedures import catalogue
from zhibu.settings import Settings
from zhibu.texts import Texts

Modules = tuple[tuple[str, object], ...]  # of plugins, by their names


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Everything that is the same for every institution, whatever it switched on. Never changed."""

    plugins: Plugins
    policy: Policy
    definitions: Mapping[str, Definition]
    procedures: Mapping[str, Procedure]
    texts: Texts
    figures: Sequence[Figure]
    due: Mapping[str, Due]
    sheets: Mapping[str, Sheet]
    works: Sequence[Work]
    schedules: Sequence[Schedule]
    exchanges: Mapping[str, Exchange]
    verifiables: Mapping[str, Verifiable]
    listeners: Mapping[str, Listeners]

    @classmethod
    def of(cls, settings: Settings, plugins: Plugins) -> "Declared":
        """With the installation's policy. Raises `PolicyInvalid` or `PluginError`."""
        if settings.policy is None:  # what comes with the house stays as it is
            return _shipped(_modules(plugins))
        return cls.read(settings.policy, plugins)

    @classmethod
    def read(cls, folder: Path, plugins: Plugins) -> Self:
        """With the policy of this folder. Raises `PolicyInvalid` or `PluginError`."""
        policy = Policy.load(folder, plugins)
        folders = {"core": core.parameters().folder}
        folders |= {name: part.folder for name, part in plugins.parameters().items()}
        steps = {"core": core.procedures(), **plugins.procedures()}
        known = definitions.load(folders, *((name, part.folder) for name, part in steps.items()))
        catalogue.check(known, steps, policy.granted)
        locales = [core.locale(), *plugins.locales().values()]
        due = (*core.due(), *(each for part in plugins.due().values() for each in part))
        sheets = (*core.sheets(), *(each for part in plugins.sheets().values() for each in part))
        figures = (*core.figures(), *(each for part in plugins.figures().values() for each in part))
        return cls(
            plugins=plugins,
            policy=policy,
            definitions=known,
            procedures=catalogue.owned(steps),
            texts=Texts.load([part.folder for part in locales]),
            figures=figures,
            due={each.name: each for each in due},
            sheets={sheet.name: sheet for sheet in sheets},
            works=(*core.works(), *(work for part in plugins.works().values() for work in part)),
            schedules=(
                *core.schedules(),
                *(each for part in plugins.schedules().values() for each in part),
            ),
            exchanges={each.kind: each for part in plugins.exchanges().values() for each in part},
            verifiables={
                each.kind: each for part in plugins.verifiables().values() for each in part
            },
            listeners=plugins.listeners(),
        )


def parts_of(plugins: Plugins) -> Parts:
    """What schemas are made of. Raises `PluginError`.

    Read when first asked for: to import the types of the API takes a third of the start of a
    process, and commands and workers answer nobody.
    """
    return _parts(_modules(plugins))


def _modules(plugins: Plugins) -> Modules:
    """What makes plugins the same, however often they are found."""
    return tuple((name, plugins.module(name)) for name in plugins.names)


@lru_cache(maxsize=8)
def _shipped(modules: Modules) -> Declared:
    return Declared.read(default_folder(), Plugins(dict(modules)))


@lru_cache(maxsize=8)
def _parts(modules: Modules) -> Parts:
    return Parts(core.graph(), Plugins(dict(modules)).graphs())
