"""Publishing the dues of a year, and withdrawing what was wrong."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu_dues import actions
from zhibu_dues.public import PUBLICATION_WITHDRAWN, PUBLISHED
from zhibu_dues.rules import publications as rules
from zhibu_dues.rules.bases import year_refusals
from zhibu_dues.rules.payments import yuan
from zhibu_dues.service.events import at
from zhibu_dues.store import people
from zhibu_dues.store import publications as store

KIND = "DuesPublication"


async def publish(act: Act, organization_id: UUID, year: int, place: str) -> UUID:
    """State a year's dues as they stand today, and where that is published (rule 66)."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PUBLISH, unit.path, seen_by=ORGANIZATION_READ)
    refuse(year_refusals(year, act.today))
    await people.hold_unit(act.session, act.tenant_id, unit.id)
    published = await store.published(act.session, act.tenant_id, unit.id, year)
    refuse(rules.publishing_refusals(year=year, today=act.today, published=published, place=place))
    figures = await store.figures(act.session, act.tenant_id, unit.id, unit.path, year)
    id = new_id()
    await store.add(
        act.session,
        act.tenant_id,
        {
            "id": id,
            "organization_id": unit.id,
            "year": year,
            "place": place.strip(),
            **vars(figures),
            "published_by": act.caller.account_id,
            "published_on": act.today,
        },
    )
    facts: dict[str, Any] = {
        "year": year,
        "members": figures.members,
        "yuan": yuan(figures.collected_fen),
        "place": place.strip(),
    }
    at(act, PUBLISHED, (KIND, id), unit.path, **facts)
    return id


async def withdraw(act: Act, id: UUID, reason: str) -> None:
    """Withdraw a publication that states something wrong; it stays readable."""
    found = await store.publication(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id)
    act.require(actions.PUBLISH, unit.path, seen_by=ORGANIZATION_READ)
    await people.hold_unit(act.session, act.tenant_id, unit.id)
    found = await store.publication(act.session, act.tenant_id, id)
    refuse(rules.withdrawing_refusals(found.withdrawn_on, reason))
    await store.withdraw(act.session, act.tenant_id, id, on=act.today, reason=reason.strip())
    facts = {"year": found.year, "reason": reason.strip()}
    at(act, PUBLICATION_WITHDRAWN, (KIND, id), unit.path, **facts)
