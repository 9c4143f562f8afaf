"""The workbook of bases, 《党费基数申报表》: each waits until somebody else confirms it."""

from collections.abc import Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.errors import ZhibuError
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Row, Written
from zhibu_dues import actions
from zhibu_dues.rules.bases import Base, BaseState, Declaration
from zhibu_dues.service import bases as service
from zhibu_dues.sheets import columns
from zhibu_dues.sheets.people import People, people, person_fault
from zhibu_dues.store import bases as store
from zhibu_dues.store import people as people_store

TITLES = columns.titles(columns.BASES)
LIVE = (BaseState.DECLARED, BaseState.CONFIRMED)


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Every row that names nobody the caller may write of, or breaks a rule."""
    known = await people(act, rows, actions.DECLARE)
    members = {member.id for member in known.values()}
    found = await people_store.memberships(act.session, act.tenant_id, members)
    recorded = await _recorded(act, known)
    faults: list[Fault] = []
    for row in rows:
        if fault := person_fault(row, known):
            faults.append(fault)
            continue
        member, said = known[row["identity_number"]], _declaration(row)
        bases = recorded.get(member.id, [])
        if any(_same(base, said) for base in bases):
            continue
        confirmed = any(
            base.state is BaseState.CONFIRMED and base.declaration.year == said.year
            for base in bases
        )
        try:
            refusals = service.refusals(
                act, said, member.path, found[member.id][2], confirmed=confirmed
            )
        except ZhibuError as error:  # the standard itself cannot be read
            faults.append(Fault.of(error, row.number))
            continue
        faults += [Fault.of(each, row.number, TITLES.get(each.path[0])) for each in refusals]
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Declare what is not declared or confirmed yet; the same file again changes nothing."""
    known = await people(act, rows, actions.DECLARE)
    recorded = await _recorded(act, known)
    new = []
    for row in rows:
        member, said = known[row["identity_number"]], _declaration(row)
        if not any(_same(base, said) for base in recorded.get(member.id, ())):
            new.append((member, said))
    await service.add(act, new)
    return Written(created=len(new), unchanged=len(rows) - len(new))


async def _recorded(act: Act, known: People) -> dict[UUID, list[Base]]:
    found: dict[UUID, list[Base]] = {}
    members = {member.id for member in known.values()}
    for base in await store.of_members(act.session, act.tenant_id, members, LIVE):
        found.setdefault(base.member_id, []).append(base)
    return found


def _same(base: Base, said: Declaration) -> bool:
    """Whether a base says the same of the same months; why it did is its own affair."""
    was = base.declaration
    return (was.year, was.from_month, was.income, was.base_fen, was.chosen_fen) == (
        said.year,
        said.from_month,
        said.income,
        said.base_fen,
        said.chosen_fen,
    )


def _declaration(row: Row) -> Declaration:
    return Declaration(
        year=row["year"],
        from_month=row["from_month"],
        income=row["income"],
        base_fen=columns.fen(row["base_fen"]),
        chosen_fen=columns.fen(row["chosen_fen"]),
        reason=row["reason"],
    )


BASES = Sheet(
    name="dues_bases",
    title="党费基数申报表",
    columns=columns.BASES,
    permission=actions.DECLARE,
    key=("identity_number", "year", "from_month"),
    check=check,
    write=write,
)
