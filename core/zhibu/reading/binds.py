"""Bind parameters of a statement, each with where its value comes from when it runs."""

import re
from collections.abc import Callable, Hashable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Dialect, Uuid, bindparam, false, true
from sqlalchemy.types import TypeEngine

from zhibu.actions import Action
from zhibu.reading.request import Reader, Run

if TYPE_CHECKING:  # arguments are made of binds
    from zhibu.reading.arguments import Arguments
    from zhibu.reading.facts import Facts

Source = Callable[[Run], Any]
_SCOPED = re.compile(r"(zs\d+)_\d+")


class Binds:
    """The sources of one statement, by bind name."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._scopes: dict[str, Action | str] = {}

    def named(self, name: str, type_: Any, source: Source) -> BindParameter[Any]:
        """The same name means the same value throughout the statement."""
        self._sources[name] = source
        return bindparam(name, type_=type_, required=False)

    def fresh(self, type_: Any, source: Source) -> BindParameter[Any]:
        return self.named(f"zb{len(self._sources)}", type_, source)

    def scope_prefix(self, action: Action | str) -> str:
        """A prefix for the binds of a scope's clause; they read the caller's scope of `action`."""
        prefix = f"zs{len(self._scopes)}"
        self._scopes[prefix] = action
        return prefix

    def source(self, name: str) -> Source | None:
        """Where the value of this bind comes from; None for a constant of the statement."""
        if found := self._sources.get(name):
            return found
        if (scoped := _SCOPED.fullmatch(name)) and (action := self._scopes.get(scoped[1])):
            prefix = scoped[1]
            return lambda run: run.scope_value(action, prefix, name)
        return None


class Environment:
    """What a declaration may use of the request: bind parameters, filled in when it runs.

    `root` are the arguments of the root field, for what holds in all of its answer, as `asOf`
    does; None where a single row is read back.
    """

    def __init__(self, binds: Binds, dialect: Dialect, facts: "Facts") -> None:
        self._binds = binds
        self._facts = facts
        self.dialect = dialect
        self.root: Arguments | None = None

    @property
    def tenant(self) -> BindParameter[UUID]:
        return self._binds.named("zt", Uuid(), lambda run: run.reader.tenant_id)

    @property
    def today(self) -> BindParameter[date]:
        """The calendar date in the tenant's zone."""
        return self._binds.named("zd", Date(), lambda run: run.reader.today)

    @property
    def account(self) -> BindParameter[UUID]:
        """The caller's account; null for one from outside."""
        return self.bind("account", Uuid())

    @property
    def member(self) -> BindParameter[UUID]:
        """The member whom the caller is; null for none."""
        return self.bind("member", Uuid())

    def bind(self, name: str, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """The value that the request's `binds` hold under this name, or null."""
        return self._binds.named(f"ze_{name}", type_, lambda run: run.reader.binds.get(name))

    def asked(self, name: str, question: Callable[[Reader], Hashable]) -> Any:
        """What `question` answers of the reader; the plan is made for that answer."""
        return self._facts.asked(name, question)

    def may(
        self,
        action: Action | str,
        path: ColumnElement[Any],
        owner: ColumnElement[Any] | None = None,
    ) -> ColumnElement[bool]:
        """Whether the caller may do this at the path, to what belongs to that member."""
        if self._facts.nothing(action):
            return false()
        if self._facts.everything(action):
            return true()
        scope = self._facts.shape(action)
        clause: ColumnElement[bool] = scope.clause(path, owner, self._binds.scope_prefix(action))
        return clause

    def bound(self, type_: TypeEngine[Any], source: Source) -> BindParameter[Any]:
        """A bind parameter whose value `source(run)` answers when the statement runs."""
        return self._binds.fresh(type_, source)
