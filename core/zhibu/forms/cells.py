"""A cell as a reader hands it over, and how its text is cleaned before any kind looks at it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from zhibu.forms.words import NOTHING

Cell = str | float | bool | date | datetime | time | timedelta | None

_WIDE = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF0E)}
_WIDE |= {c: c - 0xFEE0 for c in range(0xFF41, 0xFF5B)}
_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_TO_CLEAN = re.compile(f"[\\s'０-９Ａ-Ｚａ-ｚ．{_UNSEEN}]")
_SPACES = re.compile(r"\s+")
# Excel keeps 15 significant digits; a longer number was already rounded when it was typed.
_EXACT = 10**15


class Unreadable(Exception):
    """The cell does not say what its column needs. `facts` never hold a whole identity number."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value that can be used, with what the person who sent it should look at again."""

    value: Any
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def is_blank(raw: Cell) -> bool:
    """Nothing but spaces, also the unbreakable and the invisible ones."""
    if isinstance(raw, str) and raw[:1].isalnum():
        return False
    return raw is None or (isinstance(raw, str) and not cleaned(raw))


def is_nothing(raw: Cell) -> bool:
    """Blank, or a mark such as `—`, `/` or `无` that says the cell is meant to be empty."""
    return is_blank(raw) or (isinstance(raw, str) and cleaned(raw) in NOTHING)


def cleaned(text: str, *, lines: bool = False) -> str:
    """Trimmed text: full-width letters and digits narrowed, invisible characters dropped.

    Punctuation keeps its width and rare characters their code point: names must not change. A
    leading apostrophe is the trace of "store as text". `lines` keeps line breaks.
    """
    if not _TO_CLEAN.search(text):
        return text
    text = text.translate(_WIDE).replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", text).strip().lstrip("'").strip()
    if lines:
        return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _SPACES.sub(" ", text)


def narrowed(raw: Cell) -> str:
    """The cell as compact text of compatible characters (NFKC) without spaces, for typed kinds."""
    text = text_of(raw)
    if text.isascii() and text.isalnum():
        return text
    return _SPACES.sub("", unicodedata.normalize("NFKC", cleaned(text)))


def text_of(raw: Cell) -> str:
    """The cell as text: whole numbers without `.0`, dates as ISO dates.

    Raises `Unreadable` (`core.cell_digits_lost`) for a number of more than 15 digits.
    """
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        return _digits(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    return str(raw)


def excerpt(raw: Cell, limit: int = 20) -> str:
    """What the cell holds, short enough for a message."""
    try:
        text = cleaned(text_of(raw))
    except Unreadable:
        text = f"{raw:.6e}"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _digits(number: float) -> str:
    if not abs(number) < _EXACT:  # also when it is no number at all
        raise Unreadable("core.cell_digits_lost", value=f"{number:.6e}")
    return str(int(number)) if number == int(number) else f"{number:.15g}"
