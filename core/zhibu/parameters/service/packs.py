"""Rule packs: a named set of values, bound to one organization and holding only at and below it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ, PARAMETER_OVERRIDE
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu.parameters import errors, store
from zhibu.parameters.packs import Pack, pack_of
from zhibu.parameters.public import PACK_APPLIED, PACK_RELEASED
from zhibu.parameters.service.writing import (
    faults,
    require_right,
    stands,
    take_back,
    write,
)
from zhibu.parameters.store import Change

Place = tuple[UUID, str]


async def apply_pack(act: Act, given: Mapping[str, Any]) -> list[UUID]:
    """Write what an institution's own pack sets, for the whole institution.

    A value that already stands so is passed over: applying a pack twice changes nothing.
    Raises `PackIncomplete`, or `Refused` with every fault of the pack.
    """
    places = await store.organizations(act.session, act.tenant_id)
    if "" not in places:
        raise NotFound()
    act.require(PARAMETER_OVERRIDE, places[""][1])
    pack = pack_of(given)
    return await _bind(act, pack, places[""], places, reason=pack.title)


async def bind_pack(
    act: Act, organization_id: UUID, given: Mapping[str, Any], *, since: date, reason: str
) -> list[UUID]:
    """Write what a pack sets at an organization, for it and below it and nowhere else (S0-01).

    Lines may name organizations below by their code. `since` is the day for lines without their
    own, `reason` theirs as well. Raises what `apply_pack` raises.
    """
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_OVERRIDE, unit.path, seen_by=ORGANIZATION_READ)
    if not reason.strip():
        raise errors.ParameterReasonMissing(path=("reason",))
    pack = pack_of(given, since=since, reason=reason)
    if not pack.overrides:
        raise errors.PackIncomplete(path=("overrides",), fault="overrides")
    everywhere = await store.organizations(act.session, act.tenant_id)
    inside = {code: at for code, at in everywhere.items() if code and at[1].startswith(unit.path)}
    top = (unit.id, unit.path)
    return await _bind(act, pack, top, {**inside, "": top}, reason=reason.strip())


async def release_pack(act: Act, organization_id: UUID, name: str, reason: str) -> int:
    """Take back everything that a pack set at or below an organization; how many values it was."""
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_OVERRIDE, unit.path, seen_by=ORGANIZATION_READ)
    if not reason.strip():
        raise errors.ParameterReasonMissing(path=("reason",))
    bound = [
        each
        for each in act.parameters.overrides
        if each.pack == name and each.path.startswith(unit.path)
    ]
    if not bound:
        raise errors.PackNotBound(path=("name",), pack=name)
    for each in bound:
        require_right(act, each.name, each.path)
        await take_back(act, each.id)
    since = min(each.since for each in bound)
    facts = {"reason": reason.strip(), "count": len(bound), "since": since.isoformat()}
    _say(act, PACK_RELEASED, unit.path, name=name, title=name, **facts)
    return len(bound)


async def _bind(
    act: Act, pack: Pack, top: Place, places: Mapping[str, Place], *, reason: str
) -> list[UUID]:
    wanted: list[Change] = []
    found: list[Invalid | Conflict] = []
    for index, line in enumerate(pack.overrides):
        at = ("overrides", str(index))
        place = places.get(line.organization)
        if place is None:
            unknown = errors.PackOrganizationUnknown(
                path=(*at, "organization"), pack=pack.name, organization=line.organization
            )
            found.append(unknown)
            continue
        change = Change(
            id=new_id(),
            name=line.name,
            organization_id=place[0],
            path=place[1],
            since=line.since,
            value=line.value,
            reason=line.reason,
            document=line.document or pack.document,
            article=line.article,
            clause=line.clause,
            pack=pack.name,
            withdrawn_at=None,
            recorded_at=act.now,
        )
        if not stands(act, change):
            require_right(act, line.name, place[1])
            found += faults(act, change, at)
            wanted.append(change)
    refuse(found)
    if wanted:
        await write(act, wanted)
    facts: dict[str, Any] = {"title": pack.title, "count": len(wanted), "reason": reason}
    if wanted:
        facts["since"] = min(change.since for change in wanted).isoformat()
    _say(act, PACK_APPLIED, top[1], name=pack.name, **facts)
    return [change.id for change in wanted]


def _say(act: Act, happened: str, path: str, **facts: Any) -> None:
    act.record(Event(name=happened, subject=("RulePack", None), path=path, facts=facts))
