"""A procedure as somebody would keep it on paper, and walks through it.

The branch has five members: `m0`, `m1` and `m2` have accounts of their own, `clerk` is the fourth,
and `barred` the fifth, who sits at meetings without a vote. Three steps: one person decides, the
meeting votes, the committee decides; it may send the matter to the beginning again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from hypothesis import strategies as st
from tests.models.walking import Walk

DECIDE, CONDUCT = "core:procedure:decide", "core:procedure:conduct"
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
            "action": CONDUCT,
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
VOTERS = ("m0", "m1", "m2", "clerk")
BARRED = "barred"
SEATS = (*VOTERS, BARRED)
CHOICES = ("yes", "no", "abstain")
PROPOSERS = ("secretary", "officer")
OVERRIDERS = ("district", "city")
# Who may take which step by a role of his own; whoever proposed may not decide.
TAKERS = {
    "draft": {"secretary", "officer", "second", "district"},
    "meeting": {"secretary", "officer", "second", "clerk"},
    "committee": {"officer", "second", "district"},
}
PEOPLE = ("secretary", "officer", "second", "clerk", "district", "m0", "rival")


class Product(Protocol):
    """What is asked of the product. Each act says whether it was allowed."""

    def propose(self, who: str) -> bool: ...
    def decide(self, who: str, approve: bool, late: bool) -> bool: ...
    def send_back(self, who: str) -> bool: ...
    def resubmit(self, who: str) -> bool: ...
    def withdraw(self, who: str) -> bool: ...
    def undo(self, who: str) -> bool: ...
    def convene(self, who: str, present: set[str], secret: bool) -> bool: ...
    def attend(self, who: str, come: set[str], gone: set[str]) -> bool: ...
    def vote(self, who: str, choice: str) -> bool: ...
    def call_off(self, who: str) -> bool: ...
    def count(self, who: str, paper: int | None) -> bool: ...
    def ask(self, who: str) -> bool: ...
    def confirm(self, who: str, confirm: bool) -> bool: ...
    def delegate(self, giver: str) -> bool: ...
    def end_delegation(self, giver: str) -> bool: ...
    def stands(self) -> dict[str, Any]: ...


@dataclass
class Paper:
    """The procedure. `last` may take back a decision; `times` is how often it was at a step."""

    proposer: str
    state: str = "open"
    step: str = "draft"
    times: int = 1
    last: str | None = None
    came_from: str = ""
    meeting: bool = False
    met: bool = False
    present: set[str] = field(default_factory=set)
    votes: dict[str, str] = field(default_factory=dict)
    asked_by: str | None = None

    @property
    def over(self) -> bool:
        return self.state in ("approved", "refused", "withdrawn")

    def shown(self) -> dict[str, Any]:
        """What must be the same in the product."""
        return {
            "state": self.state,
            "step": None if self.over else self.step,
            "times": self.times,
            "meeting": self.meeting,
            "votes": len(self.votes) if self.meeting else None,
        }


class Procedures(Walk):
    """Acts on one procedure after the other; delegations outlive them."""

    def __init__(self, product: Product, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.product = product
        self.givers: set[str] = set()

    def begin(self, draw: Any) -> None:
        who = draw(st.sampled_from(PROPOSERS))
        self.paper = Paper(who)
        assert self.product.propose(who)

    def teardown(self) -> None:
        for giver in sorted(self.givers):
            assert self.product.end_delegation(giver)

    def likely(self) -> Sequence[str]:
        paper = self.paper
        rare = ["send_back", "withdraw", "ask", "delegate", "decide_passed", "vote"]
        rare += ["confirm"] * 3 if paper.asked_by else []
        if paper.over:
            return ["propose"] * 30 + rare + ["decide", "undo", "count", "resubmit"]
        if paper.state == "returned":
            return ["resubmit"] * 6 + ["undo"] * 2 + rare
        if paper.meeting:
            waiting = len(paper.present) - len(paper.votes)
            acts = ["attend", "attend", "count", "count", "convene", "call_off", *rare]
            return ["vote"] * 6 * max(waiting, 0) + ["count"] * 6 * (waiting < 2) + acts
        if paper.step == "meeting":
            return ["convene"] * 10 + ["count", "call_off", "undo", "undo", "decide", *rare]
        return ["decide"] * 10 + ["undo"] * 3 + ["send_back"] * 3 + ["convene", *rare]

    def propose(self, draw: Any) -> None:
        who = draw(st.sampled_from(PROPOSERS))
        self.paper = Paper(who)
        self.agree("propose", True, self.product.propose(who))

    def decide(self, draw: Any) -> None:
        who, approve = self.taker(draw), draw(st.sampled_from((True, True, True, False)))
        self.agree("decide", self._decided(who, approve), self.product.decide(who, approve, False))

    def decide_passed(self, draw: Any) -> None:
        """Decide a step that was decided already."""
        if self.paper.times > 1:
            who, approve = self.taker(draw), draw(st.booleans())
            self.agree("decide what passed", False, self.product.decide(who, approve, True))

    def send_back(self, draw: Any) -> None:
        who, paper = self.taker(draw), self.paper
        expected = self._decides(who)
        if expected:
            paper.came_from, paper.last, paper.state = paper.step, who, "returned"
            paper.met = False
        self.agree("send back", expected, self.product.send_back(who))

    def resubmit(self, draw: Any) -> None:
        who, paper = draw(st.sampled_from(PROPOSERS)), self.paper
        expected = paper.state == "returned" and who == paper.proposer
        if expected:
            paper.state, paper.last, paper.times = "open", None, paper.times + 1
        self.agree("resubmit", expected, self.product.resubmit(who))

    def withdraw(self, draw: Any) -> None:
        who, paper = draw(st.sampled_from((*PROPOSERS, "district", "clerk"))), self.paper
        expected = not paper.over and who == paper.proposer and not paper.meeting
        if expected:
            self._end("withdrawn")
        self.agree("withdraw", expected, self.product.withdraw(who))

    def undo(self, draw: Any) -> None:
        paper = self.paper
        other, own = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from((True, True, False)))
        who = paper.last if own and paper.last else other
        expected = not paper.over and who == paper.last and not paper.met
        if expected:
            paper.times += 1
            paper.state, paper.step, paper.last = "open", paper.came_from, None
        self.agree("undo", expected, self.product.undo(who))

    def convene(self, draw: Any) -> None:
        who, paper = self.taker(draw), self.paper
        absent = draw(st.sets(st.sampled_from(SEATS), max_size=4) | st.just(set()))
        present = {*SEATS} - absent
        expected = self._conducts(who) and not paper.meeting
        if expected:
            paper.meeting = paper.met = True
            paper.present, paper.votes = present, {}
        secret = draw(st.booleans())
        self.agree("convene", expected, self.product.convene(who, set(present), secret))

    def attend(self, draw: Any) -> None:
        who, paper = self.taker(draw), self.paper
        one, comes = draw(st.sampled_from(SEATS)), draw(st.sampled_from((True, True, False)))
        expected = self._conducts(who) and paper.meeting and (comes or one not in paper.votes)
        if expected:
            (paper.present.add if comes else paper.present.discard)(one)
        come, gone = ({one}, set[str]()) if comes else (set[str](), {one})
        self.agree("attend", expected, self.product.attend(who, come, gone))

    def vote(self, draw: Any) -> None:
        paper = self.paper
        able = sorted(paper.present - {*paper.votes, BARRED}) if paper.meeting else []
        who = draw(st.sampled_from((*able * 4, *SEATS)))
        choice = draw(st.sampled_from(("yes", "yes", *CHOICES)))
        may = who in paper.present and who not in paper.votes and who != BARRED
        if paper.meeting and may:
            paper.votes[who] = choice
        self.agree("vote", paper.meeting and may, self.product.vote(who, choice))

    def call_off(self, draw: Any) -> None:
        who, paper = self.taker(draw), self.paper
        expected = self._conducts(who) and paper.meeting and not paper.votes
        if expected:
            paper.meeting = False
        self.agree("call off", expected, self.product.call_off(who))

    def count(self, draw: Any) -> None:
        who, paper = self.taker(draw), draw(st.none() | st.none() | st.integers(0, 5))
        self.agree("count", self._counted(who, paper), self.product.count(who, paper))

    def ask(self, draw: Any) -> None:
        who, paper = draw(st.sampled_from((*OVERRIDERS, "second"))), self.paper
        expected = who in OVERRIDERS and not paper.over and paper.asked_by is None
        if expected:
            paper.asked_by = who
        self.agree("ask", expected, self.product.ask(who))

    def confirm(self, draw: Any) -> None:
        paper = self.paper
        others = [who for who in OVERRIDERS if who != paper.asked_by]
        who = draw(st.sampled_from((*others * 2, *OVERRIDERS, "second")))
        confirm = draw(st.sampled_from((True, True, False)))
        expected = who in OVERRIDERS
        if confirm:
            expected = expected and who != paper.asked_by and not paper.meeting
        if expected:
            paper.asked_by = None
            if confirm:
                self._end("approved")
        self.agree(
            "confirm" if confirm else "decline", expected, self.product.confirm(who, confirm)
        )

    def delegate(self, draw: Any) -> None:
        giver = draw(st.sampled_from(("secretary", "officer", "m0")))
        if giver in self.givers:
            self.givers.discard(giver)
            self.agree("end delegation", True, self.product.end_delegation(giver))
            return
        expected = giver != "m0"
        if expected:
            self.givers.add(giver)
        self.agree("delegate", expected, self.product.delegate(giver))

    def taker(self, draw: Any) -> str:
        """Somebody, more often than not one who may."""
        likely = sorted(TAKERS[self.paper.step]) + ["clerk"] * bool(self.givers)
        return str(draw(st.sampled_from(likely * 3 + [*PEOPLE])))

    def agree(self, what: str, expected: bool, found: bool) -> None:
        self.same(what, expected, found)
        shown = self.product.stands()
        assert shown == self.paper.shown(), (what, shown, self.paper)

    def _decided(self, who: str, approve: bool) -> bool:
        paper = self.paper
        if not self._decides(who):
            return False
        paper.came_from, paper.last, paper.met = paper.step, who, False
        if approve and paper.step == "draft":
            paper.step, paper.times = "meeting", paper.times + 1
        elif approve:
            self._end("approved")
        elif paper.step == "draft":
            self._end("refused")
        else:
            paper.step, paper.times = "draft", paper.times + 1
        return True

    def _counted(self, who: str, by_hand: int | None) -> bool:
        paper = self.paper
        present = len(paper.present - {BARRED})
        if not self._conducts(who) or not paper.meeting:
            return False
        if by_hand is not None and (paper.votes or by_hand > present):
            return False
        paper.meeting = False
        if 2 * present < len(VOTERS):  # nothing was decided, and it may meet again
            return True
        yes = [*paper.votes.values()].count("yes") if by_hand is None else by_hand
        if 2 * yes > len(VOTERS):
            paper.step, paper.last, paper.times = "committee", None, paper.times + 1
        else:
            self._end("refused")
        return True

    def _decides(self, who: str) -> bool:
        """Nobody decides what he proposed, in his own name or another's."""
        paper = self.paper
        if paper.state != "open" or paper.step == "meeting" or who == paper.proposer:
            return False
        takers = TAKERS[paper.step]
        stands_in = who == "clerk" and self.givers & takers - {paper.proposer}
        return who in takers or bool(stands_in)

    def _conducts(self, who: str) -> bool:
        paper = self.paper
        return paper.state == "open" and paper.step == "meeting" and who in TAKERS["meeting"]

    def _end(self, state: str) -> None:
        self.paper.state, self.paper.last, self.paper.asked_by = state, None, None
