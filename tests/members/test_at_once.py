"""Two people act at the same moment: one is refused by name, and the register stays whole."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import func, select

from zhibu.act import Act
from zhibu.errors import Conflict, Refused
from zhibu.members import service
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import Kind, PostKind
from zhibu.organizations.tables import Organization, Post
from zhibu.testing.register import TODAY, Register, identity


async def at_once(register: Register, *does: Callable[[Act], Awaitable[Any]]) -> list[str]:
    """`done`, or the codes of what refused each."""

    async def one(do: Callable[[Act], Awaitable[Any]]) -> str:
        try:
            async with register.act() as act:
                await do(act)
                await asyncio.sleep(0.05)  # keeps the transaction open while the other arrives
        except Refused as refused:
            return ",".join(error.code for error in refused.errors)
        except Conflict as error:
            return error.code
        return "done"

    return sorted(await asyncio.gather(*(one(do) for do in does)))


async def counted(register: Register, *query: Any) -> Any:
    async with register.act() as act:
        return (await act.session.execute(select(*query))).scalar_one()


async def test_one_identity_number_is_registered_once(register: Register) -> None:
    entries = [register.entry(at, identity_number=identity(50)) for at in ("branch", "far")]
    told = await at_once(
        register,
        *(lambda act, e=entry: service.register(act, e, full=True) for entry in entries),
    )
    assert told == ["core.identity_taken", "done"]
    assert await counted(register, func.count(Member.id)) == 1


async def test_a_member_is_transferred_to_one_branch(register: Register) -> None:
    person = await register.member("branch")
    told = await at_once(
        register,
        *(
            lambda act, to=register.units[name].id: service.transfer(
                act, person.id, organization_id=to, on=TODAY, reason="调动"
            )
            for name in ("other", "far")
        ),
    )
    assert told == ["core.day_taken", "done"]
    assert await counted(register, func.count(Affiliation.id)) == 2


async def test_two_moves_do_not_make_a_circle(register: Register) -> None:
    async with register.act() as act:
        parent = register.units["district"].id
        a, b = [
            await organizations.create(
                act, parent_id=parent, code=code, name=code, kind=Kind.PARTY_COMMITTEE
            )
            for code in ("A", "B")
        ]
    told = await at_once(
        register,
        lambda act: organizations.move(act, a.id, parent_id=b.id, on=TODAY, reason="x"),
        lambda act: organizations.move(act, b.id, parent_id=a.id, on=TODAY, reason="x"),
    )
    assert told == ["core.move_under_itself", "done"]


async def test_nobody_is_admitted_into_a_branch_while_it_ends(register: Register) -> None:
    far = register.units["far"]
    told = await at_once(
        register,
        lambda act: organizations.dissolve(act, far.id, on=TODAY, reason="x"),
        lambda act: service.register(act, register.entry(far), full=True),
    )
    assert told in (["core.branch_ended", "done"], ["core.units_remain", "done"])
    orphans = (
        select(func.count(Member.id))
        .join(Organization, Organization.id == Member.organization_id)
        .where(Organization.ended_on.is_not(None))
    )
    async with register.act() as act:
        assert await act.session.scalar(orphans) == 0


async def test_a_member_entered_while_the_branch_moves_has_its_new_path(
    register: Register,
) -> None:
    units = register.units
    told = await at_once(
        register,
        lambda act: service.register(act, register.entry("branch"), full=True),
        lambda act: organizations.move(
            act, units["general"].id, parent_id=units["rival"].id, on=TODAY, reason="x"
        ),
    )
    assert told == ["done", "done"]
    path = await counted(register, Member.path)
    assert path.startswith(units["rival"].path)


async def test_one_secretary_is_appointed(register: Register) -> None:
    people = [await register.member("branch"), await register.member("branch")]
    told = await at_once(
        register,
        *(
            lambda act, who=person.id: organizations.appoint(
                act,
                organization_id=register.units["branch"].id,
                member_id=who,
                kind=PostKind.SECRETARY,
                since=TODAY,
            )
            for person in people
        ),
    )
    assert told == ["core.secretary_in_office", "done"]
    assert await counted(register, func.count(Post.id)) == 1
