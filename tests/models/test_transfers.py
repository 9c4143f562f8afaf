"""Whatever is moved, lettered, refused, lost or expired: one branch answers for each member."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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
from zhibu.parameters import service as parameters
from zhibu.testing.house import NOON, OPERATOR
from zhibu.testing.register import identity
from zhibu_transfers.rules.cases import Finding, Kind, Opening
from zhibu_transfers.rules.letters import Fault, Replacing, Route, VoidCause
from zhibu_transfers.rules.receipts import Arrival, FileCheck, Means
from zhibu_transfers.service import arrivals, letters, opening, receipts, withdrawing
from zhibu_transfers.tables import TransfersCase, TransfersLetter

IN_MEMORY, ON_DISK = 400, 100
BRANCHES = ("branch", "other", "far")
COMMITTEE = {"branch": "committee", "other": "committee", "far": "rival"}
CHECKED = Arrival(check=FileCheck.SEEN)
NUMBERS = count()
_A, _M, _C, _L = (
    table.__table__.c for table in (Affiliation, Member, TransfersCase, TransfersLetter)
)


@dataclass(eq=False)
class Somebody:
    """A member on paper: the branch that answers, None once it is none of ours; since when."""

    id: UUID
    branch: str | None
    since: date


@dataclass(eq=False)
class Paper:
    """A transfer on paper, and the letter in force, by its last day."""

    id: UUID
    who: Somebody
    source: str
    to: str | None
    state: str = "opened"
    until: date | None = None

    @property
    def lettered(self) -> bool:
        return self.to is None or COMMITTEE[self.source] != COMMITTEE[self.to]

    @property
    def open(self) -> bool:
        return self.state in ("opened", "issued", "refused")


class Transfers(Walk):
    """Moves, letters, refusals, receipts and days that go by, of three members."""

    def __init__(self, world: World, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.world = world
        self.units = {name: world.institution.units[name].id for name in (*BRANCHES, "rival")}
        self.names = {id: name for name, id in self.units.items()}

    @property
    def today(self) -> date:
        return self.world.institution.house.now.date()

    def begin(self, draw: Any) -> None:
        self.world.institution.house.now = NOON
        self.papers: list[Paper] = []
        self.people = [self.registered(draw) for _ in range(3)]
        self.passing(draw)

    def registered(self, draw: Any) -> Somebody:
        branch, number = draw(st.sampled_from(BRANCHES)), next(NUMBERS)
        entry = Entry(
            organization_id=self.units[branch],
            name="某",
            identity_number=identity(100 + number % 900, born=date(1960 + number // 900, 3, 1)),
            kind=MemberKind.IN_SERVICE,
            admitted_on=date(2018, 7, 1),
        )
        made = self.world.may("operator", lambda act: register(act, entry, full=True))
        assert made is not None
        return Somebody(made.id, branch, entry.admitted_on)

    def likely(self) -> Sequence[str]:
        if not self.papers:
            return ["opening"]
        acts = ["opening", "going"] * 2 + ["issuing", "accepting"] * 5 + ["refusing"] * 2
        return [*acts, "reissuing", "receipt", "receipt", "tracing", "withdrawing", "passing"]

    def paper(self, draw: Any) -> Paper:
        return self.papers[-1 - draw(st.integers(0, min(len(self.papers), 4) - 1))]

    def opening(self, draw: Any) -> None:
        self._open(draw, draw(st.sampled_from(BRANCHES)))

    def going(self, draw: Any) -> None:
        self._open(draw, None)

    def _open(self, draw: Any, to: str | None) -> None:
        who = draw(st.sampled_from(self.people))
        busy = any(paper.open and paper.who is who for paper in self.papers)
        expected = who.branch is not None and to != who.branch and not busy
        kind = Kind.OUT if to is None else Kind.WITHIN
        given = Opening(
            kind=kind,
            member_id=who.id,
            to_id=self.units[to] if to else None,
            elsewhere=None if to else "海河市委组织部",
            reason="work",
        )
        made = self.world.may("operator", lambda act: opening.open(act, given))
        if expected and made is not None:
            assert who.branch is not None
            self.papers.append(Paper(made, who, who.branch, to))
        self.agree("open", expected, made is not None)

    def issuing(self, draw: Any) -> None:
        paper = self.paper(draw)
        expected = paper.open and paper.lettered and paper.until is None
        self._issue("issue", paper, None, expected)

    def reissuing(self, draw: Any) -> None:
        paper = self.paper(draw)
        expected = paper.open and paper.lettered and paper.until is not None
        replacing = Replacing(cause=VoidCause.LOST, fault=Fault.MEMBER, reason="遗失")
        self._issue("reissue", paper, replacing, expected)

    def _issue(self, what: str, paper: Paper, why: Replacing | None, expected: bool) -> None:
        wanted = letters.Wanted(route=Route.CITY, paid_to=self.today, days=3)
        done = self.did(lambda act: letters.issue(act, paper.id, wanted, why))
        if expected:
            paper.state, paper.until = "issued", self.today + timedelta(2)
        self.agree(what, expected, done)

    def accepting(self, draw: Any) -> None:
        paper, today = self.paper(draw), self.today
        expected = (
            paper.open
            and paper.to is not None
            and (not paper.lettered or (paper.until is not None and paper.until >= today))
            and paper.who.branch == paper.source
            and paper.who.since < today
        )
        done = self.did(lambda act: arrivals.accept(act, paper.id, CHECKED))
        if expected:
            paper.who.branch, paper.who.since = paper.to, today
            paper.state, paper.until = "accepted" if paper.lettered else "closed", None
        self.agree("accept", expected, done)

    def refusing(self, draw: Any) -> None:
        paper = self.paper(draw)
        expected = paper.to is not None and paper.state in ("opened", "issued")
        done = self.did(lambda act: arrivals.decline(act, paper.id, cause=None, reason="人手不足"))
        if expected:
            paper.state = "refused"
        self.agree("refuse", expected, done)

    def receipt(self, draw: Any) -> None:
        paper = self.paper(draw)
        leaves = self.leaves(paper)
        sent = paper.to is not None and paper.lettered  # saying it again puts it right
        expected = leaves or (sent and paper.state in ("accepted", "closed"))
        done = self.did(
            lambda act: receipts.receipt(act, paper.id, Means.POST, signer="海河市委组织部")
        )
        if leaves:
            self.left(paper)
        elif expected:
            paper.state = "closed"
        self.agree("receipt", expected, done)

    def tracing(self, draw: Any) -> None:
        paper = self.paper(draw)
        expected = self.leaves(paper)
        done = self.did(
            lambda act: receipts.trace(
                act,
                paper.id,
                Finding.SETTLED,
                found="已编入支部",
                proof="证明",
                settled_on=self.today,
            )
        )
        if expected:
            self.left(paper)
        self.agree("trace", expected, done)

    def withdrawing(self, draw: Any) -> None:
        paper = self.paper(draw)
        expected = paper.open
        done = self.did(lambda act: withdrawing.withdraw(act, paper.id, reason="不再调动"))
        if expected:
            paper.state, paper.until = "withdrawn", None
        self.agree("withdraw", expected, done)

    def passing(self, draw: Any) -> None:
        self.world.institution.house.now += timedelta(draw(st.integers(1, 3)))
        self.agree("pass", True, True)

    def leaves(self, paper: Paper) -> bool:
        """Whether a receipt of it ends a membership here."""
        return (
            paper.to is None
            and paper.state == "issued"
            and paper.who.branch == paper.source
            and paper.who.since < self.today
        )

    def left(self, paper: Paper) -> None:
        paper.who.branch, paper.state, paper.until = None, "closed", None

    def did(self, use: Any) -> bool:
        async def done(act: Act) -> bool:
            await use(act)
            return True

        return self.world.may("operator", done) is not None

    def agree(self, what: str, expected: bool, found: bool) -> None:
        """The same was allowed, and what stands in the database is what stands on paper."""
        found_all = self.world.may("operator", self._standing)
        assert found_all is not None
        homes, states, numbers = found_all
        assert homes == {who.id: who.branch for who in self.people}, what
        assert states == {paper.id: paper.state for paper in self.papers}, what
        for serials in numbers.values():
            assert sorted(serials) == [*range(1, len(serials) + 1)], what
        self.same(what, expected, found)

    async def _standing(self, act: Act) -> tuple[Any, Any, Any]:
        """Who answers for whom, where each transfer stands, and every letter's number."""
        homes: dict[UUID, str | None] = {}
        for who in self.people:
            rows = await act.session.execute(
                select(_A.organization_id).where(
                    _A.tenant_id == act.tenant_id, _A.member_id == who.id, _A.until.is_(None)
                )
            )
            answering = [self.names[row[0]] for row in rows]
            assert len(answering) <= 1, answering
            stage = await act.session.scalar(
                select(_M.stage).where(_M.tenant_id == act.tenant_id, _M.id == who.id)
            )
            assert (stage == "left") is not bool(answering), stage
            homes[who.id] = answering[0] if answering else None
        ids = [paper.id for paper in self.papers]
        rows = await act.session.execute(
            select(_C.id, _C.state).where(_C.tenant_id == act.tenant_id, _C.id.in_(ids))
        )
        states = {row.id: row.state for row in rows}
        numbers: dict[Any, list[int]] = defaultdict(list)
        issued = await act.session.execute(
            select(_L.organization_id, _L.year, _L.serial).where(_L.tenant_id == act.tenant_id)
        )
        for row in issued:
            numbers[row.organization_id, row.year].append(row.serial)
        return homes, states, numbers


