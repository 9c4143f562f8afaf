"""An act recounts what is counted from the tables that it wrote, and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, literal_column, select, text, update

from zhibu.act import Act
from zhibu.contributions import Figure
from zhibu.figures.core import FIGURES, MEMBERS, ORGANIZATIONS
from zhibu.figures.counting import decided_by
from zhibu.figures.tables import KeptFigure
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage import written
from zhibu.storage.fixed import Fixed, run
from zhibu.testing.counting import statements
from zhibu.testing.house import Institution

KEPT: Any = KeptFigure.__table__
MEMBER: Any = Member.__table__
NOTED = Fixed(
    update(MEMBER).where(MEMBER.c.tenant_id == bindparam("tenant")).values(note=bindparam("noted"))
)
Write = Callable[[Act], Awaitable[Any]]


async def by_statement(act: Act) -> None:
    await act.session.execute(
        update(Member)
        .where(Member.tenant_id == act.tenant_id)
        .values(note="核对")
        .execution_options(synchronize_session=False)
    )


async def by_connection(act: Act) -> None:
    connection = await act.session.connection()
    await connection.execute(update(MEMBER).values(note="核对"))


async def by_fixed_statement(act: Act) -> None:
    await run(act.session, NOTED(tenant=act.tenant_id, noted="核对"))


async def by_text(act: Act) -> None:
    await act.session.execute(text("UPDATE core_member SET note = '核对'"))


async def by_nothing(act: Act) -> None:
    await act.session.execute(select(Member.id).where(Member.tenant_id == act.tenant_id))


async def falsified(institution: Institution) -> None:
    async with institution.operator() as act:
        await act.session.execute(
            update(KEPT)
            .where(KEPT.c.tenant_id == act.tenant_id, KEPT.c.path == branch(institution).path)
            .values(value=99)
        )


def branch(institution: Institution) -> Any:
    return institution.units["branch"]


async def kept(institution: Institution) -> dict[str, int]:
    async with institution.operator() as act:
        query = select(KEPT.c.name, KEPT.c.value).where(
            KEPT.c.tenant_id == act.tenant_id, KEPT.c.path == branch(institution).path
        )
        return {name: value for name, value in await act.session.execute(query)}


@pytest.mark.parametrize(
    ("write", "members", "branches"),
    [
        (by_statement, 1, 99),
        (by_connection, 1, 99),
        (by_fixed_statement, 1, 99),
        (by_text, 1, 1),
        (by_nothing, 99, 99),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_what_is_counted_from_other_tables_is_left_alone(
    institution: Institution, write: Write, members: int, branches: int
) -> None:
    await institution.member("branch")
    await falsified(institution)
    with statements() as sent:
        async with institution.operator() as act:
            await write(act)
            act.touch(branch(institution).id)
    found = await kept(institution)
    assert (found["core.members"], found["core.branches"]) == (members, branches)
    assert any("INTO core_figure" in sql for sql in sent) is (members == 1)


async def test_each_transaction_takes_notes_of_its_own(institution: Institution) -> None:
    async with institution.operator() as act:
        await by_statement(act)
        async with act.session.begin_nested():
            await act.session.execute(
                update(Organization)
                .where(Organization.tenant_id == act.tenant_id)
                .values(short_name="支部")
                .execution_options(synchronize_session=False)
            )
        assert written.tables(act.session) == {"core_member", "core_organization"}
    async with institution.operator() as act:
        assert written.tables(act.session) == frozenset()


def test_a_unit_s_own_row_decides_every_figure_since_each_has_its_path() -> None:
    assert decided_by(FIGURES, frozenset({"core_organization"})) == FIGURES
    assert ORGANIZATIONS not in decided_by(FIGURES, frozenset({"core_member"}))
    assert MEMBERS in decided_by(FIGURES, frozenset({"core_member"}))


def test_a_figure_in_words_of_its_own_is_always_counted() -> None:
    column = literal_column("(SELECT count(*) FROM core_post)").label("value")
    worded = Figure(name="test.worded", per_organization=lambda _: select(Organization.id, column))
    assert decided_by([worded], frozenset({str(uuid4())})) == [worded]
