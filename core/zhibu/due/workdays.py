"""Working days in China: the state's calendar as far as it is known, and a file of one's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import chinese_calendar

from zhibu import documents
from zhibu.logs import logger
from zhibu.settings import SettingInvalid

log = logger("zhibu.due")


class Workdays:
    """Which days are worked. `own` outweighs the calendar, which ends with the years it knows.

    The file has two lists of days, `holidays` and `workdays`; a new year's arrangement is published
    in November and can be entered there before the library knows it.
    """

    def __init__(self, own: dict[date, bool] | None = None) -> None:
        self._own = own or {}
        self._unknown: set[int] = set()

    @classmethod
    def load(cls, file: Path | None) -> "Workdays":
        """Raises `SettingInvalid` for a file that cannot be read."""
        if file is None:
            return cls()
        try:
            given = documents.loads(file.read_text("utf-8")) or {}
            return cls(dict(_days(given)))
        except (OSError, UnicodeDecodeError, documents.Fault, ValueError) as error:
            raise SettingInvalid(setting="holidays", value=str(file), fault=str(error)) from error

    def __call__(self, day: date) -> bool:
        """Whether the day is worked; of a year that nobody knows, Monday to Friday."""
        if day in self._own:
            return self._own[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            if day.year not in self._unknown:
                self._unknown.add(day.year)
                log.warning("no calendar of this year: Monday to Friday are worked", year=day.year)
            return day.weekday() < 5


def _days(given: Any) -> Iterator[tuple[date, bool]]:
    if not isinstance(given, dict) or set(given) - {"holidays", "workdays"}:
        raise ValueError("expected the lists holidays and workdays")
    for name, worked in (("holidays", False), ("workdays", True)):
        for day in given.get(name) or ():
            if type(day) is not date:
                raise ValueError(f"{day!r} under {name} is not a day")
            yield day, worked
