"""Procedures by their rules alone, put together as the services do, on values in memory.

Who holds which permission is the model's own table here: that the policy says the same is what the
walks through the services show.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from tests.models.procedures import DEFINITION, OVERRIDERS, PEOPLE, SEATS, TAKERS

from zhibu.basis import Basis
from zhibu.errors import Conflict
from zhibu.identifiers import new_id
from zhibu.procedures.machine import OVER, Move, State, moved
from zhibu.procedures.rules import answering, deciding, delegating, quorum, sittings, undoing
from zhibu.procedures.rules.definition import By, Step, definition_of
from zhibu.procedures.rules.quorum import Of, Profile, Verdict
from zhibu.procedures.rules.sittings import Choice, Paper, Sitting, Taken
from zhibu.procedures.rules.values import Actor, Case, Entry, Result

TODAY, NOW = date(2026, 6, 15), datetime(2026, 6, 15, tzinfo=UTC)
BASIS = Basis(document="x", article="x", value="1/2")
PROFILE = Profile(
    name="core.decisions",
    present=Fraction(1, 2),
    present_basis=BASIS,
    yes=Fraction(1, 2),
    yes_of=Of.ENTITLED,
    yes_basis=BASIS,
)
RESULTS = {
    Move.APPROVE: Result.APPROVED,
    Move.REFUSE: Result.REFUSED,
    Move.SEND_BACK: Result.RETURNED,
    Move.WITHDRAW: Result.WITHDRAWN,
    Move.OVERRIDE_APPROVE: Result.OVERRIDDEN,
}


class Judged:
    """One procedure after the other."""

    def __init__(self) -> None:
        self.definition = definition_of("core.resolution", DEFINITION)
        self.accounts = {name: new_id() for name in (*PEOPLE, *OVERRIDERS)}
        self.members = {name: new_id() for name in SEATS}
        self.delegations: dict[str, delegating.Delegation] = {}

    def propose(self, who: str) -> bool:
        self.case = Case(
            id=new_id(),
            name="core.resolution",
            title="某",
            statement="某",
            subject_kind="Organization",
            subject_id=new_id(),
            member_id=None,
            organization_id=new_id(),
            path="1.1.",
            restricted=False,
            single=None,
            definition={},
            since=TODAY,
            document="",
            article="",
            particulars={},
            sealed=None,
            state=State.OPEN,
            step="draft",
            overridden=False,
            proposed_by=self.accounts[who],
            proposer_id=self.members.get(who),
            proposed_at=NOW,
            proposed_on=TODAY,
            ended_on=None,
            objection_until=None,
            version=1,
        )
        self.entries: list[Entry] = []
        self.sitting: Sitting | None = None
        self.met: set[UUID] = set()
        self.override: answering.Override | None = None
        self._enter(self.definition.steps[0])
        return True

    def decide(self, who: str, approve: bool, late: bool) -> bool:
        entry = self.entries[-2 if late else -1]
        actor = self._to_be_decided(who, entry)
        if actor is None or [*deciding.still_open(entry)]:
            return False
        return self._settle(Move.APPROVE if approve else Move.REFUSE, actor)

    def send_back(self, who: str) -> bool:
        entry = self.entries[-1]
        actor = self._to_be_decided(who, entry)
        if actor is None or [*deciding.still_open(entry)]:
            return False
        return self._settle(Move.SEND_BACK, actor)

    def resubmit(self, who: str) -> bool:
        moves = self._moved(Move.RESUBMIT) if self._proposed(who) else None
        if moves is None:
            return False
        state, code = moves
        self.case = replace(self.case, state=state, step=code)
        assert code is not None
        self._enter(self.definition.step(code))
        return True

    def withdraw(self, who: str) -> bool:
        return self._proposed(who) and self._settle(Move.WITHDRAW, self._actor(who))

    def undo(self, who: str) -> bool:
        last = undoing.last_decision(self.entries)
        account = self._actor(who).account_id
        met = self.entries[-1].id in self.met
        if [*undoing.faults(State(self.case.state), last, account_id=account, touched=met)]:
            return False
        assert last is not None
        if self.entries[-1].done_at is None:
            self._close(Result.UNDONE, self._actor(who))
        self.case = replace(self.case, state=State.OPEN, step=last.code)
        self._enter(self.definition.step(last.code))
        return True

    def convene(self, who: str, present: set[str], secret: bool) -> bool:
        if not self._conducts(who) or self.sitting is not None:
            return False
        entry = self.entries[-1]
        if [*sittings.day_faults(TODAY, today=TODAY, since=entry.started_on)]:
            return False
        self.sitting = Sitting(
            id=new_id(),
            procedure_id=self.case.id,
            step_id=entry.id,
            organization_id=entry.organization_id,
            path=entry.path,
            profile=PROFILE.name,
            held_on=TODAY,
            secret=secret,
            to_fill=None,
        )
        self.met.add(entry.id)
        grounds = {name: "rights_suspended" if name == "barred" else None for name in SEATS}
        self.seats = {
            name: Taken(member_id=self.members[name], ground=grounds[name], present=name in present)
            for name in SEATS
        }
        self.ballots: dict[str, Choice] = {}
        return True

    def attend(self, who: str, come: set[str], gone: set[str]) -> bool:
        if not self._conducts(who) or self.sitting is None:
            return False
        came, went = ([self.members[name] for name in names] for names in (come, gone))
        if [*sittings.presence_faults(self.seats.values(), came, went)]:
            return False
        for name in come | gone:
            self.seats[name] = replace(self.seats[name], present=name in come)
        return True

    def vote(self, who: str, choice: str) -> bool:
        if self.sitting is None:
            return False
        seat = self.seats[who]
        if [*sittings.vote_faults(self.sitting, seat, today=TODAY, written=False)]:
            return False
        self.seats[who] = replace(seat, voted=True)
        self.ballots[who] = Choice(choice)
        return True

    def call_off(self, who: str) -> bool:
        if not self._conducts(who) or self.sitting is None:
            return False
        if [*sittings.cancel_faults(self.seats.values())]:
            return False
        self.sitting = None
        return True

    def count(self, who: str, paper: int | None) -> bool:
        if not self._conducts(who) or self.sitting is None:
            return False
        by_hand = None if paper is None else Paper(yes=paper, no=0, abstained=0)
        count = sittings.counted([*self.seats.values()], self.ballots.values(), (), by_hand)
        if [*sittings.count_faults(count, by_hand, len(self.ballots))]:
            return False
        self.sitting = None
        verdict = quorum.decided(count, PROFILE)
        if verdict is not Verdict.NO_QUORUM:
            move = Move.APPROVE if verdict is Verdict.PASSED else Move.REFUSE
            assert self._settle(move, self._actor(who))
        return True

    def ask(self, who: str) -> bool:
        over = State(self.case.state) in OVER
        if who not in OVERRIDERS or over or self.override is not None:
            return False
        self.override = answering.Override(
            id=new_id(),
            procedure_id=self.case.id,
            action="core:procedure:override",
            path="1.",
            approves=True,
            reason="x",
            asked_by=self.accounts[who],
            asker_id=None,
            settled_at=None,
        )
        return True

    def confirm(self, who: str, confirm: bool) -> bool:
        assert self.override is not None
        actor = self._actor(who)
        if who not in OVERRIDERS:
            return False
        if [*answering.override_faults(self.override, actor, confirms=confirm)]:
            return False
        if confirm and not self._settle(Move.OVERRIDE_APPROVE, actor):
            return False
        self.override = None
        return True

    def delegate(self, giver: str) -> bool:
        if giver not in TAKERS["draft"]:
            return False
        self.delegations[giver] = delegating.Delegation(
            id=new_id(),
            account_id=self.accounts[giver],
            to_account_id=self.accounts["clerk"],
            organization_id=new_id(),
            path="1." if giver == "officer" else "1.1.",
            name=None,
            since=TODAY,
            until=TODAY,
            ended_on=None,
        )
        return True

    def end_delegation(self, giver: str) -> bool:
        ended = self.delegations[giver]
        if [*delegating.ending_faults(ended, today=TODAY)]:
            return False
        self.delegations[giver] = replace(ended, ended_on=TODAY)
        return True

    def stands(self) -> dict[str, Any]:
        meets = self.sitting is not None
        return {
            "state": self.case.state,
            "step": self.case.step,
            "times": len(self.entries),
            "meeting": meets,
            "votes": len(self.ballots) if meets else None,
        }

    def _enter(self, step: Step) -> None:
        entry = Entry(
            id=new_id(),
            procedure_id=self.case.id,
            number=len(self.entries) + 1,
            code=step.code,
            by=step.by,
            action=step.action,
            separate=step.separate,
            organization_id=self.case.organization_id,
            path="1." if step.code == "committee" else "1.1.",
            started_on=TODAY,
            due_on=None,
        )
        self.entries.append(entry)

    def _close(self, result: Result, actor: Actor) -> None:
        self.entries[-1] = replace(
            self.entries[-1], done_at=NOW, result=result, decided_by=actor.account_id
        )

    def _moved(self, move: Move) -> tuple[State, str | None] | None:
        try:
            return moved(self.definition, State(self.case.state), self.case.step, move)
        except Conflict:
            return None

    def _settle(self, move: Move, actor: Actor) -> bool:
        moves = None if self.sitting is not None else self._moved(move)
        if moves is None:
            return False
        state, code = moves
        if self.entries[-1].done_at is None:
            self._close(RESULTS[move], actor)
        self.case = replace(self.case, state=state, step=code)
        if state is State.OPEN:
            assert code is not None
            self._enter(self.definition.step(code))
        elif state in OVER:
            self.override = None
        return True

    def _to_be_decided(self, who: str, entry: Entry) -> Actor | None:
        step = self.definition.step(entry.code)
        found = self._may(who, step, entry)
        fit = [actor for actor in found if not [*deciding.own_faults(step, self.case, actor)]]
        return fit[0] if fit and step.by is not By.VOTE else None

    def _may(self, who: str, step: Step, entry: Entry) -> list[Actor]:
        if who in TAKERS[step.code]:
            return [self._actor(who)]
        return [
            replace(self._actor(who), on_behalf_of=given.account_id, delegation_id=given.id)
            for giver, given in self.delegations.items()
            if who == "clerk" and giver in TAKERS[step.code]
            if given.covers(TODAY, entry.path, self.case.name)
        ]

    def _conducts(self, who: str) -> bool:
        step = self.definition.step(self.entries[-1].code)
        may = self._may(who, step, self.entries[-1])
        return bool(may) and self.case.state == State.OPEN and step.by is By.VOTE

    def _proposed(self, who: str) -> bool:
        return self.accounts.get(who) == self.case.proposed_by

    def _actor(self, who: str) -> Actor:
        return Actor(account_id=self.accounts.get(who), member_id=self.members.get(who))
