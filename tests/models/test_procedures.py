"""Whatever is done in whatever order, a procedure stands where it stands on paper."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import bindparam, func, select
from tests.models.judging import Judged
from tests.models.procedures import DEFINITION, VOTERS, Procedures
from tests.models.walking import World, finds, walk

from zhibu.accounts.service import roles
from zhibu.act import Act
from zhibu.identifiers import row_of
from zhibu.procedures.rules import answering, quorum
from zhibu.procedures.rules import deciding as decision_rules
from zhibu.procedures.rules import sittings as sitting_rules
from zhibu.procedures.rules import undoing as undoing_rules
from zhibu.procedures.rules.delegating import Delegation
from zhibu.procedures.rules.entitlement import Ground
from zhibu.procedures.rules.quorum import Count, Profile, Verdict
from zhibu.procedures.rules.sittings import Choice, Paper
from zhibu.procedures.service import (
    deciding,
    delegating,
    limiting,
    overriding,
    proposing,
    settling,
    sittings,
    undoing,
    voting,
)
from zhibu.procedures.tables import (
    Procedure,
    ProcedureOverride,
    ProcedureSitting,
    ProcedureStep,
    ProcedureVote,
)
from zhibu.storage.fixed import Fixed
from zhibu.testing.branch import peopled, told
from zhibu.testing.house import FOUNDED

ON_RULES, IN_MEMORY, ON_DISK = 9_000, 400, 80
_CASE, _STEP, _SITTING = (
    Procedure.__table__.c,
    ProcedureStep.__table__.c,
    ProcedureSitting.__table__.c,
)
_VOTE, _OVERRIDE = ProcedureVote.__table__.c, ProcedureOverride.__table__.c
_ID, _TENANT = bindparam("id", type_=_CASE.id.type), bindparam("tenant", type_=_CASE.id.type)
_STEPS = Fixed(
    select(_STEP.id, _STEP.number, _STEP.done_at, _CASE.state, _CASE.step)
    .join(Procedure, (_CASE.tenant_id == _STEP.tenant_id) & (_CASE.id == _STEP.procedure_id))
    .where(_CASE.tenant_id == _TENANT, _CASE.id == _ID)
    .order_by(_STEP.number)
)
_VOTES = Fixed(
    select(_SITTING.id, func.count(_VOTE.id).label("votes"))
    .outerjoin(
        ProcedureVote, (_VOTE.tenant_id == _SITTING.tenant_id) & (_VOTE.sitting_id == _SITTING.id)
    )
    .where(
        _SITTING.tenant_id == _TENANT,
        _SITTING.procedure_id == _ID,
        _SITTING.closed_at.is_(None),
    )
    .group_by(_SITTING.id)
)
_ASKED = Fixed(
    select(_OVERRIDE.id).where(
        _OVERRIDE.tenant_id == _TENANT,
        _OVERRIDE.procedure_id == _ID,
        _OVERRIDE.settled_at.is_(None),
    )
)


class Served:
    """The services, on whatever database the world has."""

    def __init__(self, world: World, members: dict[str, UUID], file: UUID) -> None:
        self.world, self.members, self.file = world, members, file
        self.unit = world.institution.units["branch"].id
        self.id = UUID(int=0)
        self.steps: list[UUID] = []
        self.delegations: dict[str, UUID] = {}

    def propose(self, who: str) -> bool:
        async def use(act: Act) -> UUID:
            return await proposing.propose_openly(
                act, "core.resolution", title="某", statement="某", organization_id=self.unit
            )

        made = self.world.may(who, use)
        self.id = made or self.id
        self.stands()
        return made is not None

    def decide(self, who: str, approve: bool, late: bool) -> bool:
        step = self.steps[-2 if late else -1]
        return self.done(who, lambda act: deciding.decide(act, step, approve=approve, reason="x"))

    def send_back(self, who: str) -> bool:
        step = self.steps[-1]
        return self.done(who, lambda act: deciding.send_back(act, step, reason="x"))

    def resubmit(self, who: str) -> bool:
        return self.done(who, lambda act: deciding.resubmit(act, self.id))

    def withdraw(self, who: str) -> bool:
        return self.done(who, lambda act: deciding.withdraw(act, self.id, reason="x"))

    def undo(self, who: str) -> bool:
        return self.done(who, lambda act: undoing.undo(act, self.id, reason="x"))

    def convene(self, who: str, present: set[str], secret: bool) -> bool:
        return self.done(
            who,
            lambda act: sittings.open_sitting(
                act, self.id, held_on=act.today, secret=secret, present=self.of(present)
            ),
        )

    def attend(self, who: str, come: set[str], gone: set[str]) -> bool:
        return self.done(
            who,
            lambda act: sittings.attend(act, self.id, present=self.of(come), absent=self.of(gone)),
        )

    def vote(self, who: str, choice: str) -> bool:
        return self.done(who, lambda act: voting.cast(act, self.id, Choice(choice)))

    def call_off(self, who: str) -> bool:
        return self.done(who, lambda act: sittings.cancel(act, self.id, reason="x"))

    def count(self, who: str, paper: int | None) -> bool:
        counted = None if paper is None else Paper(yes=paper, no=0, abstained=0)
        return self.done(who, lambda act: voting.close(act, self.id, paper=counted))

    def ask(self, who: str) -> bool:
        return self.done(
            who,
            lambda act: overriding.ask(act, self.id, approve=True, reason="x", document=self.file),
        )

    def confirm(self, who: str, confirm: bool) -> bool:
        [asked] = self.world.rows(_ASKED, id=self.id)
        return self.done(who, lambda act: overriding.confirm(act, asked.id, confirm=confirm))

    def delegate(self, giver: str) -> bool:
        place = "committee" if giver == "officer" else "branch"

        async def use(act: Act) -> UUID:
            return await delegating.delegate(
                act,
                member_id=self.members["clerk"],
                organization_id=self.world.institution.units[place].id,
                since=act.today,
                until=act.today + timedelta(days=9),
                reason="x",
            )

        made = self.world.may(giver, use)
        if made is not None:
            self.delegations[giver] = made
        return made is not None

    def end_delegation(self, giver: str) -> bool:
        async def use(act: Act) -> UUID:
            return await delegating.end(act, self.delegations[giver], reason="x")

        return self.world.may(giver, use) is not None

    def stands(self) -> dict[str, Any]:
        entries = self.world.rows(_STEPS, id=self.id)
        assert [entry.number for entry in entries] == [*range(1, len(entries) + 1)]
        state = entries[0].state
        assert sum(entry.done_at is None for entry in entries) == (state == "open")
        self.steps = [entry.id for entry in entries]
        open_ones = self.world.rows(_VOTES, id=self.id)
        assert len(open_ones) <= 1
        return {
            "state": state,
            "step": entries[0].step,
            "times": len(entries),
            "meeting": bool(open_ones),
            "votes": open_ones[0].votes if open_ones else None,
        }

    def of(self, names: set[str]) -> list[UUID]:
        return [self.members[name] for name in sorted(names)]

    def done(self, who: str, use: Any) -> bool:
        # Whoever has no account cannot even ask.
        return who in self.world.callers and self.world.may(who, use) is not None


@pytest.fixture
async def served(world: World) -> Served:
    """The institution of the model, with a fifth member whose right to vote is suspended."""
    institution = world.institution
    branch = await peopled(institution, 5, 3)
    members = dict(zip((*VOTERS, "barred"), (member.id for member in branch.members), strict=True))
    await institution.account("clerk", "recorder", "branch", member_id=members["clerk"])
    async with institution.operator() as act:
        await roles.assign(  # reads there, so may stand in for who decides there
            act,
            account_id=institution.accounts["clerk"],
            role="discipline_inspection_officer",
            organization_id=institution.units["committee"].id,
            since=FOUNDED,
            until=None,
            reason="任命",
        )
    await institution.account("barred", member_id=members["barred"])
    await institution.account("second", "committee_officer", "committee")
    await institution.account("city", "municipal_organization_officer", "root")
    assert told(await branch.define(DEFINITION)) == []
    async with institution.by("officer") as act:
        await limiting.suspend(
            act,
            members["barred"],
            ground=Ground.RIGHTS_SUSPENDED,
            since=act.today,
            until=None,
            decision="x",
        )
    file = row_of(await branch.file(), "Attachment")
    return Served(world, members, file)


def on_rules(tally: Counter[str]) -> Procedures:
    return Procedures(Judged(), tally)


def test_the_rules_lead_where_they_lead_on_paper() -> None:
    tally = walk(on_rules, ON_RULES)
    for what in ("decide", "send back", "undo", "convene", "vote", "count", "confirm", "withdraw"):
        assert tally[f"{what} True"] > 20, tally
        assert tally[f"{what} False"] > 20, tally


def test_it_stands_where_it_stands_on_paper(served: Served) -> None:
    world = served.world
    world.meet()

    def make(tally: Counter[str]) -> Procedures:
        return Procedures(served, tally)

    walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            walk(make, IN_MEMORY)


def never(*_: Any, **__: Any) -> Iterator[Any]:
    yield from ()


def who_has_come(count: Count, profile: Profile) -> Verdict:
    """A count that asks how many are in favour, and not whether enough are there."""
    return Verdict.PASSED if count.yes > count.entitled / 2 else Verdict.REJECTED


@pytest.mark.parametrize(
    ("module", "guard", "planted"),
    [
        (sitting_rules, "vote_faults", never),  # twice, absent, or without a vote
        (sitting_rules, "presence_faults", never),
        (sitting_rules, "cancel_faults", never),
        (sitting_rules, "count_faults", never),
        (quorum, "decided", who_has_come),
        (decision_rules, "own_faults", never),
        (decision_rules, "still_open", never),
        (undoing_rules, "faults", never),
        (answering, "override_faults", never),
        (Delegation, "covers", lambda *_: True),
    ],
)
def test_a_rule_that_is_taken_away_is_missed(
    module: Any, guard: str, planted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, guard, planted)
    assert finds(on_rules, 3_000)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_the_services_forget_is_missed(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody_meets(*_: Any, **__: Any) -> None:
        return None

    planted: dict[str, tuple[Any, str, Any]] = {
        "anybody may withdraw": (deciding, "_only_proposer", lambda *_: None),
        "a meeting is forgotten": (settling.store, "open_sitting", nobody_meets),
        "nobody proposed it": (decision_rules, "is_own", lambda *_: False),
    }
    served.world.meet()
    with served.world.in_memory():
        for what, (module, guard, instead) in planted.items():
            with monkeypatch.context() as patched:
                patched.setattr(module, guard, instead)
                assert finds(lambda tally: Procedures(served, tally), 400), what
