"""What a case is made of as it is written: who takes him in, what he was told, what follows."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Refused
from zhibu.members.public import stages_on
from zhibu.organizations.public import organization_of, organizations_by_code
from zhibu_flow_members.errors import HostUnknown
from zhibu_flow_members.rules import cases as rules
from zhibu_flow_members.rules.values import (
    Bounds,
    Case,
    Host,
    Terms,
    Told,
    Verification,
    verification,
)
from zhibu_flow_members.service.amounts import limit

STAGES = ("full", "probationary")


async def host_of(act: Act, code: str | None, on: date) -> Host | None:
    """The organization with this code, held: who is named as host does not end meanwhile.

    Raises `HostUnknown` where none stands: names are public.
    """
    wanted = (code or "").strip()
    if not wanted:
        return None
    named = (await organizations_by_code(act, [wanted])).get(wanted)
    unit = await organization_of(act, named.id, seen_by=None, hold=True) if named else None
    if unit is None or unit.ended_on is not None:
        raise Refused([HostUnknown(path=("host",), host=wanted)])
    return Host(id=unit.id, path=unit.path, kind=unit.kind)


async def member_then(act: Act, member_id: UUID, on: date) -> bool:
    """Whether somebody was a member on a day, or is today where the day lies ahead."""
    stages = await stages_on(act, [member_id], min(on, act.today))
    return stages.get(member_id) in STAGES


def rehosted(known: Case, terms: Terms) -> dict[str, Any]:
    """Another organization verifies anew; what the former one verified is kept for its return."""
    kept: dict[str, Any] = dict(known.hosted)
    if known.verified_on is not None:
        said = {name: value for name, value in asdict(known.verification).items() if value}
        kept[str(known.terms.host_id)] = {name: str(value) for name, value in said.items()}
    found = verification(kept.pop(str(terms.host_id), {}))
    if found.arrived_on is not None and found.arrived_on < terms.since:
        found = Verification()
    return {**asdict(found), "hosted": kept or None}


def telling(
    act: Act, told: Told, path: str, since: date, *, again: bool, reason: str | None = None
) -> list[Any]:
    basis = limit(act, "flow_members.talk_escalation", path, since).basis
    return [
        *rules.telling_refusals(
            told, since=since, again=again, reason=reason, today=act.today, basis=basis
        )
    ]


def told_columns(told: Told) -> dict[str, Any]:
    return {
        "told_on": told.on,
        "requirements": told.requirements.strip(),
        "contact": told.contact.strip(),
        "told_late_reason": (told.late_reason or "").strip() or None,
    }


def columns(terms: Terms, bounds: Bounds) -> dict[str, Any]:
    return {
        **asdict(terms),
        "place": terms.place.strip(),
        "paper": rules.paper_for(terms, bounds),
        "floating_from": rules.floating_from(terms, bounds),
        "verify_by": terms.since + timedelta(days=bounds.verify_within.value),
    }
