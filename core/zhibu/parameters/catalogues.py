"""Catalogues as they change: words added, renamed or retired, from a day on."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

Word = Mapping[str, Any]


def amended(
    words: Sequence[Word], *, add: Sequence[Word], retire: Collection[str]
) -> list[dict[str, Any]]:
    """The catalogue without the retired codes, with what is added at its end.

    A word whose code is there already takes that one's place: it was renamed.
    """
    new = {str(word.get("code")): dict(word) for word in add}
    kept = [new.pop(word["code"], dict(word)) for word in words if word["code"] not in retire]
    return [*kept, *new.values()]


def unknown(words: Sequence[Word], codes: Collection[str]) -> list[str]:
    """Those of the codes that the catalogue does not have."""
    known = {word["code"] for word in words}
    return sorted(set(codes) - known)
