"""Rule packs: what one source document sets, as an institution writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.parameters.errors import PackIncomplete


@dataclass(frozen=True, kw_only=True)
class Line:
    """One override of a pack. `organization` is a code; empty means the root."""

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


def pack_of(given: Mapping[str, Any]) -> Pack:
    """The pack of a `rules.yaml`. Raises `PackIncomplete` where a word is missing or unknown.

    Its `catalogues` and `notes` are for other readers and passed over here.
    """
    try:
        lines = tuple(
            Line(**{**line, "reason": str(line["reason"]).strip()})
            for line in given.get("overrides") or ()
        )
        pack = Pack(
            name=given["name"],
            title=given.get("title", given["name"]),
            document=given.get("document"),
            overrides=lines,
        )
    except (KeyError, TypeError) as error:
        raise PackIncomplete(fault=str(error)) from error
    if undated := [line.name for line in lines if type(line.since) is not date]:
        raise PackIncomplete(fault=f"since: {', '.join(undated)}")
    return pack
