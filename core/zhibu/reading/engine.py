"""The engine: documents in, bytes out; what it cannot compile runs through graphql-core."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from time import perf_counter
from typing import Any

import orjson
from graphql import (
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLResolveInfo,
    OperationType,
    execute,
)
from sqlalchemy import Dialect
from strawberry import Schema

from zhibu.logs.about import spans, traced
from zhibu.reading.errors import NotCompiled
from zhibu.reading.facts import Facts
from zhibu.reading.lookahead import Lookahead
from zhibu.reading.operations import Fields, Operation, Unplanned, prepared
from zhibu.reading.request import Reader, Run
from zhibu.reading.roots import root
from zhibu.reading.selection import Selections
from zhibu.reading.statements import Settled, Statement
from zhibu.reading.unit import Unit
from zhibu.reading.wiring import wire


@dataclass(frozen=True)
class Plan:
    """A compiled query and the variables of this request; `run` answers it."""

    fields: Fields
    values: Mapping[str, Any]


class Engine:
    """Reads one schema on one kind of database. Build one per schema and keep it.

    `secret` signs cursors: the same in every process of a deployment. `admit(document)` is asked
    before a document is parsed for the first time, and refuses it by raising; what it answers is
    the operation's `admitted`.
    """

    def __init__(
        self,
        schema: Schema,
        dialect: Dialect,
        *,
        secret: bytes,
        admit: Callable[[str], Any] | None = None,
        kept: int = 1000,
    ) -> None:
        self.schema = schema
        self.graphql = schema._schema
        self.dialect = dialect
        self.secret = secret
        self.lookahead = Lookahead(self.graphql, dialect, secret)
        wire(self.graphql, self.lookahead)
        self._admit = admit
        self._hide_suggestions = schema.config.disable_field_suggestions
        self._operations: OrderedDict[tuple[str, str | None], Operation] = OrderedDict()
        self._kept = kept

    def operation(self, document: str, name: str | None = None) -> Operation:
        """The operation of this name, from the cache or parsed and validated."""
        key = (document, name)
        found = self._operations.get(key)
        if found is None:
            admitted = self._admit(document) if self._admit is not None else None
            found = self._operations[key] = prepared(
                self.graphql, document, name, hide_suggestions=self._hide_suggestions
            )
            found.admitted = admitted
            if len(self._operations) > self._kept:
                self._operations.popitem(last=False)
        else:
            self._operations.move_to_end(key)
        return found

    def plan(
        self, operation: Operation, variables: Mapping[str, Any] | None, reader: Reader
    ) -> Plan | None:
        """The compiled query, or None where the operation needs `execute`.

        Raises `GraphQLError` for variables that are wrong.
        """
        values = operation.variables(variables)
        if operation.kind is not OperationType.QUERY:
            return None
        found = operation.plans.find(values, reader, lambda facts: self._compiled(operation, facts))
        return None if isinstance(found, Unplanned) else Plan(found, values)

    async def run(self, plan: Plan, reader: Reader) -> bytes:
        """The response. Raises the `ZhibuError` that refuses it, whole."""
        return orjson.dumps({"data": await self.data(plan, reader)}, option=orjson.OPT_UTC_Z)

    async def data(self, plan: Plan, reader: Reader) -> dict[str, Any]:
        runs = []
        statements = []
        for _, field in plan.fields:
            if isinstance(field, Statement):
                run = Run(plan.values, reader)
                statements.append(field.bound(run))
                runs.append(run)
            elif isinstance(field, Settled) and field.refusal is not None:
                raise field.refusal()
        fetched = iter(await reader.fetch(statements)) if statements else iter(())
        waiting = iter(runs)
        data: dict[str, Any] = {}
        kept, began = spans(), perf_counter()
        for key, field in plan.fields:
            if isinstance(field, Statement):
                data[key] = await field.shaped(next(fetched), next(waiting), reader)
                if kept is not None:
                    kept.append((f"field {key}", began, began := perf_counter()))
            else:
                data[key] = field if isinstance(field, str) else field.value
        return data

    async def execute(
        self, operation: Operation, variables: Mapping[str, Any] | None, reader: Any
    ) -> ExecutionResult:
        """Run an operation through graphql-core; its SQL fields still take a statement each."""
        assert operation.document is not None
        result: Any = execute(
            self.graphql,
            operation.document,
            root_value=self.lookahead,
            context_value=reader,
            variable_values=dict(variables or {}),
            operation_name=operation.name,
            hide_suggestions=self._hide_suggestions,
            middleware=[_timed] if spans() is not None else None,
        )
        if not isinstance(result, ExecutionResult):
            result = await result
        assert isinstance(result, ExecutionResult)
        return result

    def describe(
        self, document: str, variables: Mapping[str, Any] | None, reader: Reader
    ) -> list[str]:
        """The SQL of a query, one text per root field that needs a statement."""
        plan = self.plan(self.operation(document), variables, reader)
        if plan is None:
            raise NotCompiled(document)
        return [field.sql for _, field in plan.fields if isinstance(field, Statement)]

    def _compiled(self, operation: Operation, facts: Facts) -> Fields | Unplanned:
        assert operation.document is not None
        assert operation.chosen is not None
        query = self.graphql.query_type
        assert query is not None
        fragments = {
            part.name.value: part
            for part in operation.document.definitions
            if isinstance(part, FragmentDefinitionNode)
        }
        selections = Selections(self.graphql, fragments, facts)
        fields: list[tuple[str, Statement | Settled | str]] = []
        try:
            for selected in selections.of([operation.chosen], query):
                if selected.field is None:
                    fields.append((selected.key, query.name))
                    continue
                unit = Unit(self.graphql, self.dialect, facts, selections)
                fields.append((selected.key, root(unit, selected, self.secret)))
        except NotCompiled as reason:
            return Unplanned(str(reason))
        return tuple(fields)


def _timed(
    resolve: Callable[..., Any], source: Any, info: "GraphQLResolveInfo[Any]", **given: Any
) -> Any:
    """Say how long a root field took, where somebody traces."""
    found = resolve(source, info, **given)
    if info.path.prev is not None or not isawaitable(found):
        return found

    async def awaited() -> Any:
        async with traced(f"field {info.path.key}"):
            return await found

    return awaited()
