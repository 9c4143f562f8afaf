"""An organization's training funds: earmarked, spent, corrected, and what is left (S2-31)."""

from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year, year_of, year_refusals
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_education import actions
from zhibu_education.errors import ReferenceUnknown
from zhibu_education.public import FUNDS_EARMARKED, FUNDS_SPENT, FUNDS_VOIDED
from zhibu_education.rules import funds as rules
from zhibu_education.service.rows import event
from zhibu_education.store import funds as store
from zhibu_education.store import sessions as session_store

PURPOSES = "education.fund_purposes"


async def record(
    act: Act, organization_id: UUID, entry: rules.Entry, session_id: UUID | None = None
) -> UUID:
    """Earmark funds of a year for a purpose, or record what they were spent on."""
    unit = await organization_of(act, organization_id)
    act.require(actions.FUND, unit.path)
    refuse(year_refusals(entry.on.year, ("on",)))
    await store.hold(act.session, act.tenant_id, unit.id)
    funds = await store.funds(act.session, act.tenant_id, unit.id, entry.on.year)
    found = rules.entry_refusals(
        entry,
        today=act.today,
        purposes=purposes(act, unit, entry.on.year),
        fund=funds.get(entry.category or "", rules.Fund()),
    )
    refuse([*found, *await _unknown_session(act, unit, session_id)])
    id = new_id()
    row = {"id": id, "organization_id": unit.id, "year": entry.on.year, "session_id": session_id}
    await store.add(act.session, act.tenant_id, {**row, **vars(entry)})
    happened = FUNDS_EARMARKED if entry.kind == rules.BUDGET else FUNDS_SPENT
    _say(act, happened, id, unit, entry.fen, purpose=entry.purpose, category=entry.category)
    return id


async def void(act: Act, expense_id: UUID, reason: str) -> None:
    """Take back an entry made by mistake; it stays readable."""
    found = await store.entry(act.session, act.tenant_id, expense_id)
    if found is None:
        raise NotFound()
    unit = await organization_of(act, found.organization_id)
    act.require(actions.FUND, unit.path, seen_by=ORGANIZATION_READ)
    await store.hold(act.session, act.tenant_id, unit.id)
    found = await store.entry(act.session, act.tenant_id, expense_id)
    funds = await store.funds(act.session, act.tenant_id, unit.id, found.year)
    refuse(
        rules.void_refusals(
            kind=found.kind,
            fen=found.fen,
            reason=reason,
            voided_on=found.voided_on,
            fund=funds.get(found.category or "", rules.Fund()),
            basis=purposes(act, unit, found.year).basis,
        )
    )
    await store.void(act.session, act.tenant_id, expense_id, act.today, reason.strip())
    _say(act, FUNDS_VOIDED, expense_id, unit, found.fen, purpose=found.purpose, reason=reason)


async def of_year(act: Act, organization_id: UUID, year: int) -> dict[str, rules.Fund]:
    """What an organization has for each purpose in force, and for whatever else it has entries."""
    unit = await organization_of(act, organization_id)
    act.require(actions.FUND_READ, unit.path, seen_by=ORGANIZATION_READ)
    known = purposes(act, unit, checked_year(year)).codes
    found = await store.funds(act.session, act.tenant_id, unit.id, year)
    return {code: found.get(code, rules.Fund()) for code in (*known, *sorted({*found} - {*known}))}


def purposes(act: Act, unit: Unit, year: int) -> rules.Purposes:
    """What funds of a year may be used for, by the catalogue in force at the unit."""
    value = act.parameters.value(PURPOSES, unit.path, year_of(year)[1])
    return rules.Purposes(
        codes=tuple(word["code"] for word in value.value or ()), basis=value.basis
    )


async def _unknown_session(act: Act, unit: Unit, session_id: UUID | None) -> list[ReferenceUnknown]:
    """Money is spent on sessions at or below the organization whose money it is."""
    if session_id is None:
        return []
    session = await session_store.session_of(act.session, act.tenant_id, session_id)
    if session is not None and session.path.startswith(unit.path):
        return []
    return [ReferenceUnknown(path=("session",))]


def _say(act: Act, happened: str, id: UUID, unit: Unit, fen: int, **facts: str | None) -> None:
    about = ("EducationExpense", id)
    act.record(event(happened, about, unit.path, fen=fen, yuan=rules.yuan(fen), **facts))
