"""The members that a workbook names by identity number, as far as the caller may write of them."""

from collections.abc import Mapping, Sequence

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Row
from zhibu.members.public import MemberFacts, member_by_identity
from zhibu_dues.errors import MemberUnknown, NameDiffers

People = Mapping[str, MemberFacts]


async def people(act: Act, rows: Sequence[Row], action: Action) -> People:
    """By identity number; whom the caller may not write of is left out, like nobody."""
    found = await member_by_identity(act, {row["identity_number"] for row in rows})
    return {
        number: member
        for number, member in found.items()
        if act.may(action, member.path, member.id)
    }


def person_fault(row: Row, known: People) -> Fault | None:
    """What is wrong with whom the row names."""
    member = known.get(row["identity_number"])
    if member is None:
        return row.fault(MemberUnknown.code, "identity_number")
    if member.name != row["name"]:
        return row.fault(NameDiffers.code, "name")
    return None
