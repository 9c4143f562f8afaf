"""Calendar dates in cells, in every spelling that Chinese offices use."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhibu.forms.cells import Cell, Doubtful, Unreadable, excerpt, narrowed
from zhibu.forms.kinds.kind import Kind

_EPOCH = date(1899, 12, 30)
_SERIALS = range(3654, 73051)  # 1910-01-01 to 2100-01-01
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_CLOCK = re.compile(r"[T ]?\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
_PARTS = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SHORT_YEAR = re.compile(r"'?\d{2}[-./年]\d{1,2}([-./月]\d{1,2}日?|月)?")
_YEAR_ONLY = re.compile(r"\d{4}年?")
_CHINESE = re.compile(
    r"([〇○零Ο0一二三四五六七八九]{4})年([元一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十廿卅]{1,4})[日号]?)?"
)
_FIGURES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ο": 0, "0": 0}


@dataclass(frozen=True)
class Date(Kind):
    """A `date`. With `month`, a bare month stands for its first day, with a warning.

    `future=False` refuses days after today. Two-digit years are refused: nobody can tell 08 from
    1908. 2008.1 typed as a number may have been 2008.10, so it is refused as well.
    """

    month: bool = False
    future: bool = True

    as_text = False
    width = 13
    number_format = "yyyy-mm-dd"

    def read(self, raw: Cell, on: date) -> date | Doubtful:
        if isinstance(raw, datetime):
            found: date | Doubtful = raw.date()
        elif isinstance(raw, date):
            found = raw
        elif isinstance(raw, int | float) and not isinstance(raw, bool):
            found = self._from_number(raw)
        elif isinstance(raw, str):
            found = self._from_text(raw)
        else:
            raise Unreadable("core.cell_date_unknown", value=excerpt(raw))
        day = found.value if isinstance(found, Doubtful) else found
        if not _EARLIEST <= day <= _LATEST:
            raise Unreadable("core.cell_date_impossible", value=excerpt(raw))
        if day > on and not self.future:
            raise Unreadable("core.cell_date_future", value=day.isoformat(), today=on.isoformat())
        return found

    def show(self, value: date | None) -> date | None:
        return value

    def _from_number(self, number: float) -> date | Doubtful:
        if not abs(number) < 10**9:
            raise Unreadable("core.cell_date_unknown", value=excerpt(number))
        if number == int(number):
            whole = int(number)
            if whole in _SERIALS:
                return _EPOCH + timedelta(days=whole)
            return self._from_text(str(whole))
        if number >= 10**4 and int(number) in _SERIALS:  # a serial number with a time of day
            return _EPOCH + timedelta(days=int(number))
        return self._from_year_and_month(number)

    def _from_year_and_month(self, number: float) -> date | Doubtful:
        """2008.6 and 2008.12 as typed into a cell that made a number of them."""
        year, hundredths = divmod(round(number * 100), 100)
        if not 1900 <= year <= 2199 or abs(number * 100 - round(number * 100)) > 1e-6:
            raise Unreadable("core.cell_date_unknown", value=excerpt(number))
        if hundredths == 10:
            raise Unreadable("core.cell_date_month_lost", value=f"{year}.1")
        month = hundredths // 10 if hundredths > 12 and hundredths % 10 == 0 else hundredths
        return self._of(excerpt(number), year, month, None)

    def _from_text(self, raw: str) -> date | Doubtful:
        text = _CLOCK.sub("", narrowed(_CLOCK.sub("", raw.strip())))
        if found := _PARTS.fullmatch(text) or _COMPACT.fullmatch(text):
            year, month, day = found.groups()
            return self._of(excerpt(raw), int(year), int(month), int(day) if day else None)
        if found := _CHINESE.fullmatch(text):
            year = "".join(str(_FIGURES[c]) for c in found[1])
            day = _counted(found[3]) if found[3] else None
            return self._of(excerpt(raw), int(year), _counted(found[2]), day)
        if _SHORT_YEAR.fullmatch(text):
            raise Unreadable("core.cell_date_short_year", value=excerpt(raw))
        if _YEAR_ONLY.fullmatch(text):
            raise Unreadable("core.cell_date_incomplete", value=excerpt(raw))
        raise Unreadable("core.cell_date_unknown", value=excerpt(raw))

    def _of(self, shown: str, year: int, month: int, day: int | None) -> date | Doubtful:
        if day is None and not self.month:
            raise Unreadable("core.cell_date_incomplete", value=shown)
        try:
            found = date(year, month, 1 if day is None else day)
        except ValueError:
            raise Unreadable("core.cell_date_impossible", value=shown) from None
        if day is None:
            return Doubtful(found, "core.cell_date_day_assumed", {"value": found.isoformat()})
        return found

    @property
    def guidance(self) -> str:
        return "日期，如 2008-06-12" + ("；只知年月时填 2008年6月" if self.month else "")


def _counted(words: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20, 廿一 → 21, 三十一 → 31; nonsense becomes 0, no date."""
    words = words.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    tens, ten, ones = words.partition("十")
    if not ten:
        return _FIGURES[words] if len(words) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_FIGURES[tens] if tens else 1) * 10 + (_FIGURES[ones] if ones else 0)
