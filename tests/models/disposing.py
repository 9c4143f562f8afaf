"""The services of dispositions, on whatever database the world has."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select
from tests.models.disposed import (
    COMMITTEE,
    DISTRICT,
    EVALUATION,
    HOME,
    STEPS,
    Paper,
    Somebody,
    Trial,
)
from tests.models.walking import World

from zhibu.accounts.principals import system_caller
from zhibu.act import Act
from zhibu.members.public import members_by_id
from zhibu.members.rules import MemberKind
from zhibu.members.service import Entry, register
from zhibu.policy import Assignment, Principal
from zhibu.procedures.public import Body, voters_on
from zhibu.procedures.rules.sittings import Paper as Counted
from zhibu.procedures.service import deciding, objecting, overriding, sittings, voting
from zhibu.procedures.tables import (
    Procedure,
    ProcedureObjection,
    ProcedureOverride,
    ProcedureSitting,
    ProcedureStep,
)
from zhibu.testing.house import NOON, OPERATOR
from zhibu.testing.register import identity
from zhibu_discipline.rules.cases import Delivery, Result
from zhibu_discipline.rules.opening import Opening
from zhibu_discipline.rules.proposing import Hearing, Help
from zhibu_discipline.service import after, cases
from zhibu_discipline.tables import DisciplineCase
from zhibu_dues.asking import standings_of
from zhibu_dues.rules.bases import Declaration
from zhibu_dues.rules.standards import Income
from zhibu_dues.service import bases
from zhibu_organization_life.tables import Attendance
from zhibu_scoring.store.people import members_below

DECISIONS = "core.decisions"
NUMBERS = count()
PLACES = {HOME: "branch", COMMITTEE: "committee", DISTRICT: "district"}
DOCUMENTS = {"threatens": ["education"], "unfit_probationary": ["investigation"]}
_C, _P, _S, _M, _O, _OV, _A = (
    table.__table__.c
    for table in (
        *(DisciplineCase, Procedure, ProcedureStep, ProcedureSitting),
        *(ProcedureObjection, ProcedureOverride, Attendance),
    )
)


class Served:
    """The services. `twin` is a member as the full one, about whom nothing is ever proposed."""

    def __init__(
        self, world: World, *, file: UUID, voters: list[UUID], holders: list[UUID]
    ) -> None:
        self.world, self.file, self.holders = world, file, holders
        self.settled, self.voters = voters, voters
        self.unit = world.institution.units["branch"]
        self.names = {world.institution.units[unit].id: at for at, unit in PLACES.items()}
        self.twin = UUID(int=0)

    @property
    def today(self) -> date:
        return self.world.institution.house.now.date()

    def entitled(self, people: list[Somebody]) -> int:
        """How many have a vote at the branch: of these as it is on paper, of others as it is."""
        mine = {who.id for who in people}
        here = {who.id for who in people if who.full and who.departure is None}
        self.voters = sorted((self.at_branch() - mine) | here)
        return len(self.voters)

    def at_branch(self) -> set[UUID]:
        async def found(act: Act) -> set[UUID]:
            unit = self.unit
            return await voters_on(
                act, unit.id, unit.path, act.today, body=Body.MEMBERS, profile=DECISIONS
            )

        there = self.world.may("operator", found)
        assert there is not None
        return there

    def meet_everybody(self) -> None:
        self.world.meet()
        self.world.callers["operator"] = system_caller(self.today, "test", *OPERATOR)

    def begin(self) -> list[Somebody]:
        self.world.institution.house.now = NOON
        self.world.forget()
        people = [Somebody(self.registered(full), full) for full in (True, False)]
        self.twin = self.registered(True)
        said = Declaration(year=2026, from_month=1, income=Income.WAGE, base_fen=400_000)
        for id in (people[0].id, self.twin):
            base = self.world.may("operator", lambda act, id=id: bases.declare(act, id, said))
            assert base is not None
            assert self.did("secretary", lambda act, base=base: bases.confirm(act, [base]))
        self.later(1)
        return people

    def registered(self, full: bool) -> UUID:
        number = next(NUMBERS)
        entry = Entry(
            organization_id=self.unit.id,
            name="某",
            identity_number=identity(100 + number % 900, born=date(1965 + number // 900, 3, 1)),
            kind=MemberKind.IN_SERVICE,
            admitted_on=date(2018, 7, 1) if full else date(2025, 9, 1),
        )
        made = self.world.may("operator", lambda act: register(act, entry, full=full))
        assert made is not None
        return made.id

    def later(self, days: int) -> None:
        self.world.institution.house.now += timedelta(days)

    def open(self, by: str, who: Any, ground: str, previous: Any) -> Any:
        given = Opening(ground=ground, facts="多次不参加组织生活", previous_id=previous)
        return self.world.may(by, lambda act: cases.open(act, who, given))

    def drop(self, by: str, case: Any) -> bool:
        return self.did(by, lambda act: cases.drop(act, case, reason="误提"))

    def propose(self, by: str, case: Any, ground: str) -> Any:
        hearing = Hearing(
            told_on=None,
            account=None,
            unheard="本人不到场",
            defender=None,
            notified_on=self.today,
            breach=False,
        )
        help = Help(months=3, keeper_id=self.settled[0], measures="每月谈话一次")
        documents = [(kind, self.file) for kind in DOCUMENTS.get(ground, ())]

        async def put(act: Act) -> UUID:
            told = replace(hearing, notified_on=act.today)
            return await cases.put(act, case, told, help, documents=documents)

        return self.world.may(by, put)

    def meet(self, by: str, trial: Any, at: str, present: int, yes: int) -> bool:
        body = self.holders if at == COMMITTEE else self.voters
        there = body[:present]
        counted = Counted(yes=yes, no=len(there) - yes, abstained=0)

        async def held(act: Act) -> None:
            await sittings.open_sitting(act, trial, held_on=act.today, secret=False, present=there)
            await voting.close(act, trial, paper=counted)

        return self.did(by, held)

    def decide(self, by: str, trial: Any, approve: bool) -> bool:
        given = [("investigation", self.file)]

        async def decided(act: Act) -> None:
            step = await self.last(act, trial)
            await deciding.decide(act, step, approve=approve, reason="x", documents=given)

        return self.did(by, decided)

    def send_back(self, by: str, trial: Any) -> bool:
        async def sent(act: Act) -> None:
            await deciding.send_back(act, await self.last(act, trial), reason="x")

        return self.did(by, sent)

    def resubmit(self, by: str, trial: Any) -> bool:
        return self.did(by, lambda act: deciding.resubmit(act, trial))

    def withdraw(self, by: str, trial: Any) -> bool:
        return self.did(by, lambda act: deciding.withdraw(act, trial, reason="x"))

    def appeal(self, by: str, case: Any) -> bool:
        return self.did(by, lambda act: after.appeal(act, case, reason="x"))

    def objected(self, who: Somebody, trial: Any) -> bool:
        role = [Assignment("member", self.unit.path)] if who.departure is None else []
        caller = self.world.callers["operator"]
        principal = Principal(account="", member=who.id.hex, assignments=(*role,), today=self.today)
        self.world.callers["self"] = replace(caller, member_id=who.id, principal=principal)
        return self.did("self", lambda act: objecting.object_to(act, trial, reason="x"))

    def objection(self, trial: Any) -> Any:
        async def found(act: Act) -> Any:
            return await act.session.scalar(
                select(_O.id).where(_O.procedure_id == trial, _O.answered_at.is_(None))
            )

        return self.world.may("operator", found)

    def answered(self, by: str, objection: Any, upheld: bool) -> bool:
        return self.did(by, lambda act: objecting.answer(act, objection, upheld=upheld, answer="x"))

    def ordered(self, asks: str, confirms: str, trial: Any) -> bool:
        """Asked and confirmed; what is not confirmed is taken back by who asked."""
        asked = self.did(
            asks,
            lambda act: overriding.ask(act, trial, approve=True, reason="x", document=self.file),
        )
        if not asked:
            return False

        def settled(confirm: bool) -> Any:
            async def settle(act: Act) -> None:
                override = await act.session.scalar(
                    select(_OV.id).where(_OV.procedure_id == trial, _OV.settled_at.is_(None))
                )
                await overriding.confirm(act, override, confirm=confirm)

            return settle

        done = self.did(confirms, settled(True))
        assert done or self.did(asks, settled(False))
        return done

    def deliver(self, by: str, case: Any) -> bool:
        said = "本人不在"
        return self.did(
            by, lambda act: after.deliver(act, case, Delivery.UNREACHABLE, explanation=said)
        )

    def answer(self, by: str, case: Any, withdraws: bool) -> bool:
        return self.did(by, lambda act: after.answer(act, case, withdraws=withdraws))

    def evaluate(self, by: str, case: Any, result: str) -> Any:
        return self.world.may(
            by, lambda act: after.evaluate(act, case, Result(result), evaluation="x")
        )

    def did(self, login: str, use: Any) -> bool:
        async def done(act: Act) -> bool:
            await use(act)
            return True

        return self.world.may(login, done) is not None

    async def last(self, act: Act, trial: Any) -> Any:
        """The step at which it was last."""
        query = select(_S.id).where(_S.procedure_id == trial).order_by(_S.number.desc())
        return await act.session.scalar(query.limit(1))

    def stands(self, people: list[Somebody], papers: list[Paper], *, deep: bool) -> None:
        async def looked(act: Act) -> bool:
            await self.cases_stand(act, papers)
            if deep:
                for trial, steps in _decided(papers):
                    await self.steps_were_taken(act, trial, steps)
                await self.people_stand(act, people)
            return True

        assert self.world.may("operator", looked)

    async def cases_stand(self, act: Act, papers: list[Paper]) -> None:
        """Each stands where it stands on paper, and none on a decision that was not made."""
        ids = [paper.id for paper in papers]
        rows = await act.session.execute(
            select(_C.id, _C.state, _C.result, _C.until, _C.decided_on, _P.state.label("trial"))
            .outerjoin(Procedure, (_P.tenant_id == _C.tenant_id) & (_P.id == _C.procedure_id))
            .where(_C.id.in_(ids))
        )
        assert {row.id: (row.state, row.result, row.until, row.trial) for row in rows} == {
            paper.id: (
                *(paper.state, paper.result, paper.until),
                paper.trial.state if paper.trial else None,
            )
            for paper in papers
        }

    async def steps_were_taken(self, act: Act, trial: Trial, steps: Collection[Any]) -> None:
        """Every step of it, at the level and in the order of the plan; each vote with a quorum."""
        query = (
            select(_S.result, _S.organization_id, _M.entitled, _M.present, _M.yes)
            .outerjoin(
                ProcedureSitting,
                (_M.tenant_id == _S.tenant_id) & (_M.step_id == _S.id) & (_M.verdict == "passed"),
            )
            .where(_S.procedure_id == trial.id, _S.result.in_(("approved", "overridden")))
            .order_by(_S.number)
        )
        rows = [*await act.session.execute(query)]
        if rows[-1].result == "overridden":  # by two people, with a document
            return
        taken = rows[-len(steps) :]
        assert [self.names[row.organization_id] for row in taken] == [step.at for step in steps]
        for step, row in zip(steps, taken, strict=True):
            assert step.vote is (row.entitled is not None)
            assert not step.vote or (2 * row.present >= row.entitled and 2 * row.yes > row.entitled)

    async def people_stand(self, act: Act, people: list[Somebody]) -> None:
        """Who was not removed, or whose removal fell, has what somebody has who never was."""
        me, twin = people[0], self.twin
        facts = await members_by_id(act, [twin, *(who.id for who in people)])
        for who in people:
            found, stage = facts[who.id], "full" if who.full else "probationary"
            assert found.stage == ("left" if who.departure else stage)
            assert (found.departure, found.left_on is None) == (
                who.departure,
                who.departure is None,
            )
        voters = await voters_on(
            act,
            *(self.unit.id, self.unit.path, act.today),
            body=Body.MEMBERS,
            profile=DECISIONS,
        )
        assert {who.id for who in people} & voters == {me.id} - {me.departure and me.id}
        asked = select(_A.member_id).where(_A.member_id.in_(facts))
        invited = {*await act.session.scalars(asked)}
        assert invited == {twin, *(who.id for who in people if who.departure is None)}
        dues = await standings_of(act, [*facts.values()])
        if me.departure is None:
            assert dues[me.id] == replace(dues[twin], member_id=me.id)
        path, today = self.unit.path, act.today
        counted = {*await members_below(act.session, act.tenant_id, path, 2027, today=today)}
        still = {who.id for who in people if who.departure is None or self.today.year > 2026}
        assert {*facts} & counted >= still & {twin, *still}


def _decided(papers: list[Paper]) -> list[tuple[Trial, Collection[Any]]]:
    """The procedures on which something rests, each with the steps it takes."""
    found: list[tuple[Trial, Collection[Any]]] = []
    for paper in papers:
        if paper.state in ("decided", "ended"):
            assert paper.trial is not None
            found.append((paper.trial, STEPS[paper.ground]))
        if paper.evaluation is not None and paper.evaluation.state == "approved":
            found.append((paper.evaluation, EVALUATION))
    return found
