"""The workbook of meetings, 《组织生活台账》: what was held, also long ago."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, codes_of, organizations_by_code
from zhibu_organization_life import actions
from zhibu_organization_life.errors import RecordedDiffers, UnitUnknown
from zhibu_organization_life.rules import meetings as rules
from zhibu_organization_life.rules.catalogues import State
from zhibu_organization_life.rules.meetings import Details, Draft, Meeting
from zhibu_organization_life.service import amounts, exports, inviting, meetings
from zhibu_organization_life.sheets import columns
from zhibu_organization_life.store import meetings as store

DRAFTED = ("code", "kind", "title", "held_on", "hours")
TITLES = {column.key: column.title for column in columns.MEETINGS} | {"lecturer": "讲课人"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is recorded of everything that a file names, by code."""

    units: Mapping[str, Unit]
    meetings: Mapping[str, Meeting]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare the rows with the tree, the catalogue, and meetings that have the same code."""
    known = await _known(act, rows)
    faults: list[Fault] = []
    for row in rows:
        if not row.tells("organization"):
            continue
        unit = known.units.get(row["organization"])
        if unit is None or not act.may(actions.HOLD, unit.path):
            facts = {"organization": row["organization"]}
            faults.append(row.fault(UnitUnknown.code, "organization", **facts))
        elif row.tells(*DRAFTED):
            faults += await _faults(act, row, unit, known.meetings.get(row["code"]))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Enter the meetings that are not recorded; the same file again changes nothing."""
    known = await _known(act, rows)
    new: list[tuple[Unit, dict[str, Any]]] = []
    for row in rows:
        unit = known.units[row["organization"]]
        act.require(actions.HOLD, unit.path)
        if row["code"] not in known.meetings:
            draft = _draft(act, row, unit)
            new.append((unit, meetings.meeting_row(act, new_id(), draft, State.HELD)))
    await meetings.write(act, new)
    return Written(created=len(new), unchanged=len(rows) - len(new))


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The meetings at or below `filters["organization"]` in `filters["year"]`, by day."""
    chosen = await exports.chosen(act, filters, actions.READ, MEETINGS.name)
    found = [
        meeting
        for meeting in await store.meetings_below(
            act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
        )
        if meeting.state is State.HELD and act.may(actions.READ, meeting.path)
    ]
    codes = await codes_of(act, {meeting.organization_id for meeting in found})
    chosen.say(act, len(found))
    return [
        {
            "code": meeting.code,
            "organization": codes[meeting.organization_id],
            "kind": meeting.kind,
            "title": meeting.title,
            "held_on": meeting.held_on,
            "begins": meeting.details.begins,
            "place": meeting.details.place,
            "contents": "、".join(_labels(act, meeting)) or None,
            "lecturer": meeting.details.lecturer_name,
            "hours": meeting.details.hours,
            "late_reason": meeting.late_reason,
        }
        for meeting in found
    ]


async def _faults(act: Act, row: Row, unit: Unit, same: Meeting | None) -> list[Fault]:
    draft = _draft(act, row, unit)
    if same is not None:
        wanted = (same.organization_id, same.kind, same.title, same.held_on, same.details.hours)
        told = (unit.id, draft.kind, draft.details.title, row["held_on"], draft.details.hours)
        differs = same.state is not State.HELD or wanted != told
        return [row.fault(RecordedDiffers.code, "code", title=same.title)] if differs else []
    found = [
        *rules.draft_refusals(
            draft,
            unit_kind=unit.kind,
            held=True,
            today=act.today,
            rules=amounts.rules_of(act, row["held_on"], unit.path),
        ),
        *await inviting.standing_refusals(act, unit, row["held_on"]),
    ]
    return [Fault.of(each, row.number, TITLES[each.path[0]]) for each in found]


def _draft(act: Act, row: Row, unit: Unit) -> Draft:
    codes = {word["zh"]: word["code"] for word in amounts.contents(act, row["held_on"], unit.path)}
    told = [word.strip() for word in (row["contents"] or "").split("、") if word.strip()]
    return Draft(
        organization_id=unit.id,
        kind=row["kind"],
        code=row["code"],
        late_reason=row["late_reason"],
        details=Details(
            title=row["title"],
            held_on=row["held_on"],
            begins=row["begins"],
            place=row["place"],
            contents=tuple(codes.get(word, word) for word in told),
            lecturer_name=row["lecturer"],
            hours=row["hours"],
        ),
    )


def _labels(act: Act, meeting: Meeting) -> list[str]:
    words = amounts.contents(act, meeting.held_on, meeting.path)
    names = {word["code"]: word["zh"] for word in words}
    return [names.get(code, code) for code in meeting.details.contents]


async def _known(act: Act, rows: Sequence[Row]) -> Known:
    codes = {row["code"] for row in rows if row["code"]}
    hosts = {row["organization"] for row in rows if row["organization"]}
    return Known(
        units=await organizations_by_code(act, hosts),
        meetings=await store.meetings_by_code(act.session, act.tenant_id, codes, hold=True),
    )


MEETINGS = Sheet(
    name="organization_life_meetings",
    title="组织生活台账",
    columns=columns.MEETINGS,
    permission=actions.HOLD,
    key=("code",),
    partial=True,
    check=check,
    write=write,
    read=read,
)
