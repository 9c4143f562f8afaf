"""Whoever arrives from elsewhere, as he is entered into the register."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.members.public import Gender, MemberKind
from zhibu.members.service import Entry


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """What the register needs of somebody who was a member elsewhere; his name is the letter's."""

    identity_number: str
    kind: MemberKind
    admitted_on: date
    full: bool
    full_on: date | None = None
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    education: str | None = None
    phone: str | None = None

    def entry(self, organization_id: UUID, name: str) -> Entry:
        return Entry(
            organization_id=organization_id,
            name=name,
            identity_number=self.identity_number,
            kind=self.kind,
            admitted_on=self.admitted_on,
            gender=self.gender,
            birth_date=self.birth_date,
            nation=self.nation,
            education=self.education,
            phone=self.phone,
        )
