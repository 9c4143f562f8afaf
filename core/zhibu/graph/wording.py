"""What the engine says is wrong with a document or a variable, as an error of the house."""

import re

from graphql import GraphQLError, print_ast

from zhibu.errors import Invalid


class DocumentUnusable(Invalid):
    """The document does not fit the schema. Facts: `fault`, as the engine words it."""

    code = "core.document_unusable"


class ValueMissing(Invalid):
    """What must be given was not. Facts: `at`, the place in the variable."""

    code = "core.value_missing"


class ValueNotADate(Invalid):
    """There is no such day or moment. Facts: `at`."""

    code = "core.value_not_a_date"


class ValueNotANumber(Invalid):
    """A number was asked for, or one within 32 bits. Facts: `at`."""

    code = "core.value_not_a_number"


class ValueNotAnId(Invalid):
    """An id is a text. Facts: `at`."""

    code = "core.value_not_an_id"


class ValueNotOfEnum(Invalid):
    """The enum has no such value. Facts: `at`, `type`."""

    code = "core.value_not_of_enum"


class ValueNotKnown(Invalid):
    """An input object has no such field. Facts: `at`."""

    code = "core.value_not_known"


class ValueOfOtherKind(Invalid):
    """A text, a truth value or an object was asked for. Facts: `at`."""

    code = "core.value_of_other_kind"


_VARIABLE = re.compile(
    r"Variable '\$(\w+)' has invalid (?:default )?value(?: at ([^:]+))?: (.*)", re.S
)
_NAMED = re.compile(r"(?:required|unknown) field '(\w+)'|\((\w+):\)")
_QUOTED = re.compile(r'represent a \w+: (".*?")\.')
_ENUM = re.compile(r"Value .* does not exist in '(\w+)' enum|Enum '(\w+)' cannot represent", re.S)
# The engine has no codes for these, only its English sentences.
_KINDS: tuple[tuple[re.Pattern[str], type[Invalid]], ...] = (
    (re.compile(r"Value cannot represent a (?:Date|DateTime|Time)\b"), ValueNotADate),
    (re.compile(r"Value cannot represent a Decimal\b|(?:Int|Float) cannot"), ValueNotANumber),
    (re.compile(r"ID cannot represent"), ValueNotAnId),
    (re.compile(r"not to include unknown field"), ValueNotKnown),
    (
        re.compile(
            r"Expected (?:a )?value of non-null type|include required field"
            r"|is required, but it was not provided"
        ),
        ValueMissing,
    ),
    (
        re.compile(r"(?:Boolean|String|UUID) cannot|Value cannot represent|to be an object"),
        ValueOfOtherKind,
    ),
)
_SHOWN = 80  # characters of a value that is written into the document


def worded(error: GraphQLError) -> Invalid:
    """The same fault with a text in the caller's language; `at` is where: `$input.on`."""
    found = _VARIABLE.fullmatch(error.message)
    said = found[3] if found else error.message
    at = f"${found[1]}{found[2] or ''}" if found else _written(error)
    if enum := _ENUM.match(said):
        return ValueNotOfEnum(at=at, type=enum[1] or enum[2])
    for sentence, kind in _KINDS:
        if sentence.search(said):
            if named := _NAMED.search(said):
                name = named[1] or named[2]
                at = f"{at}.{name}" if found else name
            return kind(at=at)
    return DocumentUnusable(fault=error.message)


def _written(error: GraphQLError) -> str:
    """The value as it stands in the document."""
    if quoted := _QUOTED.search(error.message):
        return quoted[1][:_SHOWN]
    return print_ast(error.nodes[0])[:_SHOWN] if error.nodes else "…"
