"""Casbin, fed with grants alone: assignments stay with the principal, matchers are compiled."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from types import CodeType
from typing import Any

import casbin
from casbin.model import Model
from casbin.rbac import RoleManager

from zhibu.policy.errors import PolicyInvalid
from zhibu.policy.principal import Principal
from zhibu.policy.switches import Switches

# Casbin writes every refusal, request included, as a warning.
logging.getLogger("casbin").setLevel(logging.CRITICAL)

Line = tuple[str, str, str, str, str, str]  # role, plugin, object, verb, reach, effect


def refuse_the_other_distribution() -> None:
    """Raise `PolicyInvalid` if `casbin` is installed: it overwrites `pycasbin` file by file."""
    try:
        old = distribution("casbin")
    except PackageNotFoundError:
        return
    raise PolicyInvalid(faults=(f"distribution casbin {old.version} hides pycasbin; remove it",))


class _Held(RoleManager):  # type: ignore[misc]
    """The role, or one that inherits it, is held here or above.

    Casbin keeps nothing about anybody: it asks here, and the principal answers.
    """

    def __init__(self, heirs: Mapping[str, Sequence[str]]) -> None:
        self._heirs = heirs

    def has_link(self, principal: Principal, role: str, path: str) -> bool:
        held = principal.held
        for heir in self._heirs[role]:  # noqa: SIM110 (runs per grant; a generator costs a tenth)
            if heir in held and path.startswith(held[heir]):
                return True
        return False


class _HeldHere(_Held):
    """The same, held exactly here."""

    def has_link(self, principal: Principal, role: str, path: str) -> bool:
        held = principal.held
        return any(path in held[heir] for heir in self._heirs[role] if heir in held)


class _Matcher:
    """A compiled matcher, in the place where Casbin expects an interpreter."""

    __slots__ = ("_code", "_functions")

    def __init__(self, code: CodeType, functions: dict[str, Any]) -> None:
        self._code = code
        self._functions = functions

    def eval(self, names: Mapping[str, Any]) -> Any:
        return eval(self._code, self._functions, names)  # noqa: S307  # nosec B307  # see below


class CompiledEnforcer(casbin.Enforcer):  # type: ignore[misc]
    """Casbin's enforcer, which otherwise parses the matcher anew for every question.

    The matcher is the deployment's own model.conf, never a user's text, and sees no builtins.
    """

    def __init__(self, model: Model) -> None:
        self._compiled: dict[str, CodeType] = {}
        super().__init__(model, enable_log=False)

    def _get_expression(self, expr: str, functions: Mapping[str, Any] | None = None) -> _Matcher:
        code = self._compiled.get(expr)
        if code is None:
            python = expr.replace("&&", "and").replace("||", "or")
            python = re.sub(r"!(?!=)", "not ", python)
            code = self._compiled[expr] = compile(python.strip(), "model.conf", "eval")
        return _Matcher(code, {**(functions or {}), "__builtins__": {}})


def enforcer_of(
    model: str,
    lines: Iterable[Line],
    heirs: Mapping[str, Sequence[str]],
    kind: type[casbin.Enforcer] = CompiledEnforcer,
) -> Any:
    """An enforcer of these lines under the model's text.

    `heirs` holds for each role those that have its grants: itself and whoever inherits it.
    """
    parsed = Model()
    parsed.load_model_from_text(model)
    enforcer = kind(parsed)
    enforcer.set_named_role_manager("g", _Held(heirs))
    enforcer.set_named_role_manager("g2", _HeldHere(heirs))
    enforcer.add_function("enabled", Switches.enabled)
    enforcer.add_function("entrusted", _entrusted)
    for line in lines:
        enforcer.model.add_policy("p", "p", list(line))
    enforcer.build_role_links()
    return enforcer


def _entrusted(principal: Principal, plugin: str, noun: str, verb: str, path: str) -> bool:
    if principal.actions is None and principal.within is None and not principal.looking:
        return True
    return principal.entrusted(f"{plugin}:{noun}:{verb}", path)
