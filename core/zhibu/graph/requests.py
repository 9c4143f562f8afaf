"""What is asked: a document, its variables, and which of its operations."""

from collections.abc import Mapping
from typing import Any

from zhibu.graph.errors import BodyUnreadable
from zhibu.graph.values import holds_nul


def request_of(asked: Any, *, escaped: bool = True) -> Mapping[str, Any]:
    """The request in a JSON value. Raises `BodyUnreadable`.

    `escaped` says whether U+0000 may stand in it at all, as far as its text shows.
    """
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BodyUnreadable(fault="an object with a `query` is expected")
    if not isinstance(asked.get("variables") or {}, dict):
        raise BodyUnreadable(fault="`variables` must be an object")
    if not isinstance(asked.get("operationName") or "", str):
        raise BodyUnreadable(fault="`operationName` must be a string")
    if escaped and holds_nul(asked.get("variables")):
        raise BodyUnreadable(fault="U+0000 stands in a variable")
    return asked
