"""Whatever is done in whatever order, a procedure stands where a naive model says it does."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from zhibu.act import Act
from zhibu.errors import Refused, ZhibuError
from zhibu.identifiers import global_id, row_of
from zhibu.procedures import store
from zhibu.procedures.rules.sittings import Choice, Paper
from zhibu.procedures.service import deciding, overriding, proposing, sittings, undoing, voting
from zhibu.testing.branch import Branch, told

ACTS = 140
DECIDE = "core:procedure:decide"
DEFINITION: dict[str, Any] = {
    "single": False,
    "steps": [
        {"code": "draft", "zh": "初审", "en": "Draft", "action": DECIDE, "level": "home"},
        {
            "code": "meeting",
            "zh": "表决",
            "en": "Vote",
            "by": "vote",
            "profile": "core.decisions",
            "action": "core:procedure:conduct",
            "level": "home",
        },
        {
            "code": "committee",
            "zh": "审批",
            "en": "Approval",
            "action": DECIDE,
            "level": "approver",
            "refused": "draft",
        },
    ],
    "override": {"action": "core:procedure:override", "level": ["district_department"]},
}
# Who may take which step; `secretary` proposes, so decides nothing.
TAKERS = {
    "draft": {"deputy", "officer", "second", "district"},
    "meeting": {"secretary", "deputy", "officer", "second", "recorder"},
    "committee": {"officer", "second", "district"},
}
VOTERS = ("m0", "m1", "m2", "m3")
OFFICERS = ("secretary", "deputy", "officer", "second", "recorder", "district")
Tried = tuple[str, bool, bool]


@dataclass
class Model:
    """One procedure, as somebody would keep it on paper. `last` may take back a decision."""

    state: str = "open"
    step: str = "draft"
    last: str | None = None
    came_from: str = ""
    meeting: bool = False
    present: set[str] = field(default_factory=set)
    votes: dict[str, str] = field(default_factory=dict)
    asked_by: str | None = None

    @property
    def over(self) -> bool:
        return self.state in ("approved", "refused", "withdrawn")

    def decide(self, who: str, approve: bool) -> bool:
        if not self._decides(who):
            return False
        self.came_from, self.last = self.step, who
        if self.step == "draft":
            if approve:
                self.step = "meeting"
            else:
                self._end("refused")
        elif approve:
            self._end("approved")
        else:
            self.step = "draft"
        return True

    def send_back(self, who: str) -> bool:
        if not self._decides(who):
            return False
        self.came_from, self.last, self.state = self.step, who, "returned"
        return True

    def resubmit(self, who: str) -> bool:
        if self.state != "returned" or who != "secretary":
            return False
        self.state, self.last = "open", None
        return True

    def withdraw(self, who: str) -> bool:
        if self.over or who != "secretary" or self.meeting:
            return False
        self._end("withdrawn")
        return True

    def undo(self, who: str) -> bool:
        if self.over or self.last is None or self.last != who or self.meeting:
            return False
        self.state, self.step, self.last = "open", self.came_from, None
        return True

    def convene(self, who: str, present: set[str]) -> bool:
        if not self._conducts(who) or self.meeting:
            return False
        self.meeting, self.present, self.votes, self.last = True, set(present), {}, None
        return True

    def vote(self, who: str, choice: str) -> bool:
        if not self.meeting or who not in self.present or who in self.votes:
            return False
        self.votes[who] = choice
        return True

    def call_off(self, who: str) -> bool:
        if not self._conducts(who) or not self.meeting or self.votes:
            return False
        self.meeting = False
        return True

    def count(self, who: str, paper: int | None) -> bool:
        if not self._conducts(who) or not self.meeting:
            return False
        if paper is not None and (self.votes or paper > len(self.present)):
            return False
        self.meeting = False
        yes = [*self.votes.values()].count("yes") if paper is None else paper
        if len(self.present) * 2 < 5:  # five should attend
            return True
        if yes * 2 > 5:
            self.step, self.last = "committee", None
        else:
            self._end("refused")
        return True

    def ask_override(self, who: str) -> bool:
        if who != "district" or self.over or self.asked_by:
            return False
        self.asked_by = who
        return True

    def confirm_override(self, who: str) -> bool:
        if who != "city" or self.asked_by is None or self.meeting or self.over:
            return False
        self._end("approved")
        return True

    def _decides(self, who: str) -> bool:
        return self.state == "open" and self.step != "meeting" and who in TAKERS[self.step]

    def _conducts(self, who: str) -> bool:
        return self.state == "open" and self.step == "meeting" and who in TAKERS["meeting"]

    def _end(self, state: str) -> None:
        self.state, self.last = state, None


class World:
    """The same acts on the model and on the institution."""

    def __init__(self, branch: Branch, file: UUID, seed: int) -> None:
        self.branch = branch
        self.file = file
        self.random = random.Random(seed)
        self.model = Model()
        self.id = UUID(int=0)
        self.done: Counter[str] = Counter()

    async def propose(self) -> None:
        unit = self.branch.institution.units["branch"].id
        async with self.branch.institution.by("secretary") as act:
            self.id = await proposing.propose_openly(
                act, "core.resolution", title="某", statement="某", organization_id=unit
            )
        self.model = Model()

    async def any(self) -> Tried:
        """One random act: what it was, and whether model and institution allowed it."""
        rare = ["send_back", "withdraw", "call_off", "count", "override", "override"]
        names = ["decide", "undo", "vote", "convene", "resubmit"] * 2 + rare
        if self.model.meeting and self.random.random() < 0.7:
            names = ["vote", "vote", "vote", "vote", "count"]
        likely = sorted(TAKERS[self.model.step]) if self.random.random() < 0.6 else OFFICERS
        tried: Tried = await getattr(self, self.random.choice(names))(self.random.choice(likely))
        return tried

    async def decide(self, who: str) -> Tried:
        approve = self.random.random() < 0.8
        real = await self.act(
            who, lambda act, step: deciding.decide(act, step, approve=approve, reason="x")
        )
        return "decide", self.model.decide(who, approve), real

    async def send_back(self, who: str) -> Tried:
        real = await self.act(who, lambda act, step: deciding.send_back(act, step, reason="x"))
        return "send_back", self.model.send_back(who), real

    async def resubmit(self, who: str) -> Tried:
        real = await self.act(who, lambda act, step: deciding.resubmit(act, self.id))
        return "resubmit", self.model.resubmit(who), real

    async def withdraw(self, who: str) -> Tried:
        who = self.random.choice([who, "recorder", "deputy", "district"])
        real = await self.act(who, lambda act, step: deciding.withdraw(act, self.id, reason="x"))
        return "withdraw", self.model.withdraw(who), real

    async def undo(self, who: str) -> Tried:
        who = self.model.last or who
        real = await self.act(who, lambda act, step: undoing.undo(act, self.id, reason="x"))
        return "undo", self.model.undo(who), real

    async def convene(self, who: str) -> Tried:
        present = {name for name in VOTERS if self.random.random() < 0.8}
        ids = [self.branch.members[VOTERS.index(name)].id for name in sorted(present)]
        secret = self.random.random() < 0.5
        held = date.fromisoformat(self.branch.today)
        real = await self.act(
            who,
            lambda act, step: sittings.open_sitting(
                act, self.id, held_on=held, secret=secret, present=ids
            ),
        )
        return "convene", self.model.convene(who, present), real

    async def vote(self, who: str) -> Tried:
        who = self.random.choice(VOTERS)
        choice = self.random.choice([Choice.YES, Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN])
        real = await self.act(who, lambda act, step: voting.cast(act, self.id, choice))
        return "vote", self.model.vote(who, choice), real

    async def call_off(self, who: str) -> Tried:
        real = await self.act(who, lambda act, step: sittings.cancel(act, self.id, reason="x"))
        return "call_off", self.model.call_off(who), real

    async def count(self, who: str) -> Tried:
        yes = self.random.randrange(5) if self.random.random() < 0.3 else None
        paper = None if yes is None else Paper(yes=yes, no=0, abstained=0)
        real = await self.act(who, lambda act, step: voting.close(act, self.id, paper=paper))
        return "count", self.model.count(who, yes), real

    async def override(self, who: str) -> Tried:
        if self.model.asked_by is None:
            ask = overriding.ask
            real = await self.act(
                who,
                lambda act, step: ask(act, self.id, approve=True, reason="x", document=self.file),
            )
            return "ask", self.model.ask_override(who), real
        who = self.random.choice(["city", "city", "district", "officer"])
        shown = await self.branch.shown(global_id("Procedure", self.id))
        assert shown is not None
        asked = row_of(shown["overrides"][0]["id"], "ProcedureOverride")
        real = await self.act(who, lambda act, step: overriding.confirm(act, asked, confirm=True))
        return "confirm", self.model.confirm_override(who), real

    async def act(self, who: str, use: Callable[[Act, UUID], Awaitable[Any]]) -> bool:
        """Whether the institution allowed it; what it refuses, it refuses by name."""
        _, _, step = await self.stands()
        try:
            async with self.branch.institution.by(who) as act:
                await use(act, step)
        except (Refused, ZhibuError):
            return False
        return True

    async def stands(self) -> tuple[str, str | None, UUID]:
        """State and step, and the last time at a step; the steps are numbered without gaps."""
        async with self.branch.institution.operator() as act:
            case = await store.case(act.session, act.tenant_id, self.id)
            entries = await store.steps(act.session, act.tenant_id, self.id)
        assert case is not None
        assert [entry.number for entry in entries] == [*range(1, len(entries) + 1)]
        assert sum(entry.done_at is None for entry in entries) == (case.state == "open")
        return case.state, case.step, entries[-1].id


@pytest.mark.parametrize("seed", [11])
async def test_after_any_acts_it_stands_where_the_model_does(branch: Branch, seed: int) -> None:
    institution = branch.institution
    await institution.account("deputy", "branch_secretary", "branch")
    await institution.account("second", "committee_officer", "committee")
    await institution.account("city", "municipal_organization_officer", "root")
    assert told(await branch.define(DEFINITION)) == []
    world = World(branch, row_of(await branch.file(), "Attachment"), seed)
    await world.propose()
    for number in range(ACTS):
        name, expected, real = await world.any()
        assert real == expected, (number, name, world.model)
        world.done[f"{name} {real}"] += 1
        state, step, _ = await world.stands()
        assert state == world.model.state, (number, name, world.model)
        if world.model.over:
            await world.propose()
        else:
            assert step == world.model.step, (number, name, world.model)
    happened = {"decide True", "vote True", "count True", "undo True", "confirm True"}
    assert happened <= {*world.done}, world.done
