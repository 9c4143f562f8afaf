"""The workbook of credits, 《学时登记表》: its hours wait until somebody else verifies them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Record, Row, Written
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, identity_numbers
from zhibu_education import actions
from zhibu_education.errors import RecordedDiffers
from zhibu_education.public import CREDIT_RECORDED
from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import Origin
from zhibu_education.service import amounts, catalogues, exports
from zhibu_education.service.credits import membership
from zhibu_education.service.rows import Entry, credit_event, credit_row
from zhibu_education.service.standings import hold, refresh
from zhibu_education.sheets import columns, words
from zhibu_education.sheets.people import People, people, person_fault
from zhibu_education.store import credits as store
from zhibu_education.store import exports as export_store

TITLES = columns.titles(columns.CREDITS)
CLAIMED = ("title", "hours", "form", "topic")  # without which there is no claim to judge
Key = tuple[UUID, date, str, str]


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare with the members, the catalogue, and all hours of a day in the file and before."""
    known = await people(act, rows, actions.RECORD)
    await hold(act, [member.id for member in known.values()])
    before = await _before(act, rows, known)
    day = await _days(act, rows, known)
    faults: list[Fault] = []
    for row in rows:
        if not row.tells("identity_number"):
            continue
        fault = person_fault(row, known)
        if fault is not None:
            faults.append(fault)
            continue
        if not row.tells("earned_on"):
            continue
        member = known[row["identity_number"]]
        codes = words.codes(act, row, row["earned_on"], member.path)
        if unknown := words.faults(act, row, codes, row["earned_on"], member.path):
            faults += unknown
        elif not row.tells(*CLAIMED):
            continue
        elif recorded := before.get(_key(row, member)):
            if row["hours"] not in recorded:
                facts = max(recorded)
                faults.append(row.fault(RecordedDiffers.code, "hours", recorded=facts))
        else:
            faults += _faults(act, row, member, day, codes)
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Record what was never recorded, corrected or void ones too; the rest stays as it is."""
    known = await people(act, rows, actions.RECORD)
    before = await _before(act, rows, known)
    new: list[tuple[MemberFacts, dict[str, Any]]] = []
    for row in rows:
        member = known[row["identity_number"]]
        if _key(row, member) not in before:
            new.append((member, _credit_row(act, row, member)))
    await store.add(act.session, act.tenant_id, [values for _, values in new])
    await refresh(act, {(member.id, values["year"]) for member, values in new}, held=True)
    for member, values in new:
        facts = {"hours": values["hours"], "title": values["title"], "on": values["earned_on"]}
        act.record(credit_event(CREDIT_RECORDED, values["id"], member, **facts))
    return Written(created=len(new), unchanged=len(rows) - len(new))


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The live credits outside of sessions, at or below an organization in a year, by day."""
    chosen = await exports.chosen(act, filters, actions.READ, CREDITS.name)
    credits = await export_store.credits_below(
        act.session, act.tenant_id, chosen.path, chosen.first, chosen.last
    )
    shown = await identity_numbers(act, {credit.member_id for credit in credits})
    found = [
        {
            "identity_number": shown[credit.member_id].number,
            "name": shown[credit.member_id].name,
            "earned_on": credit.earned_on,
            "title": credit.title,
            "hours": credit.hours,
            "form": credit.form,
            "evidence": credit.evidence,
            **words.labels(
                act,
                credit.earned_on,
                credit.path,
                topic=credit.topic,
                channel=credit.channel,
                kind=credit.kind,
            ),
        }
        for credit in credits
        if credit.member_id in shown and act.may(actions.READ, credit.path, credit.member_id)
    ]
    chosen.say(act, len(found))
    return found


def _faults(
    act: Act,
    row: Row,
    member: MemberFacts,
    day: defaultdict[tuple[UUID, date], Decimal],
    codes: Mapping[str, str | None],
) -> list[Fault]:
    on = row["earned_on"]
    refusals = [
        *catalogues.unknown_words(
            act,
            on,
            member.path,
            topic=str(codes["topic"]),
            form=row["form"],
            kind=codes["kind"],
            channel=codes["channel"],
        ),
        *rules.refusals(
            rules.Claim(earned_on=on, hours=row["hours"], title=row["title"], evidence=True),
            today=act.today,
            membership=membership(member),
            same_day=day[member.id, on],
            day_limit=amounts.day_limit(act, on, member.path),
            evidence_required=False,
        ),
    ]
    if not refusals and not row.faulty:
        day[member.id, on] += row["hours"]
    return [Fault.of(refusal, row.number, TITLES[refusal.path[0]]) for refusal in refusals]


def _credit_row(act: Act, row: Row, member: MemberFacts) -> dict[str, Any]:
    on = row["earned_on"]
    codes = words.codes(act, row, on, member.path)
    entry = Entry(
        earned_on=on,
        hours=row["hours"],
        form=row["form"],
        kind=codes["kind"],
        topic=str(codes["topic"]),
        title=row["title"],
        channel=codes["channel"],
        evidence=row["evidence"],
    )
    forms = amounts.forms_counted(act, on, member.path)
    counted = rules.counted(entry.form, entry.hours, forms)
    return credit_row(act, new_id(), member.id, entry, Origin.IMPORT, counted)


def _key(row: Row, member: MemberFacts) -> Key:
    return member.id, row["earned_on"], row["title"], row["form"]


async def _before(act: Act, rows: Sequence[Row], known: People) -> dict[Key, set[Decimal]]:
    """The hours of everything recorded of these members on the days of the file, in any state."""
    found: dict[Key, set[Decimal]] = defaultdict(set)
    days = [row["earned_on"] for row in rows if row["earned_on"]]
    if not days:
        return found
    ids = {member.id for member in known.values()}
    for credit in await store.credits_of_members(
        act.session, act.tenant_id, ids, min(days), max(days)
    ):
        found[credit.member_id, credit.earned_on, credit.title, credit.form].add(credit.hours)
    return dict(found)


async def _days(
    act: Act, rows: Sequence[Row], known: People
) -> defaultdict[tuple[UUID, date], Decimal]:
    ids = {member.id for member in known.values()}
    days = {row["earned_on"] for row in rows if row["earned_on"]}
    taken = await store.hours_on_days(act.session, act.tenant_id, ids, days)
    return defaultdict(Decimal, taken)


CREDITS = Sheet(
    name="education_credits",
    title="学时登记表",
    columns=columns.CREDITS,
    permission=actions.RECORD,
    key=("identity_number", "earned_on", "title", "form"),
    partial=True,
    check=check,
    write=write,
    read=read,
)
