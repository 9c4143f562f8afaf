"""A month in the capital numerals of letters, which nobody alters with a stroke."""

from datetime import date

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def capital_month(day: date) -> str:
    """June 2026 is 贰零贰陆年陆月; the months that a stroke would change begin with 零, as on
    drafts: 零壹月, 零贰月, 零壹拾月."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    ten, rest = divmod(day.month, 10)
    month = ("壹拾" if ten else "") + (DIGITS[rest] if rest else "")
    return f"{year}年{'零' if day.month in (1, 2, 10) else ''}{month}月"
