"""What is asked: a document, its variables, and which of its operations."""

from collections.abc import Mapping
from typing import Any

from zhibu.graph.errors import BodyUnreadable
from zhibu.graph.trusted import Trusted
from zhibu.graph.values import holds_nul


def request_of(asked: Any, trusted: Trusted, *, escaped: bool = True) -> Mapping[str, Any]:
    """The request in a JSON value, with the text of its document. Raises `BodyUnreadable` and
    `DocumentUnknown`.

    `escaped` says whether U+0000 may stand in it at all, as far as its text shows.
    """
    if not isinstance(asked, dict):
        raise BodyUnreadable(fault="an object is expected")
    document, counts = trusted.requested(asked)
    variables, name = asked.get("variables"), asked.get("operationName")
    if not isinstance(variables or {}, dict):
        raise BodyUnreadable(fault="`variables` must be an object")
    if not isinstance(name or "", str):
        raise BodyUnreadable(fault="`operationName` must be a string")
    if escaped and holds_nul(variables):
        raise BodyUnreadable(fault="U+0000 stands in a variable")
    return {
        "query": document,
        "variables": variables,
        "operationName": name,
        "trusted": counts,
    }
