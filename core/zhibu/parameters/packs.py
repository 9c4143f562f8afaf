"""Rule packs: what one source document sets, as an institution writes it down."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.parameters.errors import PackIncomplete


@dataclass(frozen=True, kw_only=True)
class Line:
    """One override of a pack. `organization` is a code; empty means where the pack is bound."""

    name: str
    since: date
    value: Any
    reason: str
    organization: str = ""
    document: str | None = None
    article: str | None = None
    clause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A named set of overrides and the document behind them."""

    name: str
    title: str
    document: str | None
    overrides: tuple[Line, ...]


def pack_of(
    given: Mapping[str, Any], *, since: date | None = None, reason: str | None = None
) -> Pack:
    """The pack of a `rules.yaml`. Raises `PackIncomplete` where a word is missing or unknown.

    Lines without a day or a reason of their own have these. Its `catalogues` and `notes` are for
    other readers and passed over here.
    """
    otherwise = {"since": since, "reason": reason}
    try:
        lines = tuple(
            _line({**_said(otherwise), **_said(line)}) for line in given.get("overrides") or ()
        )
        name = given["name"]
        pack = Pack(
            name=name,
            title=given.get("title") or name,
            document=given.get("document"),
            overrides=lines,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PackIncomplete(fault=str(error)) from error
    if not isinstance(name, str) or not name.strip():
        raise PackIncomplete(path=("name",), fault="name")
    if undated := [line.name for line in lines if type(line.since) is not date]:
        raise PackIncomplete(fault=f"since: {', '.join(undated)}")
    places = Counter((line.name, line.organization, line.since) for line in lines)
    if twice := [place[0] for place, count in places.items() if count > 1]:
        raise PackIncomplete(fault=f"twice: {', '.join(map(str, twice))}")
    return pack


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was said at all; a value of null is said."""
    return {key: value for key, value in given.items() if value is not None or key == "value"}


def _line(said: Mapping[str, Any]) -> Line:
    return Line(**{**said, "reason": str(said["reason"]).strip()})
