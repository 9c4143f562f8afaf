"""The workbook that sample can import: its columns, what is checked, and what is written."""

from collections.abc import Sequence

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
AT = {"title": "名称", "happened_on": "发生日期", "late_reason": "补录原因"}


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
        else:
            for error in service.refusals(act, _entry(row, member), member):
                faults.append(Fault.of(error, row.number, AT.get(error.path[0])))
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Record what is not recorded yet: the same file again changes nothing."""
    members = await _members(act, rows)
    decided = [(_entry(row, members[row["identity"]]), members[row["identity"]]) for row in rows]
    known = await store.known(act.session, act.tenant_id, [entry for entry, _ in decided])
    fresh = [(entry, member) for entry, member in decided if entry.key not in known]
    await service.write(act, fresh)
    return Written(created=len(fresh), unchanged=len(decided) - len(fresh))


async def _members(act: Act, rows: Sequence[Row]) -> dict[str, MemberFacts]:
    """Those of whom the caller may record something; the others are as if they were not there."""
    found = await member_by_identity(act, [row["identity"] for row in rows])
    return {
        identity: member
        for identity, member in found.items()
        if act.may(actions.WRITE, member.path, member.id)
    }


def _entry(row: Row, member: MemberFacts) -> Entry:
    return Entry(
        member_id=member.id,
        happened_on=row["happened_on"],
        title=row["title"],
        late_reason=row["late_reason"],
    )


SHEET = Sheet(
    name="sample",
    title="sample 记录",
    columns=COLUMNS,
    permission=actions.WRITE,
    key=("identity", "happened_on", "title"),
    check=check,
    write=write,
)
