"""Values as people write them, in each language."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def shown(value: Any, locale: str, zone: ZoneInfo = SHANGHAI) -> str:
    """A value as people of that language write it; moments in the zone, decimals without tails."""
    chinese = locale != "en"
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if chinese else ("yes" if value else "no")
        case datetime():
            local = value.astimezone(zone)
            return f"{shown(local.date(), locale)} {local:%H:%M}"
        case date():
            if chinese:
                return f"{value.year}年{value.month}月{value.day}日"
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        case Decimal():
            return f"{value.normalize():f}"
        case str():
            return _dated(value, locale)
        case list() | tuple() | set() | frozenset():
            return ("、" if chinese else ", ").join(shown(each, locale, zone) for each in value)
        case _:
            return str(value)


def _dated(text: str, locale: str) -> str:
    """A date among facts that went through JSON, written as a date; any other text as it is."""
    try:
        return shown(date.fromisoformat(text), locale) if _ISO_DATE.fullmatch(text) else text
    except ValueError:
        return text


# Not `%B`, which speaks the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
