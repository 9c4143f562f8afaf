"""The organizations that transfers speak of, each asked once."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu.organizations.public import (
    Kind,
    Unit,
    organization_of,
    organizations_above,
    organizations_by_code,
)
from zhibu_transfers.rules.cases import Opening


class Places:
    """Organizations by id, and the committees that issue and receive for them."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._units: dict[UUID, Unit] = {}
        self._committees: dict[UUID, Unit | None] = {}

    async def unit(self, id: UUID) -> Unit:
        """The organization, whoever asks. Raises `NotFound`."""
        if id not in self._units:
            self._units[id] = await organization_of(self._act, id, seen_by=None)
        return self._units[id]

    async def committee(self, unit: Unit) -> Unit | None:
        """Which committee issues and receives for a branch."""
        if unit.id not in self._committees:
            self._committees[unit.id] = await committee(self._act, unit)
        return self._committees[unit.id]

    async def target(self, opening: Opening) -> Unit | None:
        """The branch somebody goes to: one that whoever sends may see, or whose code he knows.

        Raises `NotFound`; an id that one merely holds tells nothing.
        """
        if opening.to_id is not None:
            return await self._seen(opening.to_id)
        code = (opening.organization_code or "").strip()
        if not code:
            return None
        found = (await organizations_by_code(self._act, [code])).get(code)
        if found is None:
            raise NotFound()
        self._units[found.id] = found
        return found

    async def _seen(self, id: UUID) -> Unit:
        if id not in self._units:
            self._units[id] = await organization_of(self._act, id)
        return self._units[id]


async def committee(act: Act, unit: Unit) -> Unit | None:
    """Which committee issues and receives for a branch: the nearest that may (rule 16)."""
    above = await organizations_above(act, unit.path)
    found = next((each for each in above if each.approves_probationary), None)
    if found is None:
        way = act.parameters.value("transfers.issuer", unit.path, act.today)
        if way.value == "any_committee":
            return next((each for each in above if each.kind is Kind.PARTY_COMMITTEE), None)
    return found
