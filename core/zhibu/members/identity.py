"""What an identity number says of a person, and whether what was entered agrees."""

import re
from dataclasses import dataclass
from datetime import date

from zhibu.forms.identity import IdentityFault, birth_date, gender, identity_fault
from zhibu.members.errors import IdentityContradicts, IdentityInvalid, PhoneInvalid
from zhibu.members.rules import Gender

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """The number as it is kept (upper case), and what it says."""

    number: str
    gender: Gender
    birth_date: date


Faults = list[IdentityInvalid | IdentityContradicts]


def identity_faults(
    number: str, told_gender: Gender | None, told_birth_date: date | None, on: date
) -> tuple[Said | None, Faults]:
    """What the number says, unless it is no number; and why the entry cannot be accepted."""
    number = number.strip().upper()
    fault: IdentityFault | None = identity_fault(number, on)
    if fault is not None:
        return None, [IdentityInvalid(path=("identity_number",), fault=fault)]
    said = Said(number=number, gender=Gender(gender(number)), birth_date=birth_date(number))
    found: Faults = []
    if told_gender not in {None, said.gender}:
        found.append(IdentityContradicts(path=("gender",), field="gender"))
    if told_birth_date not in {None, said.birth_date}:
        found.append(IdentityContradicts(path=("birth_date",), field="birth_date"))
    return said, found


def phone_faults(phone: str | None) -> list[PhoneInvalid]:
    if not phone or _PHONE.fullmatch(phone):
        return []
    return [PhoneInvalid(path=("phone",))]
