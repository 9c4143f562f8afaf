"""Statements of procedures."""

from zhibu.procedures.store.cases import (
    add_case,
    add_document,
    add_step,
    case,
    document_kinds,
    procedure_of_step,
    save_case,
    save_step,
    steps,
)
from zhibu.procedures.store.sittings import (
    add_limit,
    add_sitting,
    add_vote,
    ballots,
    erase,
    has_seat,
    limits,
    mark_present,
    open_sitting,
    save_sitting,
    seats,
)

__all__ = [
    "add_case",
    "add_document",
    "add_limit",
    "add_sitting",
    "add_step",
    "add_vote",
    "ballots",
    "case",
    "document_kinds",
    "erase",
    "has_seat",
    "limits",
    "mark_present",
    "open_sitting",
    "procedure_of_step",
    "save_case",
    "save_sitting",
    "save_step",
    "seats",
    "steps",
]
