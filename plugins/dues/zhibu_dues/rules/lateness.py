"""Months that were paid after their day, or are not paid though it has passed."""

from collections.abc import Iterable
from datetime import date

from zhibu_dues.rules.months import Month


def late(months: Iterable[Month], today: date) -> list[Month]:
    """Who pays on the very day is in time; a month for which nothing is owed is never late."""
    return [each for each in months if each.owed and each.due_on < (each.settled_on or today)]
