"""What is decided about a member's year: exemptions with consent, and certificates."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year, year_refusals
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of
from zhibu_education import actions
from zhibu_education.public import (
    CERTIFICATE_ISSUED,
    CERTIFICATE_KEPT,
    CERTIFICATE_VOIDED,
    EXEMPTED,
    EXEMPTION_ENDED,
)
from zhibu_education.rules import records as rules
from zhibu_education.rules.catalogues import ExemptionGround
from zhibu_education.rules.certificates import keep_refusals
from zhibu_education.service import amounts
from zhibu_education.service.rows import event
from zhibu_education.service.standings import hold, refresh
from zhibu_education.store import certificates as covering
from zhibu_education.store import records as store


async def exempt(
    act: Act, member_id: UUID, year: int, ground: ExemptionGround, consent: str
) -> None:
    """Exempt an elderly or ill member from a year's hours, with the consent it rests on."""
    member = await member_of(act, member_id)
    act.require(actions.EXEMPT, member.path)
    await hold(act, [member_id])
    refuse(
        rules.exemption_refusals(
            ground=ground,
            allowed=amounts.exempt_grounds(act, checked_year(year), member.path),
            consent=consent,
            year=year,
            exempt=await store.exempt(act.session, act.tenant_id, member_id, year),
            own=member_id == act.caller.member_id,
        )
    )
    row = {
        "id": new_id(),
        "member_id": member_id,
        "year": year,
        "ground": ground,
        "consent": consent,
        "granted_on": act.today,
        "granted_by": act.caller.account_id,
    }
    await store.add(act.session, act.tenant_id, store.Exemption, row)
    await refresh(act, {(member_id, year)}, held=True)
    _say(act, EXEMPTED, ("EducationExemption", row["id"]), member, year=year, consent=consent)


async def end_exemption(act: Act, exemption_id: UUID, reason: str) -> UUID:
    """End an exemption; the member is held to the hours again. Answers the member."""
    exemption = await _row(act, store.Exemption, exemption_id)
    member = await member_of(act, exemption["member_id"])
    act.require(actions.EXEMPT, member.path)
    refuse(rules.exemption_end_refusals(reason=reason, ended_on=exemption["ended_on"]))
    values = {"ended_on": act.today, "ended_reason": reason}
    await store.change(act.session, act.tenant_id, store.Exemption, exemption_id, values)
    await refresh(act, {(member.id, exemption["year"])})
    about = ("EducationExemption", exemption_id)
    _say(act, EXEMPTION_ENDED, about, member, year=exemption["year"], reason=reason)
    return member.id


async def issue_certificate(act: Act, member_id: UUID, year: int) -> UUID:
    """Issue the numbered certificate of a year whose hours were reached."""
    member = await member_of(act, member_id)
    act.require(actions.CERTIFY, member.path)
    refuse(year_refusals(year))
    await refresh(act, {(member_id, year)})
    hours = await store.hours_of(act.session, act.tenant_id, member_id, year)
    issued = await store.serial_issued(act.session, act.tenant_id, member_id, year)
    refuse(rules.certificate_refusals(hours, issued=issued))
    serial = await store.last_serial(act.session, act.tenant_id, year) + 1
    row: dict[str, Any] = {
        "id": new_id(),
        "member_id": member_id,
        "year": year,
        "serial": serial,
        "hours": hours.verified,
        "issued_on": act.today,
    }
    await store.add(act.session, act.tenant_id, store.Certificate, row)
    about = ("EducationCertificate", row["id"])
    _say(act, CERTIFICATE_ISSUED, about, member, year=year, serial=serial)
    certificate: UUID = row["id"]
    return certificate


async def void_certificate(act: Act, certificate_id: UUID, reason: str) -> None:
    """Void a certificate; its number is not given out again."""
    certificate = await _row(act, store.Certificate, certificate_id)
    member = await member_of(act, certificate["member_id"])
    act.require(actions.CERTIFY, member.path)
    refuse(rules.certificate_void_refusals(reason=reason, voided_on=certificate["voided_on"]))
    values = {"voided_on": act.today, "void_reason": reason, "uncovered_on": None}
    await store.change(act.session, act.tenant_id, store.Certificate, certificate_id, values)
    about = ("EducationCertificate", certificate_id)
    _say(act, CERTIFICATE_VOIDED, about, member, serial=certificate["serial"], reason=reason)


async def keep_certificate(act: Act, certificate_id: UUID, reason: str) -> None:
    """Let a certificate stand although fewer hours count than it says, or than are needed now.

    For these numbers: if they get worse, it waits for a decision again.
    """
    certificate = await _row(act, store.Certificate, certificate_id)
    member = await member_of(act, certificate["member_id"])
    act.require(actions.CERTIFY, member.path)
    year = certificate["year"]
    await refresh(act, {(member.id, year)})
    found = await covering.certificate(act.session, act.tenant_id, certificate_id)
    assert found is not None
    refuse(keep_refusals(found, reason=reason, voided_on=certificate["voided_on"]))
    hours = await store.hours_of(act.session, act.tenant_id, member.id, year)
    values = {
        "uncovered_on": None,
        "kept_on": act.today,
        "kept_reason": reason,
        "kept_verified": hours.verified,
        "kept_required": hours.required,
    }
    await store.change(act.session, act.tenant_id, store.Certificate, certificate_id, values)
    about = ("EducationCertificate", certificate_id)
    facts = {"serial": found.serial, "verified": hours.verified, "required": hours.required}
    _say(act, CERTIFICATE_KEPT, about, member, **facts, reason=reason)


async def _row(act: Act, table: Any, id: UUID) -> dict[str, Any]:
    found = await store.row(act.session, act.tenant_id, table, id)
    if found is None:
        raise NotFound()
    return found


def _say(act: Act, name: str, about: tuple[str, Any], member: MemberFacts, **facts: Any) -> None:
    act.record(event(name, about, member.path, member.id, **facts))
