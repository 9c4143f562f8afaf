"""Operations: a document parsed and validated once, and the plans made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    validate,
)

from zhibu.logs.redacting import scrubbed
from zhibu.reading.facts import Plans
from zhibu.reading.statements import Settled, Statement
from zhibu.reading.variables import Variables

LONGEST_LABEL = 80
MOST_ROOTS = 4
MOST_ERRORS = 10  # wording one may take as long as the whole document is

Fields = tuple[tuple[str, Statement | Settled | str], ...]


@dataclass(frozen=True)
class Unplanned:
    """The plan of a selection that only ordinary execution can answer."""

    reason: str


class Operation:
    """A parsed and validated operation. With `errors` it is not to be run.

    `admitted` is whatever `admit` said of its document.
    """

    admitted: Any = None

    def __init__(
        self,
        document: DocumentNode | None,
        errors: list[GraphQLError],
        chosen: OperationDefinitionNode | None = None,
        variables: Variables | None = None,
    ) -> None:
        self.document = document
        self.errors = errors
        self.chosen = chosen
        self.plans: Plans[Fields | Unplanned] = Plans()
        self.kind: OperationType | None = chosen.operation if chosen else None
        self.kind_name: str | None = self.kind.value if self.kind else None
        self._variables = variables

    @cached_property
    def label(self) -> str | None:
        """What whoever looks after the server calls it: its name, or else its root fields."""
        if self.chosen is None:
            return None
        fields = self.chosen.selection_set.selections
        roots = [each.name.value for each in fields if isinstance(each, FieldNode)]
        return scrubbed(self.name or " ".join(roots[:MOST_ROOTS]))[:LONGEST_LABEL]

    @property
    def name(self) -> str | None:
        return self.chosen.name.value if self.chosen and self.chosen.name else None

    def variables(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """The coerced variables. Raises `GraphQLError`, worded by graphql-core."""
        assert self._variables is not None
        return self._variables.coerced(given)


def prepared(
    schema: GraphQLSchema, document: str, name: str | None, *, hide_suggestions: bool = False
) -> Operation:
    """Parse and validate; what is wrong is in the operation's `errors`."""
    try:
        parsed = parse(document)
    except GraphQLError as error:
        return Operation(None, [error])
    errors = validate(schema, parsed, max_errors=MOST_ERRORS, hide_suggestions=hide_suggestions)
    if errors:
        return Operation(parsed, errors)
    chosen = get_operation_ast(parsed, name)
    if chosen is None:
        return Operation(parsed, [_unknown(name)])
    return Operation(
        parsed, [], chosen, Variables(schema, chosen, hide_suggestions=hide_suggestions)
    )


def _unknown(name: str | None) -> GraphQLError:
    if name is None:
        return GraphQLError("Must provide operation name if query contains multiple operations.")
    return GraphQLError(f"Unknown operation named '{name}'.")
