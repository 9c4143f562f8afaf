"""Taking out of a line whatever may be somebody's: by the name of the field and by how it looks.

What an exception says was often put together from what somebody had entered, and so was what other
libraries say. Of those only plain words are kept: nothing quoted, no long number, no other script.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from traceback import extract_tb
from typing import Any
from unicodedata import is_normalized, normalize
from uuid import UUID

from sqlalchemy.exc import StatementError

from zhibu.errors import Refused, Unavailable, ZhibuError

HIDDEN = "…"
MOST = 500  # characters of a value, and
MANY = 20  # parts of one, frames of a traceback
DEEPEST = 4

_SECRET_NAMES = re.compile(
    r"pass(?:word|wd|phrase)|secret|token|credential|authori[sz]ation|cookie|identity|phone|mobile"
    r"|variables|input|document|body|arguments|params|parameters|payload|address|login|otp|recovery"
    r"|(?:^|_)(?:key|code|number|name)$",
    re.IGNORECASE,
)
# Named so, and nobody's: what a machine or the product itself is called.
_OPEN_NAMES = frozenset({"file_name", "logger_name"})

_LOOKS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"\d{6}[ -]?(?:18|19|20)?\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[0-9Xx]?"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r")(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[a-z]+_[0-9a-f]{32}_[\w-]{20,}"  # a credential of ours
    r"|(?i:\b(?:bearer|basic)\s+[\w.~+/=-]+)"
    r"|(?<=://)[^/\s@]+@"  # who signs in to a database, and how
    r"|(?<=/calendar/)[\w-]+"
)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|“[^”\n]*”|‘[^’\n]*’|《[^》\n]*》")
_ENTERED = re.compile(
    r"\d[\d .,-]{4,}\d|[^\x00-\x7f]+|(?<=\)=)\([^)]*\)|\S+@\S+"
    r"|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{6,}"
)
# JSON escapes some of them and terminals obey others: nothing that was entered begins a line.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_WRITTEN = re.compile(r"'[^']*'")  # a value in a statement; most are placeholders


def scrubbed(text: str) -> str:
    """The text, on one line, without what looks like a person's number or a credential."""
    text = _BREAKS.sub(" ", text)
    shown = _LOOKS.sub(HIDDEN, text)
    if not is_normalized("NFKC", text) and _LOOKS.search(plain := normalize("NFKC", text)):
        shown = _LOOKS.sub(HIDDEN, plain)
    return shown if len(shown) <= MOST else shown[:MOST] + HIDDEN


def words_only(text: str) -> str:
    """The first line of what somebody else worded, without what may have been entered."""
    first = next(iter(text.splitlines()), "")
    return _ENTERED.sub(HIDDEN, _QUOTED.sub(HIDDEN, scrubbed(first)))


def redacted(value: Any, name: str = "", depth: int = 0) -> Any:
    """A field's value as it may be logged."""
    if value is None or isinstance(value, bool | float):
        return value
    if name and name not in _OPEN_NAMES and _SECRET_NAMES.search(name):
        return HIDDEN
    if isinstance(value, int):
        return value if abs(value) < 10**10 else HIDDEN
    if isinstance(value, str) and not isinstance(value, Enum):
        return scrubbed(value)
    if isinstance(value, UUID | datetime | date | time | timedelta | Decimal | PurePath | Enum):
        return scrubbed(str(value))
    if isinstance(value, BaseException):
        return described(value)
    if depth >= DEEPEST:
        return HIDDEN
    if isinstance(value, Mapping):
        kept = list(value.items())[:MANY]
        return {scrubbed(str(key)): redacted(each, str(key), depth + 1) for key, each in kept}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray):
        return [redacted(each, "", depth + 1) for each in list(value)[:MANY]]
    return type(value).__name__  # what it would say of itself nobody knows


def described(error: BaseException, depth: int = 0) -> dict[str, Any]:
    """An exception: its kind, its own words where they are ours to show, and where it came from."""
    found: dict[str, Any] = {"type": type(error).__name__}
    if isinstance(error, ZhibuError):
        found["error"] = error.code
        if isinstance(error, Unavailable):  # what is away, never what was asked
            found["facts"] = {name: _fact(value) for name, value in error.facts.items()}
    elif isinstance(error, Refused):
        found["error"] = [each.code for each in error.errors]
    elif isinstance(error, StatementError):
        said = _WRITTEN.sub("'…'", error.statement or "")
        found["sql"] = scrubbed(" ".join(said.split()))
    else:
        found["message"] = words_only(str(error))
    diagnosis = getattr(error, "diag", None)
    for fact in ("sqlstate", "constraint_name", "table_name"):
        if value := getattr(diagnosis, fact, None):
            found[fact.removesuffix("_name")] = scrubbed(str(value))
    if error.__traceback__ is not None:
        found["at"] = [
            f"{'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
            for frame in extract_tb(error.__traceback__)[-MANY:]
        ]
    because = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if because is None and isinstance(error, StatementError):
        because = error.orig
    if because is not None and depth < DEEPEST:
        found["because"] = described(because, depth + 1)
    return found


def _fact(value: Any) -> Any:
    return words_only(value) if isinstance(value, str) else redacted(value)