async def _may_issue(act: Act, unit: UUID) -> None:
    await parameters.override(
        act, unit, "transfers.issuer", date(2026, 1, 1), "any_committee", "本单位规定"
    )


def ready(world: World) -> World:
    """The rival committee may issue letters too."""
    house = world.institution.house
    world.callers["operator"] = system_caller(house.now.date(), "test", *OPERATOR)
    rival = world.institution.units["rival"].id

    async def allowed(act: Act) -> bool:
        await _may_issue(act, rival)
        return True

    assert world.may("operator", allowed)
    return world


@pytest.mark.clause("S2-18", "S0-19")
def test_one_branch_answers_for_each_member_whatever_becomes_of_letters(world: World) -> None:
    ready(world)

    def make(tally: Counter[str]) -> Transfers:
        return Transfers(world, tally)

    tally = walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            tally = walk(make, IN_MEMORY)
        for what in ("open", "issue", "accept", "refuse", "receipt", "withdraw"):
            assert tally[f"{what} True"] > 3, tally
            assert tally[f"{what} False"] > 3, tally


def nothing(*_: Any, **__: Any) -> list[Any]:
    return []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "guard",
    ["zhibu_transfers.rules.cases.step_refusals", "zhibu_transfers.rules.letters.using_refusals"],
)
def test_a_guard_that_is_taken_away_is_missed(
    world: World, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(world)
    monkeypatch.setattr(guard, nothing)
    with world.in_memory():
        assert finds(lambda tally: Transfers(world, tally), 600)
