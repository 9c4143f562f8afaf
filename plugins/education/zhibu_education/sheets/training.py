"""The workbook of training sessions, 《培训班次（活动）台账》.

Its sessions are past, so they come late by their nature: the import itself is the late reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, codes_of, organizations_by_code
from zhibu_education import actions
from zhibu_education.errors import RecordedDiffers, SessionSettled, UnitUnknown
from zhibu_education.public import SESSION_CHANGED
from zhibu_education.rules.catalogues import LECTURES, SessionState
from zhibu_education.rules.sessions import Draft, Session
from zhibu_education.service import exports, sessions
from zhibu_education.service.rows import event
from zhibu_education.sheets import columns, words
from zhibu_education.store import sessions as store

IMPORTED = "导入"
DRAFTED = ("code", "title", "hours", "form", "topic")  # without which there is nothing to judge
TITLES = columns.titles(columns.TRAINING, held_on="日期")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What is recorded of everything that a file names, by code."""

    units: Mapping[str, Unit]
    sessions: Mapping[str, Session]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare the rows with the tree, the catalogue, and sessions that have the same code."""
    known = await _recorded(act, rows)
    faults: list[Fault] = []
    for row in rows:
        if not row.tells("organization"):
            continue
        unit = known.units.get(row["organization"])
        if unit is None or not act.may(actions.HOLD, unit.path):
            facts = {"organization": row["organization"]}
            faults.append(row.fault(UnitUnknown.code, "organization", **facts))
            continue
        if not row.tells("held_on"):
            continue
        codes = words.codes(act, row, row["held_on"], unit.path)
        if unknown := words.faults(act, row, codes, row["held_on"], unit.path):
            faults += unknown
            continue
        if not row.tells(*DRAFTED):
            continue
        draft = _draft(row, unit, codes)
        same = known.sessions.get(row["code"])
        if same is not None:
            faults += _differences(row, draft, same)
            continue
        refusals = sessions.refusals(act, draft, unit, SessionState.HELD)
        faults += [Fault.of(each, row.number, TITLES[each.path[0]]) for each in refusals]
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Enter the sessions that are not recorded; of the others, what may change without harm."""
    known = await _recorded(act, rows)
    lecturers = await _lecturers(act, rows, known)
    new: list[tuple[Unit, dict[str, Any]]] = []
    changes: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        unit = known.units[row["organization"]]
        act.require(actions.HOLD, unit.path)
        codes = words.codes(act, row, row["held_on"], unit.path)
        draft = _draft(row, unit, codes, lecturers.get(row["code"]))
        same = known.sessions.get(row["code"])
        if same is None:
            values = sessions.session_row(act, new_id(), row["code"], draft, SessionState.HELD)
            new.append((unit, values))
        elif changed := _changes(row, draft, same):
            changes[same.id] = changed
            about = ("EducationSession", same.id)
            act.record(event(SESSION_CHANGED, about, unit.path, title=draft.title, reason=IMPORTED))
    await sessions.write(act, new)
    await store.change(act.session, act.tenant_id, changes)
    unchanged = len(rows) - len(new) - len(changes)
    return Written(created=len(new), updated=len(changes), unchanged=unchanged)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The sessions at or below `filters["organization"]` in `filters["year"]`, by day."""
    chosen = await exports.chosen(act, filters, actions.PLAN_READ, TRAINING.name)
    found = [
        session
        for session in await store.sessions_below(
            act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
        )
        if session.withdrawn_on is None and act.may(actions.PLAN_READ, session.path)
    ]
    codes = await codes_of(act, {session.organization_id for session in found})
    chosen.say(act, len(found))
    return [
        {
            "code": session.code,
            "title": session.title,
            "organization": codes[session.organization_id],
            "held_on": session.held_on,
            "hours": session.hours,
            "form": session.form,
            "teacher": session.teacher_name,
            "place": session.place,
            **words.labels(
                act,
                session.held_on,
                session.path,
                topic=session.topic,
                channel=session.channel,
                kind=session.kind,
            ),
        }
        for session in found
    ]


def _draft(
    row: Row, unit: Unit, codes: Mapping[str, str | None], lecturer: UUID | None = None
) -> Draft:
    """The row as a session, with the codes of its words."""
    return Draft(
        organization_id=unit.id,
        title=row["title"],
        held_on=row["held_on"],
        hours=row["hours"],
        form=row["form"],
        kind=codes["kind"],
        topic=str(codes["topic"]),
        code=row["code"],
        channel=codes["channel"],
        place=row["place"],
        teacher_name=row["teacher"],
        lecturer_id=lecturer,
        late_reason=IMPORTED,
    )


def _differences(row: Row, draft: Draft, same: Session) -> list[Fault]:
    """What credits were given by is not changed by a file; a cancelled session is not revived."""
    if same.state is SessionState.CANCELLED:
        return [row.fault(SessionSettled.code, "code", state=same.state)]
    pairs: list[tuple[str, object, object]] = [
        ("organization", same.organization_id, draft.organization_id),
        ("held_on", same.held_on, draft.held_on),
        ("hours", same.hours, draft.hours),
        ("form", same.form, draft.form),
        ("topic", same.topic, draft.topic),
    ]
    return [
        row.fault(RecordedDiffers.code, key, recorded="—" if key == "organization" else recorded)
        for key, recorded, told in pairs
        if recorded != told
    ]


def _changes(row: Row, draft: Draft, same: Session) -> dict[str, Any]:
    told = {
        "title": ("title", draft.title),
        "place": ("place", draft.place),
        "channel": ("channel", draft.channel),
        "kind": ("kind", draft.kind),
        "teacher": ("teacher_name", draft.teacher_name),
    }
    changed = {
        column: value
        for key, (column, value) in told.items()
        if key in row and value != getattr(same, column)
    }
    if same.state is SessionState.PLANNED:
        changed["state"] = SessionState.HELD
    return changed


async def _lecturers(act: Act, rows: Sequence[Row], known: Recorded) -> dict[str, UUID]:
    """Who gave a Party lecture or report: the one member of that name below the host (S2-04)."""
    lectures = [row for row in rows if row["teacher"] and row["form"] in LECTURES]
    named = await store.members_named(
        act.session, act.tenant_id, {row["teacher"] for row in lectures}
    )
    found: dict[str, UUID] = {}
    for row in lectures:
        host = known.units[row["organization"]].path
        ids = [m.id for m in named if m.name == row["teacher"] and m.path.startswith(host)]
        if len(ids) == 1:
            found[row["code"]] = ids[0]
    return found


async def _recorded(act: Act, rows: Sequence[Row]) -> Recorded:
    codes = {row["code"] for row in rows if row["code"]}
    hosts = {row["organization"] for row in rows if row["organization"]}
    return Recorded(
        units=await organizations_by_code(act, hosts),
        sessions=await store.sessions_by_code(act.session, act.tenant_id, codes, hold=True),
    )


TRAINING = Sheet(
    name="education_training",
    title="培训班次（活动）台账",
    columns=columns.TRAINING,
    permission=actions.HOLD,
    key=("code",),
    partial=True,
    check=check,
    write=write,
    read=read,
)
