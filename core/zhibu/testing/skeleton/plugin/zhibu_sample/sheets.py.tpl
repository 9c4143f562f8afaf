"""The workbook that can be imported: its columns, what is checked, and what is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.kinds import Date, Identity, Name, Text
from zhibu.forms.rows import Row, Written
from zhibu.members.public import MemberFacts, member_by_identity
from zhibu_sample import actions, service, store
from zhibu_sample.rules import Entry

COLUMNS = (
    Column("identity", "身份证号", Identity(), required=True, aliases=("公民身份号码",)),
    Column("name", "姓名", Name(), required=True, example="张三"),
    Column("happened_on", "发生日期", Date(future=False), required=True, example="2026年3月1日"),
    Column("title", "名称", Text(limit=100), required=True),
    Column("late_reason", "补录原因", Text(limit=200)),
)
HEADINGS = {column.key: column.title for column in COLUMNS}
OF_MEMBER = ("identity", "name")  # every other key is the name of a field of Entry


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Every row that names nobody the caller may write about, somebody else, or breaks a rule."""
    members = await _members(act, rows)
    faults: list[Fault] = []
    for row in rows:
        member = members.get(row["identity"])
        if member is None:
            faults.append(row.fault("sample.member_unknown", "identity"))
        elif member.name != row["name"]:
            faults.append(row.fault("sample.name_differs", "name"))
    wrong = {fault.row for fault in faults}
    for line in await _lines(act, [row for row in rows if row.number not in wrong], members):
        if not line.stands:  # what is recorded already was judged when it was
            for error in service.refusals(act, line.entry, line.member):
                faults.append(Fault.of(error, line.number, HEADINGS.get(error.path[0])))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Record what is new and change what differs: the same file again changes nothing."""
    lines = await _lines(act, rows, await _members(act, rows))
    fresh = [(line.entry, line.member) for line in lines if line.before is None]
    await service.add(act, fresh)
    other = {
        line.before.id: (line.entry, line.member)
        for line in lines
        if line.before and not line.stands
    }
    await service.change(act, other)
    unchanged = len(lines) - len(fresh) - len(other)
    return Written(created=len(fresh), updated=len(other), unchanged=unchanged)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row as an entry of a member, and what is recorded under its key before."""

    number: int
    entry: Entry
    member: MemberFacts
    before: store.Recorded | None

    @property
    def stands(self) -> bool:
        return self.before is not None and self.before.entry == self.entry


async def _lines(act: Act, rows: Sequence[Row], members: Mapping[str, MemberFacts]) -> list[Line]:
    """The rows with what they meet; a column that the file lacks leaves its value as it is."""
    told = [{key: row[key] for key in row if key not in OF_MEMBER} for row in rows]
    of = [members[row["identity"]] for row in rows]
    entries = [Entry(member_id=m.id, **said) for m, said in zip(of, told, strict=True)]
    known = await store.recorded(act.session, act.tenant_id, entries)
    found = []
    for row, member, entry, said in zip(rows, of, entries, told, strict=True):
        before = known.get(entry.key)
        after = replace(before.entry, **said) if before else entry
        found.append(Line(number=row.number, entry=after, member=member, before=before))
    return found


async def _members(act: Act, rows: Sequence[Row]) -> dict[str, MemberFacts]:
    """Those of whom the caller may record something; the others are as if they were not there."""
    found = await member_by_identity(act, [row["identity"] for row in rows])
    return {
        identity: member
        for identity, member in found.items()
        if act.may(actions.WRITE, member.path, member.id)
    }


SHEET = Sheet(
    name="sample",
    title="sample 记录",
    columns=COLUMNS,
    permission=actions.WRITE,
    key=("identity", "happened_on", "title"),
    check=check,
    write=write,
)
