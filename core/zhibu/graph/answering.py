"""Answering a document: its budget, then a compiled plan, or else the ordinary execution."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    OperationType,
    Visitor,
    parse,
)
from graphql import visit as visit_nodes
from sqlalchemy import Dialect

from zhibu.errors import Unavailable, ZhibuError
from zhibu.graph.budget import Budget, spend, within
from zhibu.graph.compose import Parts, Schemas, ZhibuSchema
from zhibu.graph.context import Context, Visit, Waiting
from zhibu.graph.errors import (
    IntrospectionNeedsSignIn,
    QueryTooExpensive,
    StreamNeeded,
    SubscriptionOnly,
    ValueUnreadable,
    entry_of,
    formatted,
)
from zhibu.graph.measures import Measure
from zhibu.graph.values import writes_nul
from zhibu.logs.about import current
from zhibu.reading import Engine
from zhibu.reading.operations import Operation
from zhibu.reading.variables import VariablesUnfit

Answer = tuple[int, bytes]  # HTTP status and body


class Answering:
    """One composed schema on one kind of database, ready to answer."""

    def __init__(
        self, schema: ZhibuSchema, dialect: Dialect, *, secret: bytes, budget: Budget
    ) -> None:
        self.schema = schema
        self.budget = budget
        self.engine = Engine(schema, dialect, secret=secret, admit=self._admit)

    async def answer(self, speaker: Context | Visit, asked: Mapping[str, Any]) -> bytes:
        """The response of `respond` to those who ask from inside this process."""
        return (await self.respond(speaker, asked))[1]

    async def respond(self, speaker: Context | Visit, asked: Mapping[str, Any]) -> Answer:
        """The status and the response as JSON; refusals of fields are in its `errors`.

        Raises the `ZhibuError` that refuses it whole.
        """
        engine = self.engine
        try:
            operation = engine.operation(asked["query"], asked.get("operationName"))
            _note(operation)
            if operation.errors:
                return _refused(operation.errors, speaker)
            variables = asked.get("variables")
            if operation.kind is OperationType.SUBSCRIPTION:
                raise StreamNeeded()
            if not isinstance(speaker, Context):
                _keep_schema(operation.document, speaker)  # it costs more than a visitor ever has
            _spend(operation, variables, speaker)
            if isinstance(speaker, Context) and operation.kind is OperationType.QUERY:
                plan = engine.plan(operation, variables, speaker)
                if plan is not None:
                    try:
                        return 200, await engine.run(plan, speaker)
                    except Unavailable:
                        raise
                    except ZhibuError:
                        pass  # ordinary execution says which fields, and answers the others
            return _executed(await engine.execute(operation, variables, speaker), speaker)
        except GraphQLError as error:
            faults = error.errors if isinstance(error, VariablesUnfit) else [error]
            return _refused(faults, speaker)

    async def look(self, context: Context, asked: Mapping[str, Any]) -> bytes:
        """The answer to a subscription as it stands now; with errors nothing more is waited for.

        Raises `SubscriptionOnly`, `RateLimited`, and the `ZhibuError` that refuses it whole.
        """
        engine = self.engine
        try:
            operation = engine.operation(asked["query"], asked.get("operationName"))
            _note(operation)
            if not operation.errors and operation.kind is not OperationType.SUBSCRIPTION:
                raise SubscriptionOnly()
            if operation.errors:
                result = ExecutionResult(None, operation.errors)
            else:
                variables = asked.get("variables")
                _spend(operation, variables, context)
                result = await engine.execute(operation, variables, context)
        except GraphQLError as error:
            result = ExecutionResult(None, [error])
        if result.errors:
            context.waiting = Waiting(over=True)
        return _executed(result, context)[1]

    def _admit(self, document: str) -> list[Measure]:
        """Measure a document before it is validated: validation itself can be made slow."""
        within("characters", len(document), self.budget)
        try:
            parsed = parse(document, max_tokens=self.budget.tokens, no_location=True)
        except RecursionError as error:
            raise QueryTooExpensive(measure="depth", found="…", limit=self.budget.depth) from error
        except GraphQLError as error:
            if "tokens" in error.message:
                limit = self.budget.tokens
                raise QueryTooExpensive(measure="tokens", found=limit + 1, limit=limit) from error
            return []  # the engine words what cannot be parsed
        measures = spend(parsed, self.budget)
        if writes_nul(parsed):
            raise GraphQLError("U+0000 stands in a text of the document.")
        return measures


class Answerings:
    """The ready schemas by set of enabled plugins and kind of database."""

    def __init__(self, parts: Parts, *, secret: bytes, budget: Budget | None = None) -> None:
        self.parts = parts
        self._secret = secret
        self._budget = budget or Budget()
        self._kept: Schemas[tuple[frozenset[str], str], Answering] = Schemas()

    @property
    def built(self) -> int:
        """How many were composed so far."""
        return self._kept.count

    def of(self, enabled: frozenset[str], dialect: Dialect) -> Answering:
        def build() -> Answering:
            schema = self.parts.compose(enabled)
            return Answering(schema, dialect, secret=self._secret, budget=self._budget)

        return self._kept.of((enabled, dialect.name), build)


def _note(operation: Operation) -> None:
    if (about := current()) is not None:
        about.operation = operation.label
        about.kind = operation.kind_name


def _spend(
    operation: Operation, variables: Mapping[str, Any] | None, speaker: Context | Visit
) -> None:
    """Count the operation against what may be asked. Raises as `Rates.spend` does."""
    measures: list[Measure] = operation.admitted
    if len(measures) == 1:
        [chosen] = measures
    else:
        chosen = next((each for each in measures if each.name == operation.name), Measure())
    speaker.platform.rates.spend(speaker, max(1, chosen.price_with(variables)))


def _executed(result: ExecutionResult, speaker: Context | Visit) -> Answer:
    """The outcome of ordinary execution: with errors of some fields, the others are answered."""
    if not result.errors:
        return 200, orjson.dumps({"data": result.data}, option=orjson.OPT_UTC_Z)
    if result.data is None and not any(error.path for error in result.errors):
        return _refused(result.errors, speaker)
    errors = [formatted(error, speaker) for error in result.errors]
    away = any(isinstance(error.original_error, Unavailable) for error in result.errors)
    nothing = not any(value is not None for value in (result.data or {}).values())
    body = orjson.dumps({"data": result.data, "errors": errors}, option=orjson.OPT_UTC_Z)
    return 503 if away and nothing else 200, body


def _refused(errors: Sequence[GraphQLError], speaker: Context | Visit) -> Answer:
    """The answer to a document, or to variables, that cannot be executed."""
    return 400, orjson.dumps({"errors": [_fault(error, speaker) for error in errors]})


def _fault(error: GraphQLError, speaker: Context | Visit) -> dict[str, Any]:
    """What is wrong with a document. Where reading a value broke, that is no bug of ours."""
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        return entry_of(ValueUnreadable(), speaker)
    return formatted(error, speaker)


def _keep_schema(document: DocumentNode | None, visit: Visit) -> None:
    """Raise unless the settings show the schema to everybody, or it is not asked for."""
    if document is None or visit.platform.settings.public_introspection:
        return
    found = _Introspection()
    visit_nodes(document, found)
    if found.asked:
        raise IntrospectionNeedsSignIn()


class _Introspection(Visitor):
    asked = False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.asked = self.asked or node.name.value in ("__schema", "__type")
