"""What a check found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhibu.cli.terminal import Terminal
from zhibu.errors import ZhibuError


class State(StrEnum):
    """A fault makes the command end with 1; a warning is for a person to judge."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The outcome of a check, of what, and in words what was seen."""

    check: str
    state: State
    where: str = ""
    detail: str = ""


def ok(check: str, where: str = "", detail: str = "") -> Finding:
    return Finding(check=check, state=State.OK, where=where, detail=detail)


def warning(check: str, where: str = "", detail: str = "") -> Finding:
    return Finding(check=check, state=State.WARNING, where=where, detail=detail)


def fault(check: str, where: str = "", detail: str = "") -> Finding:
    return Finding(check=check, state=State.FAULT, where=where, detail=detail)


def judged(check: str, where: str, faults: Iterable[str]) -> Finding:
    """Ok without faults, else a fault with the first of them."""
    found = list(faults)
    if not found:
        return ok(check, where)
    more = f" (+{len(found) - 3})" if len(found) > 3 else ""
    return fault(check, where, "; ".join(found[:3]) + more)


def attempt(
    check: str, terminal: Terminal, examine: Callable[[], Iterable[Finding]]
) -> Iterator[Finding]:
    """The findings, or one that says why there are none."""
    try:
        yield from list(examine())
    except ZhibuError as error:
        yield fault(check, detail=" ".join(terminal.texts.error(error, terminal.locale).split()))
    except Exception as error:
        yield fault(check, detail=f"{type(error).__name__}: {error}".splitlines()[0])
