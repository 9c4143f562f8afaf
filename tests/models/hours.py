"""Class hours as somebody would keep them in an exercise book, and walks through them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from hypothesis import strategies as st
from tests.models.walking import Walk

REQUIRED, DAY_LIMIT = Decimal(32), Decimal(8)
MEMBERS = ("me", "peer")
# The days that hours fall on, from today; the last is still to come.
PAST, TOMORROW = (-3, -2, -1, 0), 1
HOURS = [Decimal(text) for text in ("0.5", "1", "2", "2.5", "4", "6", "8")]
UNFIT = [Decimal(0), Decimal(9)]
COUNTED, NOT_COUNTED = "online", "self_study"
LIVE = ("pending", "verified")
PRESENCES = ("present", "present", "present", "absent", "on_leave")
DECIDERS = ("secretary", "officer", "me", "recorder")
MAY_DECIDE = ("secretary", "officer")
Mark = tuple[str, Decimal | None]


class Product(Protocol):
    """What is asked of the product; acts say whether they were allowed, or what they made."""

    def begin(self) -> None: ...
    def enter(self, who: str, member: str, credit: "Credit", evidence: bool) -> Any: ...
    def verify(self, who: str, ids: list[Any], approve: bool) -> bool: ...
    def correct(self, who: str, id: Any, credit: "Credit") -> Any: ...
    def void(self, who: str, id: Any) -> bool: ...
    def session(self, who: str, day: int, hours: Decimal, planned: bool) -> Any: ...
    def attend(self, who: str, id: Any, marks: dict[str, Mark]) -> bool: ...
    def enrol(self, who: str, id: Any, member: str, takes: bool) -> bool: ...
    def cancel(self, who: str, id: Any) -> bool: ...
    def given(self, session: Any, member: str) -> Any: ...
    def standings(self) -> dict[str, dict[str, Decimal]]: ...
    def credits(self) -> Counter[tuple[str, int, Decimal, str]]: ...


@dataclass(eq=False)
class Credit:
    """A line of the book. `by` entered it; only a claim or a record as it was may be a slip."""

    member: str
    day: int
    hours: Decimal
    form: str
    by: str = ""
    state: str = "pending"
    session: Any = None
    untouched: bool = True

    @property
    def counted(self) -> Decimal:
        return self.hours if self.form == COUNTED else Decimal(0)


@dataclass
class Session:
    """A session in the branch, and how everybody is marked."""

    day: int
    hours: Decimal
    state: str
    marks: dict[str, Mark] = field(default_factory=dict)


class Hours(Walk):
    """Claims, records, sessions, and what is decided about them."""

    def __init__(self, product: Product, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.product = product

    def begin(self, draw: Any) -> None:
        self.book: dict[Any, Credit] = {}
        self.sessions: dict[Any, Session] = {}
        self.product.begin()

    def likely(self) -> Sequence[str]:
        acts = ["claim", "claim", "record", "record", "session", "session"]
        if self.book:
            acts += ["verify", "verify", "verify", "send_back", "correct", "void"]
        if self.sessions:
            acts += ["attend", "attend", "attend", "enrol", "cancel"]
        return acts

    def claim(self, draw: Any) -> None:
        who, member = "me", draw(st.sampled_from(("me", "me", "me", "peer")))
        evidence = draw(st.sampled_from((True, True, True, False)))
        credit = self.line(draw, member)
        expected = member == "me" and evidence and self.fits(credit)
        self.entered(
            "claim", expected, credit, who, self.product.enter(who, member, credit, evidence)
        )

    def record(self, draw: Any) -> None:
        who = draw(st.sampled_from(("secretary", "officer", "recorder", "rival")))
        credit = self.line(draw, draw(st.sampled_from(MEMBERS)))
        expected = who != "rival" and self.fits(credit)
        made = self.product.enter(who, credit.member, credit, False)
        self.entered("record", expected, credit, who, made)

    def verify(self, draw: Any) -> None:
        self.decide(draw, "verify", "verified")

    def send_back(self, draw: Any) -> None:
        self.decide(draw, "send back", "returned")

    def decide(self, draw: Any, what: str, state: str) -> None:
        who = draw(st.sampled_from(DECIDERS))
        waiting = [id for id, credit in self.book.items() if credit.state == "pending"]
        choice = st.sampled_from(waiting * 3 + [*self.book])
        chosen = [*dict.fromkeys([draw(choice), draw(choice)])]
        lines = [self.book[id] for id in chosen]
        expected = who in MAY_DECIDE and all(
            line.state == "pending" and line.by != who for line in lines
        )
        if expected:
            for line in lines:
                line.state, line.untouched = state, False
        self.agree(what, expected, self.product.verify(who, chosen, state == "verified"))

    def correct(self, draw: Any) -> None:
        who, id = draw(st.sampled_from(DECIDERS)), draw(st.sampled_from((*self.book,)))
        old = self.book[id]
        new = self.line(draw, old.member)
        new.session, new.untouched = old.session, False
        expected = who in MAY_DECIDE and old.state in LIVE and self.fits(new, without=[old])
        if expected:
            old.state, old.untouched = "superseded", False
        self.entered("correct", expected, new, who, self.product.correct(who, id, new))

    def void(self, draw: Any) -> None:
        who = draw(st.sampled_from((*DECIDERS, "peer")))
        line = self.book[id := draw(st.sampled_from((*self.book,)))]
        own_slip = line.by == who and line.untouched and line.session is None
        expected = line.state in LIVE and (who in MAY_DECIDE or own_slip)
        if expected:
            line.state, line.untouched = "void", False
        self.agree("void", expected, self.product.void(who, id))

    def session(self, draw: Any) -> None:
        who, planned = draw(st.sampled_from(("secretary", "recorder", "me"))), draw(st.booleans())
        day = draw(st.sampled_from((*PAST, TOMORROW) if not planned else (-1, 0, 0, TOMORROW)))
        hours = draw(st.sampled_from((*HOURS, *UNFIT)))
        expected = who != "me" and 0 < hours <= DAY_LIMIT
        expected = expected and (day >= 0 if planned else day <= 0)
        made = self.product.session(who, day, hours, planned)
        if made is not None:
            self.sessions[made] = Session(day, hours, "planned" if planned else "held")
        self.agree("plan" if planned else "hold", expected, made is not None)

    def attend(self, draw: Any) -> None:
        who = draw(st.sampled_from(("recorder", "recorder", "secretary", "me")))
        held = [
            id for id, each in self.sessions.items() if each.day <= 0 and each.state != "cancelled"
        ]
        session = self.sessions[id := draw(st.sampled_from(held * 3 + [*self.sessions]))]
        marks: dict[str, Mark] = {}
        fitting = [hours for hours in HOURS if hours <= session.hours]
        for member in MEMBERS:
            if draw(st.sampled_from((True, True, False))):
                presence, hours = draw(st.sampled_from(PRESENCES)), None
                if draw(st.integers(0, 9)) < (4 if presence == "present" else 1):
                    hours = draw(st.sampled_from((*fitting * 3, *HOURS)))
                marks[member] = presence, hours
        expected = who != "me" and bool(marks) and session.state != "cancelled"
        expected = expected and session.day <= 0
        before = {member: self.given(id, member) for member in marks}
        for member, (presence, hours) in marks.items():
            fit = hours is None or (presence == "present" and hours <= session.hours)
            gives = self.gives(session, marks[member])
            held = before[member]
            stays = held is not None and held.hours == gives
            new = Credit(member, session.day, gives, COUNTED)
            fit = fit and (not gives or stays or self.fits(new, without=[held] if held else []))
            expected = expected and fit
        found = self.product.attend(who, id, marks)
        if expected and found:
            self._mark(who, id, session, marks, before)
        self.agree("attend", expected, found)

    def enrol(self, draw: Any) -> None:
        session = self.sessions[id := draw(st.sampled_from((*self.sessions,)))]
        who, member = draw(st.sampled_from(("me", "recorder"))), draw(st.sampled_from(MEMBERS))
        takes = draw(st.sampled_from((True, True, False)))
        expected = who != "me" or member == "me"
        if takes:
            open_ = session.state == "planned" and session.day >= 0
            expected = expected and open_ and member not in session.marks
            if expected:
                session.marks[member] = "enrolled", None
        else:
            expected = expected and session.marks.get(member) == ("enrolled", None)
            if expected:
                del session.marks[member]
        what = "enrol" if takes else "give back"
        self.agree(what, expected, self.product.enrol(who, id, member, takes))

    def cancel(self, draw: Any) -> None:
        session = self.sessions[id := draw(st.sampled_from((*self.sessions,)))]
        who = draw(st.sampled_from(("secretary", "recorder", "me")))
        expected = who != "me" and session.state != "cancelled"
        if expected:
            session.state = "cancelled"
            for line in self.book.values():
                if line.session == id and line.state in LIVE:
                    line.state = "void"
        self.agree("cancel", expected, self.product.cancel(who, id))

    def entered(self, what: str, expected: bool, credit: Credit, who: str, made: Any) -> None:
        if made is not None:
            credit.by = who
            self.book[made] = credit
        self.agree(what, expected, made is not None)

    def agree(self, what: str, expected: bool, found: bool) -> None:
        self.same(what, expected, found)
        assert self.product.credits() == Counter(
            (line.member, line.day, line.hours, line.state) for line in self.book.values()
        ), what
        assert self.product.standings() == {who: self.standing(who) for who in MEMBERS}, what

    def standing(self, who: str) -> dict[str, Decimal]:
        """The year of a member, summed anew."""
        sums = dict.fromkeys(LIVE, Decimal(0))
        for line in self.book.values():
            if line.member == who and line.state in LIVE:
                sums[line.state] += line.counted
        enrolled = [
            session.hours
            for session in self.sessions.values()
            if session.state == "planned" and session.marks.get(who) == ("enrolled", None)
        ]
        return {
            "required": REQUIRED,
            "verified": sums["verified"],
            "pending": sums["pending"],
            "earned": sums["verified"] + sums["pending"],
            "gap": max(Decimal(0), REQUIRED - sums["verified"]),
            "enrolled": sum(enrolled, Decimal(0)),
        }

    def line(self, draw: Any, member: str) -> Credit:
        day = draw(st.sampled_from((*PAST * 3, TOMORROW)))
        hours = draw(st.sampled_from((*HOURS * 2, *UNFIT)))
        form = draw(st.sampled_from((COUNTED, COUNTED, NOT_COUNTED)))
        return Credit(member, day, hours, form)

    def fits(self, new: Credit, without: Sequence[Credit] = ()) -> bool:
        """Hours of a day that has come, and no more of them than a day holds, counted or not."""
        day = sum(
            line.hours
            for line in self.book.values()
            if (line.member, line.day) == (new.member, new.day) and line.state in LIVE
            if line not in without
        )
        return new.hours > 0 and day + new.hours <= DAY_LIMIT and new.day <= 0

    def given(self, session: Any, member: str) -> Credit | None:
        """The live hours that a session gave."""
        found = [
            line
            for line in self.book.values()
            if line.session == session and line.member == member and line.state in LIVE
        ]
        assert len(found) <= 1
        return found[0] if found else None

    def gives(self, session: Session, mark: Mark) -> Decimal:
        presence, hours = mark
        if presence != "present":
            return Decimal(0)
        return session.hours if hours is None else hours

    def _mark(
        self,
        who: str,
        id: Any,
        session: Session,
        marks: dict[str, Mark],
        before: dict[str, Credit | None],
    ) -> None:
        fresh = {
            member: mark for member, mark in marks.items() if session.marks.get(member) != mark
        }
        if fresh and session.state == "planned":
            session.state = "held"
        for member, mark in fresh.items():
            session.marks[member] = mark
            gives, held = self.gives(session, mark), before[member]
            if held is not None and held.hours != gives:
                held.state = "void"
                held = None
            if gives and held is None:
                line = Credit(member, session.day, gives, COUNTED, who, "pending", id, False)
                self.book[self.product.given(id, member)] = line
