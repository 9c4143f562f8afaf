"""Whatever is offered, asked back, lost, told twice or late: one branch answers for each member."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from tests.exchange.conftest import cut_at
from tests.plugins.transfers.conftest import Transfers

from zhibu.act import Act
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.members import service as members
from zhibu.members.public import member_by_identity
from zhibu.members.tables import Affiliation
from zhibu.testing.house import Institution
from zhibu.testing.register import identity
from zhibu_transfers.rules.cases import OPEN, Kind, Opening
from zhibu_transfers.rules.letters import Fault, LetterState, Replacing, Route, VoidCause
from zhibu_transfers.rules.receipts import Arrival, FileCheck
from zhibu_transfers.service import arrivals, letters, opening, withdrawing
from zhibu_transfers.tables import TransfersCase, TransfersLetter

_A, _C, _L = (table.__table__.c for table in (Affiliation, TransfersCase, TransfersLetter))
PEOPLE = (861, 862, 863)
STEPS = 300
CUTS = [f"{code} {moment}" for code in ("yunling", "haibin") for moment in ("before", "after")]
LIKELY = ["open"] * 6 + ["issue"] * 5 + ["accept"] * 6 + ["refuse", "withdraw", "withdraw"]
LIKELY += ["move", "reissue", "within", "cut", "cut", "pass"] + ["work"] * 6


@dataclass(kw_only=True)
class Two:
    """Two institutions, people who go between them, and what chance does to that."""

    home: Institution
    there: Institution
    chance: random.Random
    done: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def both(self) -> tuple[Institution, Institution]:
        return self.home, self.there

    async def may(self, at: Institution, what: str, use: Any) -> None:
        """Do it, unless it is refused; a home that is busy or a rule that says no are the same."""
        try:
            async with at.operator() as act:
                await use(act)
        except (Refused, ZhibuError, Unavailable):
            return
        self.done[what] += 1

    async def step(self) -> None:
        what, at = self.chance.choice(LIKELY), self.chance.choice(self.both)
        platform = self.home.house.platform
        if what == "work":
            await platform.jobs.run_waiting()
        elif what == "cut":
            async with cut_at(self.home, self.chance.choice(CUTS)):
                await platform.jobs.run_waiting()
        elif what == "pass":
            self.home.house.now += timedelta(days=self.chance.choice([1, 1, 4]), hours=1)
        elif what in ("open", "within", "move"):
            await self.may(at, what, lambda act: self._begin(act, at, what))
        else:
            await self.may(at, what, lambda act: self._go_on(act, at, what))

    async def _begin(self, act: Act, at: Institution, what: str) -> None:
        number = identity(self.chance.choice(PEOPLE))
        who = (await member_by_identity(act, [number])).get(number)
        if who is None:
            raise Refused([])
        target = at.units[self.chance.choice(["branch", "other"])].id
        if what == "move":
            await members.transfer(
                act, who.id, organization_id=target, on=act.today, reason="支部调整"
            )
            return
        other = self.there if at is self.home else self.home
        given = Opening(
            kind=Kind.WITHIN if what == "within" else Kind.BETWEEN,
            member_id=who.id,
            to_id=target if what == "within" else None,
            reason="work",
            institution=other.tenant.code,
            elsewhere="某党委",
            organization_code=self.chance.choice(["COMMITTEE", None]),
        )
        await opening.open(act, given)

    async def _go_on(self, act: Act, at: Institution, what: str) -> None:
        kinds = [Kind.OFFERED, Kind.WITHIN] if what in ("accept", "refuse") else [Kind.BETWEEN]
        query = select(_C.id, _C.kind).where(
            _C.tenant_id == act.tenant_id, _C.kind.in_(kinds), _C.state.in_(OPEN)
        )
        known = (await act.session.execute(query.order_by(_C.id))).all()
        if not known:
            raise Refused([])
        id, kind = known[-1 - self.chance.randrange(min(3, len(known)))]
        wanted = letters.Wanted(route=Route.CITY, paid_to=act.today, days=3)
        match what:
            case "issue":
                await letters.issue(act, id, wanted)
            case "reissue":
                why = Replacing(cause=VoidCause.LOST, fault=Fault.MEMBER, reason="遗失")
                await letters.issue(act, id, wanted, why)
            case "accept":
                target = at.units["branch"].id if kind == Kind.OFFERED else None
                checked = Arrival(check=FileCheck.SEEN)
                await arrivals.accept(act, id, checked, target=target)
            case "refuse":
                await arrivals.decline(act, id, cause=None, reason="人手不足")
            case "withdraw":
                await withdrawing.withdraw(act, id, reason="不再调动")

    async def homes(self, at: Institution) -> dict[int, list[tuple[date, date | None]]]:
        """From when to when each belonged to a branch of this institution."""
        found: dict[int, list[tuple[date, date | None]]] = {}
        async with at.operator() as act:
            known = await member_by_identity(act, [identity(each) for each in PEOPLE])
            for each in PEOPLE:
                who = known.get(identity(each))
                id = who.id if who else UUID(int=0)
                query = select(_A.since, _A.until).where(
                    _A.tenant_id == act.tenant_id, _A.member_id == id
                )
                rows = await act.session.execute(query.order_by(_A.since))
                found[each] = [(row.since, row.until) for row in rows]
        return found

    async def holds(self, *, quiet: bool) -> None:
        """Where one home has let go the other has taken; once all is told, never both at once."""
        here, there = [await self.homes(at) for at in self.both]
        for each in PEOPLE:
            spans = sorted([*here[each], *there[each]], key=lambda span: span[0])
            living = [span for span in spans if span[1] is None]
            assert len(living) == 1 or (len(living) == 2 and not quiet), (each, spans)
            assert all(
                sum(end is None for _, end in side) <= 1 for side in (here[each], there[each])
            )
            if quiet:
                for before, after in pairwise(spans):
                    assert before[1] == after[0], (each, spans)

    async def letters(self, at: Institution) -> None:
        """No number is missing, and no transfer used two letters."""
        async with at.operator() as act:
            rows = await act.session.execute(
                select(_L.organization_id, _L.year, func.count(), func.max(_L.serial))
                .where(_L.tenant_id == act.tenant_id)
                .group_by(_L.organization_id, _L.year)
            )
            assert all(count == last for _, _, count, last in rows)
            used = await act.session.execute(
                select(_L.case_id, _L.state, func.count())
                .where(_L.tenant_id == act.tenant_id, _L.state != LetterState.VOID)
                .group_by(_L.case_id, _L.state)
            )
            assert all(count == 1 for _, _, count in used)


@pytest.mark.clause("S2-18", "S0-19")
async def test_one_branch_answers_for_each_member_whatever_is_lost_or_told_twice(
    institution: Institution,
) -> None:
    there = await institution.house.found("haibin", "海滨市直机关")
    for at in (institution, there):
        await Transfers(at=at).override("issuer", "any_committee", "rival")
    for number in PEOPLE:
        await institution.member("branch", name=f"往来{number}", identity_number=identity(number))
    two = Two(home=institution, there=there, chance=random.Random(1))
    for _ in range(STEPS):
        await two.step()
        await two.holds(quiet=False)
    for _ in range(4):
        institution.house.now += timedelta(hours=25)
        while await institution.house.platform.jobs.run_waiting():
            pass
    await two.holds(quiet=True)
    for at in two.both:
        await two.letters(at)
    for what in ("open", "issue", "accept", "withdraw"):
        assert two.done[what] > 5, dict(two.done)
