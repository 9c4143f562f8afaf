"""A catalogue at one organization: words added, renamed or retired from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ, PARAMETER_OVERRIDE
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu.parameters import errors
from zhibu.parameters.book import InForce
from zhibu.parameters.catalogues import amended, unknown
from zhibu.parameters.definitions import Kind
from zhibu.parameters.public import OVERRIDDEN
from zhibu.parameters.service.writing import event_of, faults, take_back, write
from zhibu.parameters.store import Change


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """Words of a catalogue to add or rename, codes to retire, from when, and why."""

    name: str
    since: date
    reason: str
    add: Sequence[Mapping[str, Any]] = ()
    retire: Sequence[str] = ()
    document: str | None = None
    article: str | None = None


async def amend(act: Act, organization_id: UUID, amendment: Amendment) -> UUID:
    """Change a catalogue for an organization and everything below it; the id of the override.

    Whoever keeps a catalogue names the words that change, not all of them. What the organization
    itself has set for a later day is amended likewise, or the words would come and go. Records
    from before the day keep the words they were made with.
    """
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_OVERRIDE, unit.path, seen_by=ORGANIZATION_READ)
    definition = act.parameters.definitions.get(amendment.name)
    if definition is None:
        raise errors.ParameterUnknown(path=("name",), name=amendment.name)
    if definition.kind is not Kind.CATALOGUE:
        raise errors.NoCatalogue(path=("name",), name=amendment.name)
    own = [
        each
        for each in act.parameters.overrides
        if (each.name, each.path) == (amendment.name, unit.path) and each.since >= amendment.since
    ]
    words = act.parameters.value(amendment.name, unit.path, amendment.since).value
    if missing := unknown(words, amendment.retire):
        raise errors.CatalogueWordUnknown(path=("retire",), words=missing)
    same_day = next((each for each in own if each.since == amendment.since), None)
    changes = [_change(act, amendment, unit, amendment.since, words, of=same_day)]
    if changes[0].value == words:
        raise errors.CatalogueUnchanged(path=("add",), name=amendment.name)
    changes += [
        _change(act, amendment, unit, each.since, each.value, of=each)
        for each in own
        if each.since > amendment.since
    ]
    for each in own:
        await take_back(act, each.id)
    refuse(fault for change in changes for fault in faults(act, change))
    await write(act, changes)
    for change in changes:
        act.record(event_of(OVERRIDDEN, change, definition.unit))
    return changes[0].id


def _change(
    act: Act,
    amendment: Amendment,
    unit: Unit,
    since: date,
    words: Sequence[Mapping[str, Any]],
    *,
    of: InForce | None = None,
) -> Change:
    return Change(
        id=new_id(),
        name=amendment.name,
        organization_id=unit.id,
        path=unit.path,
        since=since,
        value=amended(words, add=amendment.add, retire=amendment.retire),
        reason=amendment.reason.strip(),
        document=amendment.document or (of.document if of else None),
        article=amendment.article or (of.article if of else None),
        clause=None,
        pack=of.pack if of else None,
        withdrawn_at=None,
        recorded_at=act.now,
    )
