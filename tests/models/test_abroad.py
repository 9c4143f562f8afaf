"""Stopped, restored, retained abroad, away for a time, transferred: one branch answers for each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from sqlalchemy import select
from tests.models.walking import Walk, World, finds, walk

from zhibu.accounts.principals import system_caller
from zhibu.act import Act
from zhibu.members.rules import MemberKind
from zhibu.members.service import Entry, register
from zhibu.members.tables import Affiliation, Member
from zhibu.procedures.service import deciding
from zhibu.procedures.tables import ProcedureStep
from zhibu.testing.house import NOON, OPERATOR
from zhibu.testing.register import identity
from zhibu_flow_members.rules.papers import Certainty
from zhibu_flow_members.rules.values import Ending, Ground, Terms
from zhibu_flow_members.service import cases, endings
from zhibu_flow_members.tables import Case
from zhibu_transfers.rules.cases import Kind, Opening
from zhibu_transfers.rules.matters import Purpose, Retaining, StopGround, Stopping
from zhibu_transfers.rules.receipts import Arrival, FileCheck
from zhibu_transfers.service import arrivals, opening
from zhibu_transfers.service.memberships import asking, retaining
from zhibu_transfers.tables import TransfersMembership

IN_MEMORY, ON_DISK = 150, 60
BRANCHES = ("branch", "other")  # of one committee: no letter goes between them
SECRETARY = {"branch": "secretary", "other": "second"}
CHECKED = Arrival(check=FileCheck.SEEN)
NUMBERS = count()
_A, _M, _C, _S, _T = (
    table.__table__.c for table in (Affiliation, Member, Case, ProcedureStep, TransfersMembership)
)


@dataclass(eq=False)
class Somebody:
    """A member on paper: where he belongs since when; stopped since when; where he is away."""

    id: UUID
    branch: str
    since: date
    stopped: date | None = None
    changed: date = date(2018, 7, 1)
    away: UUID | None = None
    host: str | None = None
    stay: UUID | None = None
    stays: tuple[UUID, ...] = ()


class Abroad(Walk):
    """Decisions about memberships, temporary stays and transfers, of two members."""

    def __init__(self, world: World, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.world = world
        self.units = {name: world.institution.units[name].id for name in BRANCHES}
        self.names = {id: name for name, id in self.units.items()}

    @property
    def today(self) -> date:
        return self.world.institution.house.now.date()

    def begin(self, draw: Any) -> None:
        self.world.institution.house.now = NOON
        self.people = [self.registered(draw) for _ in range(2)]
        self.passing(draw)

    def registered(self, draw: Any) -> Somebody:
        branch, number = draw(st.sampled_from(BRANCHES)), next(NUMBERS)
        entry = Entry(
            organization_id=self.units[branch],
            name="某",
            identity_number=identity(100 + number % 900, born=date(1955 + number // 900, 3, 1)),
            kind=MemberKind.IN_SERVICE,
            admitted_on=date(2018, 7, 1),
        )
        made = self.world.may("operator", lambda act: register(act, entry, full=True))
        assert made is not None
        return Somebody(made.id, branch, entry.admitted_on)

    def likely(self) -> Sequence[str]:
        return (
            *("stopping", "restoring", "retaining", "returning", "leaving_again"),
            *("going", "coming_back", "transferring", "transferring", "passing"),
        )

    def who(self, draw: Any) -> Somebody:
        found: Somebody = draw(st.sampled_from(self.people))
        return found

    def stopping(self, draw: Any) -> None:
        who = self.who(draw)
        wanted = Stopping(
            ground=StopGround.SETTLED, since=date(2020, 1, 1), place="香港", reason="定居"
        )
        if who.changed == self.today:  # the register takes one change of a day
            return self.passing(draw)
        expected = who.stopped is None
        asked = self.own(who, lambda act: asking.propose_stop(act, who.id, wanted))
        done = self.decided(asked, "officer", "district")
        if expected:
            who.stopped = who.changed = self.today
        self.agree("stop", expected, done)

    def restoring(self, draw: Any) -> None:
        who = self.who(draw)
        if who.changed == self.today:
            return self.passing(draw)
        expected = who.stopped is not None
        asked = self.own(
            who, lambda act: asking.ask_restore(act, who.id, reason="回国", dues_settled=True)
        )
        done = self.decided(asked, SECRETARY[who.branch], "officer", "district")
        if expected:
            who.stopped, who.changed = None, self.today
        self.agree("restore", expected, done)

    def retaining(self, draw: Any) -> None:
        who = self.who(draw)
        wanted = Retaining(purpose=Purpose.STUDY, place="新加坡", since=self.today, reason="留学")
        expected = who.stopped is None and who.stay is None
        asked = self.own(who, lambda act: asking.ask_retain(act, who.id, wanted))
        done = self.decided(asked, SECRETARY[who.branch], "officer")
        if expected:
            who.stay = self.matter(asked)
            who.stays = (*who.stays, who.stay)
        self.agree("retain", expected, done)

    def returning(self, draw: Any) -> None:
        who = self.who(draw)
        expected = who.stay is not None and who.stopped is None
        matter = who.stays[-1] if who.stays else who.id
        given: Any = {"on": None, "note": None, "late_reason": None, "version": None}
        done = self.did("operator", lambda act: retaining.come_back(act, matter, **given))
        if expected:
            who.stay = None
        self.agree("return", expected, done)

    def leaving_again(self, draw: Any) -> None:
        who = self.who(draw)
        matter = draw(st.sampled_from(who.stays or (who.id,)))
        expected = matter in who.stays and who.stay is None
        done = self.did(
            "operator",
            lambda act: retaining.leave_again(act, matter, reason="误登", version=None),
        )
        if expected:
            who.stay = matter
            who.stays = (*(each for each in who.stays if each != matter), matter)
        self.agree("leave again", expected, done)

    def going(self, draw: Any) -> None:
        who, host = self.who(draw), draw(st.sampled_from(BRANCHES))
        terms = Terms(
            ground=Ground.LABOUR,
            place="江州市",
            certainty=Certainty.FIXED,
            since=self.today,
            until=self.today + timedelta(60),
        )
        expected = who.stopped is None and who.away is None and host != who.branch
        code = self.world.institution.units[host].code
        made = self.world.may(
            "operator", lambda act: cases.record(act, who.id, terms, host_code=code)
        )
        if expected:
            who.away, who.host = made, host
        self.agree("go", expected, made is not None)

    def coming_back(self, draw: Any) -> None:
        who = self.who(draw)
        case, expected = who.away or who.id, who.away is not None
        done = self.did("operator", lambda act: endings.end(act, case, self.today, Ending.RETURNED))
        if expected:
            who.away = who.host = None
        self.agree("come back", expected, done)

    def transferring(self, draw: Any) -> None:
        """Opened and accepted on the spot: within one committee there is no letter."""
        who, to = self.who(draw), draw(st.sampled_from(BRANCHES))
        expected = who.stopped is None and to != who.branch and who.since < self.today
        given = Opening(
            kind=Kind.WITHIN, member_id=who.id, to_id=self.units[to], reason="work", note=None
        )

        async def moved(act: Act) -> None:
            await arrivals.accept(act, await opening.open(act, given), CHECKED)

        done = self.did("operator", moved)
        if expected:
            who.branch, who.since = to, self.today
            if who.host == to:  # who is transferred to his host is away no more
                who.away = who.host = None
        self.agree("transfer", expected, done)

    def passing(self, draw: Any) -> None:
        self.world.institution.house.now += timedelta(draw(st.integers(1, 3)))
        self.agree("pass", True, True)

    def own(self, who: Somebody, use: Any) -> UUID | None:
        """What the member asks himself; the procedure."""
        self.world.callers["self"] = replace(self.world.callers["operator"], member_id=who.id)
        found: UUID | None = self.world.may("self", use)
        return found

    def decided(self, procedure: UUID | None, *logins: str) -> bool:
        """Whether it was asked, and all these decided it."""
        if procedure is None:
            return False
        for login in logins:

            async def approve(act: Act) -> UUID:
                step = await act.session.scalar(
                    select(_S.id).where(
                        _S.tenant_id == act.tenant_id,
                        _S.procedure_id == procedure,
                        _S.done_at.is_(None),
                    )
                )
                assert step is not None
                return await deciding.decide(act, step, approve=True)

            assert self.world.may(login, approve) is not None, login
        return True

    def matter(self, procedure: UUID | None) -> UUID:
        async def found(act: Act) -> UUID:
            id = await act.session.scalar(select(_T.id).where(_T.procedure_id == procedure))
            assert id is not None
            return id

        made = self.world.may("operator", found)
        assert made is not None
        return made

    def did(self, login: str, use: Any) -> bool:
        async def done(act: Act) -> bool:
            await use(act)
            return True

        return self.world.may(login, done) is not None

    def agree(self, what: str, expected: bool, found: bool) -> None:
        """The same was allowed, and what stands in the database is what stands on paper."""
        standing = self.world.may("operator", self._standing)
        assert standing == {
            who.id: (
                [who.branch],
                "full" if who.stopped is None else "stopped",
                [who.away] if who.away else [],
                [who.stay] if who.stay else [],
            )
            for who in self.people
        }, what
        self.same(what, expected, found)

    async def _standing(self, act: Act) -> dict[UUID, Any]:
        """Of each member every branch that answers, the stage, every stay that is not over."""
        found: dict[UUID, Any] = {}

        async def all_of(column: Any, *where: Any) -> list[Any]:
            tenant = column.table.c.tenant_id == act.tenant_id
            return [*await act.session.scalars(select(column).where(tenant, *where))]

        for who in self.people:
            homes = await all_of(_A.organization_id, _A.member_id == who.id, _A.until.is_(None))
            [stage] = await all_of(_M.stage, _M.id == who.id)
            away = await all_of(_C.id, _C.member_id == who.id, _C.ended_on.is_(None))
            kept = await all_of(
                _T.id,
                _T.member_id == who.id,
                _T.matter == "retain",
                _T.standing == "granted",
                _T.returned_on.is_(None),
            )
            found[who.id] = ([self.names[home] for home in homes], stage, away, kept)
        return found


def ready(world: World) -> World:
    """The other branch has a secretary too."""
    world.run(world.institution.account("second", "branch_secretary", "other"))
    world.meet()
    today = world.institution.house.now.date()
    world.callers["operator"] = system_caller(today, "test", *OPERATOR)
    return world


@pytest.mark.clause("S2-18", "S3D-20", "S0-16")
def test_one_branch_answers_for_each_member_whatever_is_decided_and_wherever_he_is(
    world: World,
) -> None:
    ready(world)

    def make(tally: Counter[str]) -> Abroad:
        return Abroad(world, tally)

    tally = walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            tally = walk(make, IN_MEMORY)
        for what in ("stop", "restore", "retain", "return", "go", "transfer"):
            assert tally[f"{what} True"] > 1, tally
            assert tally[f"{what} False"] > 1, tally


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_guard_that_is_taken_away_is_missed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(world)
    monkeypatch.setattr("zhibu_transfers.rules.retaining.retaining_refusals", lambda *_, **__: [])
    with world.in_memory():
        assert finds(lambda tally: Abroad(world, tally), 300)
