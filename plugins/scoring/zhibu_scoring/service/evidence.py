"""What a member's year rests on beside points: attendance, what records suggest, the five ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.members.public import MemberFacts, MemberKind
from zhibu_organization_life.asking import Engaged, Presence, engaged_of
from zhibu_scoring.rules import evidence as rules
from zhibu_scoring.rules.entries import State
from zhibu_scoring.rules.evidence import Found, Target, Terms
from zhibu_scoring.rules.help import handling_suggested
from zhibu_scoring.service.helping import lows_of
from zhibu_scoring.service.homes import read_in
from zhibu_scoring.service.proposing import marks_of, records_of
from zhibu_scoring.store import branches, entries, people

HONOURS = "commended_"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A member's year beside his points; the five ones are of members in service."""

    attended: int
    least: int
    basis: str
    found: tuple[Found, ...]
    targets: Mapping[Target, bool]


async def of(act: Act, member_id: UUID, year: int) -> Evidence:
    """What is recorded of a member, for whoever may read his points."""
    member = await read_in(act, member_id, checked_year(year))
    records = await records_of(act, [member], year)
    before = await records_of(act, [member], year - 1)
    leading = member.id in await people.leading(act.session, act.tenant_id, [member.id], year)
    day = min(act.today, date(year, 12, 31))
    least = act.parameters.value("scoring.attendance_least", member.path, day)
    terms = Terms(
        least=rules.least_of(
            least.value or (), leading=leading, retired=member.kind is MemberKind.RETIRED
        ),
        absent_months=act.parameters.whole("scoring.absent_months", member.path, day) or 0,
        owing_months=act.parameters.whole("scoring.owing_months", member.path, day) or 0,
    )
    marks = [*marks_of(member.id, before), *marks_of(member.id, records)]
    owing = [
        each.month
        for part in (before, records)
        for each in part.late.get(member.id, ())
        if each.settled_on is None
    ]
    helps = await branches.helps_of(act.session, act.tenant_id, [member.id])
    in_a_row = act.parameters.whole("scoring.low_years", member.path, day) or 0
    lows = await lows_of(act, member.id, year, in_a_row)
    handling = handling_suggested(year, lows, helps, in_a_row=in_a_row)
    return Evidence(
        attended=sum(
            each.presence is Presence.PRESENT for each in records.marks.get(member.id, ())
        ),
        least=terms.least,
        basis=str(least.basis),
        found=tuple(rules.suggested(marks, owing, terms, handling=handling)),
        targets=await _targets(act, member, year),
    )


async def _targets(act: Act, member: MemberFacts, year: int) -> Mapping[Target, bool]:
    """Which of the five ones a member in service reached in the year (S4-08)."""
    if member.kind is not MemberKind.IN_SERVICE:
        return {}
    known = await entries.of_year(act.session, act.tenant_id, member.id, year)
    counts = [each for each in known if each.state is State.APPROVED]
    taken_back = {each.reverses for each in counts}
    items = {e.entry.item for e in counts if e.reverses is None and e.id not in taken_back}
    taken = await engaged_of(act, member, year)
    honoured = any(item.startswith(HONOURS) for item in items)
    return {
        Target.DEMONSTRATION_POST: Engaged.DEMONSTRATION_POST in taken,
        Target.PIONEER: honoured or Engaged.PLEDGE in taken,
        Target.PUBLIC_SERVICE: Engaged.VOLUNTEER in taken or "public_benefit" in items,
        Target.SUGGESTION: "suggestion" in items,
        Target.CARE: Engaged.LINK_MASSES in taken,
    }
