"""Values of a request that no rule should ever see: refused before anything is asked of a service.

PostgreSQL cannot store U+0000 at all, and no index row beyond a third of a page; a moment without
a zone cannot be compared with one that has it.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from graphql import DocumentNode, StringValueNode, Visitor, visit

from zhibu.errors import Invalid

NUL = "\0"
MOST_DIGITS = 18  # before or after the point
LONGEST = 10_000
LONGEST_NAME = 200
NAMES = frozenset({"name", "short_name", "code", "login", "title"})  # some of these are indexed


class TextTooLong(Invalid):
    """A text is longer than anybody reads or an index holds. Facts: `length`, `maximum`."""

    code = "core.text_too_long"


class NumberUnfit(Invalid):
    """A number is larger or finer than anything that is counted here."""

    code = "core.number_unfit"


class MomentWithoutZone(Invalid):
    """A moment does not say in which zone it is meant. Facts: `at`."""

    code = "core.moment_without_zone"


def faults_of(given: Any, path: tuple[str, ...] = ()) -> Iterator[Invalid]:
    """What is wrong with the values of an input, wherever they are nested in it."""
    if is_dataclass(given):
        for field in fields(given):
            yield from faults_of(getattr(given, field.name), (*path, field.name))
    elif isinstance(given, list):
        for number, item in enumerate(given):
            yield from faults_of(item, (*path, str(number)))
    elif isinstance(given, str):
        maximum = LONGEST_NAME if path and path[-1] in NAMES else LONGEST
        if len(given) > maximum:
            yield TextTooLong(path=path, length=len(given), maximum=maximum)
    elif isinstance(given, Decimal) and _unfit(given):
        yield NumberUnfit(path=path)
    elif isinstance(given, datetime) and given.tzinfo is None:
        yield MomentWithoutZone(path=path, at=given.isoformat())


def _unfit(number: Decimal) -> bool:
    """NaN and Infinity can be compared, and rules refuse them; these cannot even be."""
    return number.is_snan() or (number.is_finite() and abs(number.adjusted()) > MOST_DIGITS)


def holds_nul(value: Any) -> bool:
    """Whether U+0000 stands anywhere in a JSON value, keys included."""
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        return any(holds_nul(key) or holds_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(holds_nul, value))


def writes_nul(document: DocumentNode) -> bool:
    """Whether a text written into the document holds U+0000."""
    found = _Nul()
    visit(document, found)
    return found.seen


class _Nul(Visitor):
    seen = False

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        self.seen = self.seen or NUL in node.value
