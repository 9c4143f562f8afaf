"""Answering a document: its budget, then a compiled plan, or else the ordinary execution."""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLError, OperationType, parse
from sqlalchemy import Dialect

from zhibu.errors import ZhibuError
from zhibu.graph.budget import Budget, spend
from zhibu.graph.compose import Parts, Schemas, ZhibuSchema
from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import extensions_of, formatted
from zhibu.reading import Engine

MOST_TOKENS = 2000


class Answering:
    """One composed schema on one kind of database, ready to answer."""

    def __init__(
        self, schema: ZhibuSchema, dialect: Dialect, *, secret: bytes, budget: Budget
    ) -> None:
        self.schema = schema
        self.budget = budget
        self.engine = Engine(schema, dialect, secret=secret, admit=self._admit)

    async def answer(self, speaker: Context | Visit, asked: Mapping[str, Any]) -> bytes:
        """The response to a document as JSON; refusals are in its `errors`."""
        try:
            operation = self.engine.operation(asked["query"], asked.get("operationName"))
            if operation.errors:
                return _refused(operation.errors, speaker)
            variables = asked.get("variables")
            if operation.kind is OperationType.QUERY and isinstance(speaker, Context):
                plan = self.engine.plan(operation, variables, speaker)
                if plan is not None:
                    return await self.engine.run(plan, speaker)
            result = await self.engine.execute(operation, variables, speaker)
        except GraphQLError as error:
            return _refused([error], speaker)
        except ZhibuError as error:
            entry = {
                "message": speaker.text_of(error),
                "extensions": {**extensions_of(error), "requestId": speaker.request_id},
            }
            return orjson.dumps({"data": None, "errors": [entry]})
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body["errors"] = [formatted(error, speaker) for error in result.errors]
        return orjson.dumps(body, option=orjson.OPT_UTC_Z)

    def _admit(self, document: str) -> None:
        """Measure a document before it is validated: validation itself can be made slow."""
        try:
            parsed = parse(document, max_tokens=MOST_TOKENS, no_location=True)
        except GraphQLError as error:
            if "token" in error.message:
                raise
            return  # the engine words what cannot be parsed
        spend(parsed, self.budget)


class Answerings:
    """The ready schemas by set of enabled plugins and kind of database."""

    def __init__(self, parts: Parts, *, secret: bytes, budget: Budget | None = None) -> None:
        self.parts = parts
        self._secret = secret
        self._budget = budget or Budget()
        self._kept: Schemas[tuple[frozenset[str], str], Answering] = Schemas()

    def of(self, enabled: frozenset[str], dialect: Dialect) -> Answering:
        def build() -> Answering:
            schema = self.parts.compose(enabled)
            return Answering(schema, dialect, secret=self._secret, budget=self._budget)

        return self._kept.of((enabled, dialect.name), build)


def _refused(errors: list[GraphQLError], speaker: Context | Visit) -> bytes:
    return orjson.dumps({"errors": [formatted(error, speaker) for error in errors]})
