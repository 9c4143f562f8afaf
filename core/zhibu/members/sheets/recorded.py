"""What is recorded of the members and organizations that a roster names."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from zhibu.act import Act
from zhibu.forms.rows import Row
from zhibu.members import sealing, store
from zhibu.members.rules import Person
from zhibu.organizations.public import Unit, organizations_by_code

PART = 5_000  # rows


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """`units` by code; `people` and `indexes` by identity number."""

    units: Mapping[str, Unit]
    indexes: Mapping[str, bytes]
    people: Mapping[str, Person]


async def in_parts(act: Act, rows: Sequence[Row]) -> AsyncIterator[tuple[Sequence[Row], Recorded]]:
    """The rows a part at a time, each part with what is recorded: a large file is not held twice.

    A part is compared after the one before it was written.
    """
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        yield part, await _recorded(act, part)


async def _recorded(act: Act, rows: Sequence[Row]) -> Recorded:
    codes = {row[key] for row in rows for key in ("branch", "group") if row[key]}
    told = {row["identity_number"] for row in rows if row["identity_number"]}
    indexes = {number: sealing.index(act, number) for number in told}
    numbers = {index: number for number, index in indexes.items()}
    holders = await store.holders_of(act.session, act.tenant_id, numbers)
    return Recorded(
        units=await organizations_by_code(act, codes),
        indexes=indexes,
        people={numbers[index]: person for index, person in holders.items()},
    )
