"""The policy in force: one question about one row, or one answer for a whole list."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from zhibu.actions import Action
from zhibu.plugins import Plugins
from zhibu.policy.enforcer import Line, enforcer_of, refuse_the_other_distribution
from zhibu.policy.errors import PolicyInvalid, RolesExclusive
from zhibu.policy.paths import PathSet
from zhibu.policy.principal import Assignment, Principal
from zhibu.policy.rules import Grant, Rules, read
from zhibu.policy.scope import Scope
from zhibu.policy.switches import Switches

_versions = count(1)
_MOST_SCOPES = 512  # kept per principal; more means that switches changed under a cached one
_NOBODY = PathSet({})


class Policy:
    """Grants, and Casbin to judge by them. An action that nobody was granted is refused.

    `enforce` asks Casbin about one row; `scope` asks it at every place where the answer can change
    and keeps that with the principal; `may` looks the row up in the scope.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.version = next(_versions)
        try:
            heirs = rules.roles.heirs
            self._enforcers = {
                action: enforcer_of(rules.model, lines, heirs)
                for action, lines in _by_action(rules.grants).items()
            }
            self._rehearse()
        except Exception as error:  # whatever a faulty model makes Casbin and its parser raise
            raise PolicyInvalid(faults=(f"model.conf: {error!r}",)) from error

    @classmethod
    def load(cls, folder: Path, plugins: Plugins) -> "Policy":
        """The policy of a folder with the plugins' grants. Raises `PolicyInvalid`."""
        refuse_the_other_distribution()
        return cls(read(folder, plugins))

    @property
    def roles(self) -> tuple[str, ...]:
        return self.rules.roles.names

    @property
    def granted(self) -> frozenset[str]:
        """The names of all actions that some role may do somewhere."""
        return frozenset(self._enforcers)

    def refuse_exclusive(self, roles: Iterable[str]) -> None:
        """Raise `RolesExclusive` unless one account may hold all these roles, wherever it does."""
        inherited = self.rules.roles.inherited
        held = {part for role in roles for part in inherited.get(role, ())}
        for excluded in self.rules.roles.exclusive:
            if len(held & excluded) > 1:
                raise RolesExclusive(roles=sorted(held & excluded))

    def enforce(
        self,
        principal: Principal,
        switches: Switches,
        action: Action | str,
        path: str,
        owner: str = "",
    ) -> bool:
        """Casbin's answer on a row at `path` of the member `owner` (hex, or "")."""
        name = action if isinstance(action, str) else action.name
        enforcer = self._enforcers.get(name)
        return enforcer is not None and _ask(enforcer, principal, switches, name, path, owner)

    def may(
        self,
        principal: Principal,
        switches: Switches,
        action: Action | str,
        path: str,
        owner: str = "",
    ) -> bool:
        """The same answer as `enforce`, at the price of a look-up once the scope is known."""
        return self.scope(principal, switches, action).covers(path, owner)

    def scope(self, principal: Principal, switches: Switches, action: Action | str) -> Scope:
        """Every place where the principal may do this, to anyone's rows and to the own."""
        name = action if isinstance(action, str) else action.name
        key = (self.version, switches.version, name)
        scope = principal.scopes.get(key)
        if scope is None:
            if len(principal.scopes) >= _MOST_SCOPES:
                principal.scopes.clear()
            scope = principal.scopes[key] = self._scope(principal, switches, name)
        return scope

    def _scope(self, principal: Principal, switches: Switches, name: str) -> Scope:
        enforcer = self._enforcers.get(name)
        if enforcer is None:
            return Scope(_NOBODY, _NOBODY, principal.member)

        boundaries = {*_boundaries(principal, switches, name.partition(":")[0])}

        def places(owner: str) -> PathSet:
            # No label holds "~", so this child stands for all that lies below a boundary.
            return PathSet(
                {
                    path: (
                        _ask(enforcer, principal, switches, name, path, owner),
                        _ask(enforcer, principal, switches, name, f"{path}~.", owner),
                    )
                    for path in boundaries
                }
            )

        anyone = places("")
        mine = places(principal.member) if principal.member else anyone
        return Scope(anyone, mine, principal.member)

    def _rehearse(self) -> None:
        """Ask about everything once: a matcher's fault shows at the first question only."""
        anybody = "anybody"
        everything = tuple(Assignment(role, "1.") for role in self.roles)
        principal = Principal(anybody, anybody, everything, date.min)
        for action in self._enforcers:
            self.enforce(principal, Switches({}), action, "1.", anybody)


def _ask(
    enforcer: Any, principal: Principal, switches: Switches, name: str, path: str, owner: str
) -> bool:
    plugin, noun, verb = name.split(":")
    return enforcer.enforce(principal, switches, plugin, noun, verb, path, owner) is True


def _boundaries(principal: Principal, switches: Switches, plugin: str) -> Iterator[str]:
    """Where the answer can change: where a role is held, and what touches such a subtree."""
    held = {path for paths in principal.held.values() for path in paths}
    yield from held
    for path in (*switches.paths(plugin), *([principal.within] if principal.within else [])):
        if any(path.startswith(at) or at.startswith(path) for at in held):
            yield path


def _by_action(grants: Iterable[Grant]) -> dict[str, list[Line]]:
    """One small enforcer per action answers ten times faster than a large one for all."""
    lines: dict[str, list[Line]] = {}
    for grant in grants:
        plugin, noun, verb = grant.action.split(":")
        line = (grant.role, plugin, noun, verb, grant.reach, grant.effect)
        lines.setdefault(grant.action, []).append(line)
    return lines
