"""Walks through dispositions: of a full and of a probationary member, and what is decided."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.models.disposed import (
    ABOVES,
    CONDUCTORS,
    DECIDERS,
    DEPARTURES,
    EVALUATION,
    FAILED,
    GONE,
    HOME,
    MONTHS_OF_CORRECTION,
    PEOPLE,
    PERSUASIONS,
    PROPOSERS,
    SITTING_ABOVE,
    STEPS,
    UNDER_WAY,
    Paper,
    Product,
    Somebody,
    Trial,
)
from tests.models.walking import Walk

# Of a body, without saying how many it has: it grows with every walk.
PRESENT = ("all",) * 6 + ("half", "fewer", "nobody")
IN_FAVOUR = ("all",) * 5 + ("enough", "half")


class Dispositions(Walk):
    """Dispositions of a full and of a probationary member, one after the other and at once."""

    def __init__(self, product: Product, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.product = product
        self.papers: list[Paper] = []
        self.stood: list[Any] = []

    def begin(self, draw: Any) -> None:
        self.people = self.product.begin()

    def likely(self) -> Sequence[str]:
        if not self.papers:
            return ["opening"]
        paper = self.papers[-1]
        trials = [trial for trial in paper.trials if trial.open]
        likely = ["meeting" if trial.step.vote else "deciding" for trial in trials] * 30
        likely += ["proposing"] * 30 * (paper.state == "opened")
        likely += ["resubmitting"] * 8 * any(t.state == "returned" for t in paper.trials)
        likely += ["opening"] * 12 * bool(self.idle())
        if paper.state == "decided" and not trials:
            corrects = paper.ground == "correctable"
            likely += ["evaluating", "evaluating", "waiting"] * 6 * corrects
            likely += ["answering"] * 10 * (paper.ground in PERSUASIONS)
        heard = any(trial.objection for each in self.papers for trial in each.trials)
        likely += ["hearing"] * 12 * heard
        likely += ["appealing", "objecting", "delivering"] * (1 if trials else 5)
        rare = ["passing", "dropping", "proposing", "deciding", "sending_back", "withdrawing"]
        rare += ["meeting", "answering", "evaluating", "ordering", "opening"]
        return [*likely, *rare]

    def opening(self, draw: Any) -> None:
        who = draw(st.sampled_from((*self.idle() * 5, *self.people)))
        by = self.proposer(draw)
        mine = [paper for paper in self.papers if paper.who is who]
        previous = mine[-1] if mine and draw(st.booleans()) else None
        failed = previous is not None and previous.result in FAILED
        fit = [ground for ground in STEPS if (ground == "unfit_probationary") is not who.full]
        ground = draw(st.sampled_from((*fit * 4, *STEPS)))
        if failed:
            ground = draw(st.sampled_from(("not_corrected", ground)))
        busy = any(paper.state in UNDER_WAY for paper in mine)
        expected = not busy and who.departure is None and ground in fit and by in PROPOSERS
        expected &= ground != "not_corrected" or failed
        made = self.product.open(by, who.id, ground, previous.id if previous else None)
        if expected and made is not None:
            self.papers.append(Paper(made, who, ground, previous))
        self.agree("open", expected, made is not None)

    def dropping(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        expected = paper.state == "opened" and by in PROPOSERS
        done = self.product.drop(by, paper.id)
        if expected:
            paper.state = "dropped"
        self.agree("drop", expected, done)

    def proposing(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        expected = paper.state == "opened" and by in PROPOSERS
        made = self.product.propose(by, paper.id, paper.ground)
        if expected and made is not None:
            paper.state, paper.trial = "proposed", Trial(made, STEPS[paper.ground], by)
        self.agree("propose", expected, made is not None)

    def meeting(self, draw: Any) -> None:
        for paper, trial in self.on_trial(draw):
            step, by = trial.step, self.taker(draw, CONDUCTORS[trial.step.at])
            body = self.product.entitled(self.people) if step.at == HOME else SITTING_ABOVE
            half = (body + 1) // 2
            there, favour = draw(st.sampled_from(PRESENT)), draw(st.sampled_from(IN_FAVOUR))
            present = {"all": body, "half": half, "fewer": half - 1, "nobody": 0}[there]
            yes = min(present, {"all": body, "enough": body // 2 + 1, "half": body // 2}[favour])
            expected = trial.open and step.vote and by in CONDUCTORS[step.at]
            done = self.product.meet(by, trial.id, step.at, present, yes)
            what = "meet"
            if expected and 2 * present < body:
                what = "meet in vain"  # nothing was decided, and it may meet again
            elif expected:
                self.taken(paper, trial, by, approve=2 * yes > body)
            self.agree(what, expected, done)

    def deciding(self, draw: Any) -> None:
        for paper, trial in self.on_trial(draw):
            by, approve = (
                self.decider(draw, trial),
                draw(st.sampled_from((True, True, True, False))),
            )
            expected = self.decides(trial, by)
            done = self.product.decide(by, trial.id, approve)
            if expected:
                self.taken(paper, trial, by, approve=approve)
            self.agree("decide", expected, done)

    def sending_back(self, draw: Any) -> None:
        for _, trial in self.on_trial(draw):
            by = self.decider(draw, trial)
            expected = self.decides(trial, by)
            done = self.product.send_back(by, trial.id)
            if expected:
                trial.state = "returned"
                trial.took.add(by)
            self.agree("send back", expected, done)

    def resubmitting(self, draw: Any) -> None:
        for _, trial in self.on_trial(draw):
            by = self.proposer(draw)
            expected = trial.state == "returned" and by == trial.proposer
            done = self.product.resubmit(by, trial.id)
            if expected:
                trial.state = "open"
            self.agree("resubmit", expected, done)

    def withdrawing(self, draw: Any) -> None:
        for paper, trial in self.on_trial(draw):
            by = self.proposer(draw)
            expected = trial.state in ("open", "returned") and by == trial.proposer
            done = self.product.withdraw(by, trial.id)
            if expected:
                trial.state = "withdrawn"
                if trial is paper.trial:
                    paper.state, paper.trial = "opened", None
                elif trial is paper.evaluation:
                    paper.evaluation = None
            self.agree("withdraw", expected, done)

    def ordering(self, draw: Any) -> None:
        """Decided from above without the steps, by two people and with a document (S3C-43)."""
        for paper, trial in self.on_trial(draw):
            asks, confirms = (draw(st.sampled_from((*sorted(ABOVES), "officer"))) for _ in "ab")
            expected = trial.state in ("open", "returned") and {asks, confirms} <= ABOVES
            expected &= asks != confirms
            done = self.product.ordered(asks, confirms, trial.id)
            if expected:
                self.over(paper, trial, confirms, approved=True)
            self.agree("order", expected, done)

    def appealing(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        trial = paper.trial
        expected = paper.state in ("decided", "ended") and by in PROPOSERS
        expected = expected and trial is not None and trial.objectionable(self.product.today)
        done = self.product.appeal(by, paper.id)
        if expected:
            assert trial is not None
            trial.objection = self.product.objection(trial.id)
        self.agree("appeal", expected, done)

    def objecting(self, draw: Any) -> None:
        """The member objects himself, to whatever was decided about him."""
        for paper, trial in self.on_trial(draw):
            there = paper.who.departure is None
            expected = trial.objectionable(self.product.today) and there
            done = self.product.objected(paper.who, trial.id)
            if expected:
                trial.objection = self.product.objection(trial.id)
            self.agree("object", expected, done)

    def hearing(self, draw: Any) -> None:
        heard = [(p, t) for p in self.papers for t in p.trials if t.objection is not None]
        if not heard:
            return self.agree("hear", True, True)
        paper, trial = heard[-1 - draw(st.integers(0, len(heard) - 1))]
        by, upheld = self.taker(draw, ABOVES), draw(st.sampled_from((True, True, False)))
        expected = by in ABOVES and by not in trial.took
        expected &= not upheld or self.may_fall(paper, trial)
        done = self.product.answered(by, trial.objection, upheld)
        if expected:
            trial.objection = None
            if upheld:
                self.fallen(paper, trial)
        self.agree("uphold" if upheld else "dismiss", expected, done)

    def delivering(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        expected = paper.state in ("decided", "ended") and not paper.delivered
        expected &= by in PROPOSERS
        done = self.product.deliver(by, paper.id)
        if expected:
            paper.delivered = True
            paper.state = "ended" if paper.result == "carried_out" else paper.state
        self.agree("deliver", expected, done)

    def answering(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        withdraws = draw(st.booleans())
        expected = paper.state == "decided" and paper.ground in PERSUASIONS and by in PROPOSERS
        done = self.product.answer(by, paper.id, withdraws)
        if expected:
            paper.state = "ended"
            paper.result = "withdrew" if withdraws else "refused_to_withdraw"
            if withdraws:
                paper.who.departure = DEPARTURES[paper.ground]
        self.agree("answer", expected, done)

    def evaluating(self, draw: Any) -> None:
        paper, by = self.paper(draw), self.proposer(draw)
        result = draw(st.sampled_from(("corrected", *FAILED)))
        busy = any(trial.state in ("open", "returned") for trial in paper.evaluations)
        over = paper.until is not None and paper.until <= self.product.today
        expected = paper.state == "decided" and paper.ground == "correctable" and not busy
        expected &= (over or result == "refused_correction") and by in PROPOSERS
        made = self.product.evaluate(by, paper.id, result)
        if expected and made is not None:
            paper.evaluation = Trial(made, EVALUATION, by, result)
            paper.evaluations.append(paper.evaluation)
        self.agree("evaluate", expected, made is not None)

    def passing(self, draw: Any) -> None:
        self.product.later(draw(st.integers(1, 3)))
        self.agree("pass", True, True)

    def waiting(self, draw: Any) -> None:
        self.product.later(draw(st.sampled_from((30, 93))))
        self.agree("wait", True, True)

    def taken(self, paper: Paper, trial: Trial, by: str, *, approve: bool) -> None:
        """A step was taken: the next one begins, or all is over."""
        if approve and trial.at + 1 < len(trial.steps):
            trial.took.add(by)
            trial.at += 1
        else:
            self.over(paper, trial, by, approved=approve)

    def over(self, paper: Paper, trial: Trial, by: str, *, approved: bool) -> None:
        trial.took.add(by)
        trial.state, trial.ended_on = "approved" if approved else "refused", self.product.today
        if trial is paper.trial:
            self.decided(paper, approved)
        elif trial is paper.evaluation:
            paper.evaluation = trial if approved else None
            if approved:
                paper.state, paper.result = "ended", trial.result

    def decided(self, paper: Paper, approved: bool) -> None:
        paper.state = "decided" if approved else "refused"
        paper.decided_on = self.product.today
        if approved and paper.ground == "correctable":
            paper.until = _months_on(self.product.today, MONTHS_OF_CORRECTION)
        elif approved and paper.ground not in PERSUASIONS:
            paper.result, paper.who.departure = "carried_out", DEPARTURES[paper.ground]

    def may_fall(self, paper: Paper, trial: Trial) -> bool:
        """Whether anything rests on it, or goes on beside it."""
        others = [p for p in self.papers if p.who is paper.who and p is not paper]
        rests = any(p.previous is paper and p.state not in ("dropped", "refused") for p in others)
        if rests or any(p.state in UNDER_WAY for p in others):
            return False
        if trial is paper.trial:
            return paper.result in GONE or paper.who.departure is None
        if trial.state == "approved":
            return trial is paper.evaluation and paper.state == "ended"
        waits = paper.state == "decided" and paper.evaluation is None
        return waits and trial.ended_on >= paper.decided_on

    def fallen(self, paper: Paper, trial: Trial) -> None:
        """What was decided is as if it had not been, and is put to the branch again."""
        trial.state, trial.at, trial.ended_on = "open", 0, None
        if trial is not paper.trial:
            paper.evaluation = trial
            paper.state, paper.result = "decided", None
            return
        if paper.result in GONE:
            paper.who.departure = None
        paper.state, paper.result, paper.until = "proposed", None, None
        paper.delivered, paper.evaluation = False, None

    def decides(self, trial: Trial, by: str) -> bool:
        may = by in DECIDERS[trial.step.at] and by != trial.proposer
        return trial.open and not trial.step.vote and may

    def idle(self) -> list[Somebody]:
        """Of whom nothing is proposed, and who may be disposed of."""
        busy = [paper.who for paper in self.papers if paper.state in UNDER_WAY]
        return [who for who in self.people if who.departure is None and who not in busy]

    def paper(self, draw: Any) -> Paper:
        """One of the last papers, most often the last one."""
        return self.papers[-1 - draw(st.sampled_from((*[0] * 4, *range(len(self.papers)))))]

    def on_trial(self, draw: Any) -> Iterator[tuple[Paper, Trial]]:
        """A procedure, if there is one, rather the last."""
        paper = self.paper(draw)
        if paper.trials:
            open_ones = [t for t in paper.trials if t.state in ("open", "returned")]
            yield paper, draw(st.sampled_from((*open_ones * 3, *paper.trials)))
        else:
            self.agree("pass", True, True)

    def proposer(self, draw: Any) -> str:
        return str(draw(st.sampled_from((*PROPOSERS * 5, "recorder", "rival"))))

    def taker(self, draw: Any, likely: set[str]) -> str:
        return str(draw(st.sampled_from((*sorted(likely) * 6, *PEOPLE))))

    def decider(self, draw: Any, trial: Trial) -> str:
        """Somebody, most often one of whom nobody says that he decided and hears it too."""
        return self.taker(draw, DECIDERS[trial.step.at] - {"second", "municipal"})

    def agree(self, what: str, expected: bool, found: bool) -> None:
        changed = [(p.state, p.result, p.evaluation) for p in self.papers]
        self.product.stands(self.people, self.papers, deep=changed != self.stood)
        self.stood = changed
        self.same(what, expected, found)


def _months_on(day: date, months: int) -> date:
    """So many calendar months later, the last of the month at most."""
    number = day.month - 1 + months
    first = date(day.year + number // 12, number % 12 + 1, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return min(first + timedelta(day.day - 1), last)
