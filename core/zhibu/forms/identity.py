"""The resident identity number (GB 11643): its check, what it says, and its masked form."""

from datetime import date
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# 81, 82 and 83 are the residence permits of Hong Kong, Macao and Taiwan; 91 are foreigners.
_PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36"),
        *("37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62"),
        *("63", "64", "65", "71", "81", "82", "83", "91"),
    }
)
_EARLIEST = date(1900, 1, 1)


class IdentityFault(StrEnum):
    """Why a number is not one. The county code is no reason: it changes within a lifetime."""

    OBSOLETE = "core.identity_obsolete"
    FORMAT = "core.identity_format"
    PROVINCE = "core.identity_province"
    BIRTH_DATE = "core.identity_birth_date"
    CHECK_DIGIT = "core.identity_check_digit"


def identity_fault(number: str, on: date) -> IdentityFault | None:
    """The first reason why `number` (18 characters, upper case) is invalid on day `on`."""
    if len(number) == 15 and number.isascii() and number.isdigit():
        return IdentityFault.OBSOLETE
    digits = number[:17]
    if len(number) != 18 or not (digits.isascii() and digits.isdigit()):
        return IdentityFault.FORMAT
    if number[17] not in _CHECK_DIGITS:
        return IdentityFault.FORMAT
    if number[:2] not in _PROVINCES:
        return IdentityFault.PROVINCE
    try:
        born = birth_date(number)
    except ValueError:
        return IdentityFault.BIRTH_DATE
    if not _EARLIEST <= born <= on:
        return IdentityFault.BIRTH_DATE
    return None if check_digit(digits) == number[17] else IdentityFault.CHECK_DIGIT


def check_digit(digits: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def birth_date(number: str) -> date:
    """The date of birth written in the number. Raises `ValueError` when it is no date."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def gender(number: str) -> str:
    """`"male"` or `"female"`, by the 17th digit."""
    return "male" if int(number[16]) % 2 else "female"


def mask(identity: str) -> str:
    """First three and last two characters; the birth date and the sequence cannot be read."""
    if len(identity) <= 5:
        return "*" * len(identity)
    return identity[:3] + "*" * (len(identity) - 5) + identity[-2:]


def mask_phone(phone: str) -> str:
    """First three and last four digits; a number too short for that shows its last two only."""
    if len(phone) < 8:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    return phone[:3] + "****" + phone[-4:]
