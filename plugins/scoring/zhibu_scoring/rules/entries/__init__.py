"""Entries: what may be declared, decided, withdrawn and reversed (S4-17, S4-18, S4-28)."""

from zhibu_scoring.rules.entries.refusals import (
    counted_refusals,
    deciding_refusals,
    declaring_refusals,
    reversing_refusals,
    withdrawing_refusals,
)
from zhibu_scoring.rules.entries.values import By, Entry, Limit, Recorded, State, Subject

__all__ = [
    "By",
    "Entry",
    "Limit",
    "Recorded",
    "State",
    "Subject",
    "counted_refusals",
    "deciding_refusals",
    "declaring_refusals",
    "reversing_refusals",
    "withdrawing_refusals",
]
