"""Reading a policy: its model, roles and grants, every fault found before anything starts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import zhibu
from zhibu.actions import Action
from zhibu.core_actions import ACTIONS
from zhibu.plugins import Plugins
from zhibu.policy.errors import PolicyInvalid

REACHES = ("subtree", "own", "self")
EFFECTS = ("allow", "deny")
_ACTION = re.compile(r"[a-z][a-z0-9_]*(:[a-z][a-z0-9_]*){2}")


@dataclass(frozen=True, slots=True)
class Grant:
    """Who holds `role` may do `action` as far as `reach`, or with `deny` may not."""

    role: str
    action: str
    reach: str
    effect: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles in the order of their file; `inherited` holds each with all it inherits."""

    names: tuple[str, ...]
    inherited: Mapping[str, frozenset[str]]
    exclusive: tuple[frozenset[str], ...]

    @property
    def heirs(self) -> dict[str, tuple[str, ...]]:
        """Each role with those that inherit it, itself among them."""
        return {
            role: tuple(heir for heir in self.names if role in self.inherited[heir])
            for role in self.names
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole policy, sound."""

    model: str
    roles: Roles
    actions: Mapping[str, Action]
    grants: tuple[Grant, ...]

    def of(self, role: str, action: str) -> list[Grant]:
        """What the role has on the action, of its own and inherited."""
        held = self.roles.inherited[role]
        return [g for g in self.grants if g.action == action and g.role in held]


def default_folder() -> Path:
    """The policy in force: `./policy`, else the source tree's, else the one in the package."""
    package = Path(zhibu.__file__).parent
    candidates = Path.cwd() / "policy", package.parents[1] / "policy"
    found = (folder for folder in candidates if (folder / "model.conf").is_file())
    return next(found, package / "policy" / "default")


def read(folder: Path, plugins: Plugins) -> Rules:
    """The policy of `folder` and the plugins' own grants. Raises `PolicyInvalid` with every fault.

    The folder's grants come last. A plugin's may only speak of the plugin's own actions.
    """
    faults: list[str] = []
    actions = _actions(plugins, faults)
    roles = _roles(_text(folder / "roles.csv", faults), faults)
    grants: list[Grant] = []
    for plugin, text in plugins.grants():
        own = {name: action for name, action in actions.items() if action.plugin == plugin}
        grants += _grants(f"grants of {plugin}", text, roles, own, faults)
    grants += _grants("grants.csv", _text(folder / "grants.csv", faults), roles, actions, faults)
    model = _text(folder / "model.conf", faults)
    if faults:
        raise PolicyInvalid(faults=tuple(faults))
    return Rules(model, roles, actions, tuple(dict.fromkeys(grants)))


def _text(file: Path, faults: list[str]) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        faults.append(f"{file}: {error.strerror}")
        return ""


def _actions(plugins: Plugins, faults: list[str]) -> dict[str, Action]:
    actions = {action.name: action for action in ACTIONS}
    for action in plugins.actions():
        if not _ACTION.fullmatch(action.name):
            faults.append(f"action {action.name!r} is not of the form plugin:object:verb")
        elif action.plugin not in plugins.names:
            faults.append(f"action {action.name} belongs to no installed plugin")
        elif action.name in actions:
            faults.append(f"action {action.name} is declared twice")
        actions.setdefault(action.name, action)
    return actions


def _lines(source: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of every line that says something; a `#` begins a comment."""
    for number, line in enumerate(text.splitlines(), start=1):
        if said := line.partition("#")[0].strip():
            yield f"{source}:{number}", [cell.strip() for cell in said.split(",")]


def _roles(text: str, faults: list[str]) -> Roles:
    names: list[str] = []
    inherits: dict[str, set[str]] = {}
    exclusive: list[frozenset[str]] = []
    for place, cells in _lines("roles.csv", text):
        match cells:
            case ["role", name] if name in names:
                faults.append(f"{place}: role {name} is declared twice")
            case ["role", name] if name:
                names.append(name)
            case ["inherits", heir, other]:
                faults += _undeclared(place, (heir, other), names)
                inherits.setdefault(heir, set()).add(other)
            case ["exclusive", *excluded] if len(set(excluded)) > 1:
                faults += _undeclared(place, excluded, names)
                exclusive.append(frozenset(excluded))
            case _:
                faults.append(f"{place}: expected role, inherits or exclusive with their names")
    try:
        order = [*TopologicalSorter(inherits).static_order()]
    except CycleError as error:
        faults.append(f"roles.csv: roles inherit in a circle: {' ← '.join(error.args[1])}")
        order = []
    inherited: dict[str, frozenset[str]] = {name: frozenset({name}) for name in names}
    for name in order:
        others = (inherited.get(other, frozenset()) for other in inherits.get(name, ()))
        inherited[name] = frozenset({name}).union(*others)
    for name, held in inherited.items():
        for apart in exclusive:
            if len(held & apart) > 1:
                both = ", ".join(sorted(held & apart))
                faults.append(f"roles.csv: {name} would unite {both}, which exclude each other")
    return Roles(tuple(names), inherited, tuple(exclusive))


def _undeclared(place: str, roles: Sequence[str], names: Sequence[str]) -> list[str]:
    return [f"{place}: unknown role {role!r}" for role in roles if role not in names]


def _grants(
    source: str, text: str, roles: Roles, actions: Mapping[str, Action], faults: list[str]
) -> list[Grant]:
    grants = []
    for place, cells in _lines(source, text):
        if len(cells) != 5 or cells[0] != "p":
            faults.append(f"{place}: expected p, role, action, reach, effect")
            continue
        grant = Grant(*cells[1:])
        faults += _undeclared(place, [grant.role], roles.names)
        if grant.action not in actions:
            faults.append(f"{place}: no action {grant.action!r} to be granted here")
        if grant.reach not in REACHES:
            faults.append(f"{place}: reach {grant.reach!r} is none of {', '.join(REACHES)}")
        if grant.effect not in EFFECTS:
            faults.append(f"{place}: effect {grant.effect!r} is none of {', '.join(EFFECTS)}")
        grants.append(grant)
    return grants
