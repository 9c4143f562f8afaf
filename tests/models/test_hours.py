"""Whatever is entered in whatever order, a member's year is the sum of what the book says."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select
from tests.models.hours import LIVE, MEMBERS, REQUIRED, Credit, Hours, Mark
from tests.models.walking import World, finds, walk

from zhibu.act import Act
from zhibu.storage.fixed import Fixed
from zhibu.testing.house import NOON
from zhibu_education.rules import credits as credit_rules
from zhibu_education.rules import sessions as session_rules
from zhibu_education.rules.catalogues import Presence
from zhibu_education.rules.sessions import Draft
from zhibu_education.rules.sessions import Mark as Marked
from zhibu_education.rules.standing import Hours as Sums
from zhibu_education.service import attendance, credits, sessions, verifying
from zhibu_education.service.attendance import writing
from zhibu_education.service.rows import Entry
from zhibu_education.tables import Credit as CreditRow
from zhibu_education.tables import Standing

IN_MEMORY, ON_DISK = 500, 100
_C, _S = CreditRow.__table__.c, Standing.__table__.c
_TENANT = bindparam("tenant", type_=_C.id.type)
_YEAR = bindparam("year", type_=_C.year.type)
_CREDITS = Fixed(
    select(_C.id, _C.member_id, _C.earned_on, _C.hours, _C.state, _C.session_id).where(
        _C.tenant_id == _TENANT, _C.year == _YEAR
    )
)
_STANDINGS = Fixed(
    select(_S.member_id, _S.required, _S.verified, _S.pending, _S.enrolled).where(
        _S.tenant_id == _TENANT, _S.year == _YEAR
    )
)


class Served:
    """The services, on whatever database the world has. On a disk every walk has its own year."""

    def __init__(self, world: World, members: dict[str, UUID]) -> None:
        self.world, self.members = world, members
        self.names = {id: name for name, id in members.items()}
        self.unit = world.institution.units["branch"].id
        self.walks, self.year = 0, NOON.year

    @property
    def today(self) -> date:
        return self.world.institution.house.now.date()

    def day(self, number: int) -> date:
        return self.today + timedelta(number)

    def begin(self) -> None:
        forgotten = self.world.forget()
        self.walks += not forgotten
        self.year = NOON.year + self.walks + forgotten
        self.world.institution.house.now = NOON.replace(year=self.year)

    def enter(self, who: str, member: str, credit: Credit, evidence: bool) -> Any:
        id, entry = self.members[member], self._entry(credit, evidence)
        use = credits.claim if who == "me" else credits.record
        return self.world.may(who, lambda act: use(act, id, entry))

    def verify(self, who: str, ids: list[Any], approve: bool) -> bool:
        if approve:
            return self._done(who, lambda act: verifying.verify(act, ids))
        return self._done(who, lambda act: verifying.send_back(act, ids, reason="材料不全"))

    def correct(self, who: str, id: Any, credit: Credit) -> Any:
        entry = self._entry(credit, True)
        return self.world.may(who, lambda act: credits.correct(act, id, entry, reason="有误"))

    def void(self, who: str, id: Any) -> bool:
        return self._done(who, lambda act: credits.void(act, id, reason="误录"))

    def session(self, who: str, day: int, hours: Decimal, planned: bool) -> Any:
        draft = Draft(
            organization_id=self.unit,
            title="学习",
            held_on=self.day(day),
            hours=hours,
            form="online",
            topic="purpose",
        )
        use = sessions.plan if planned else sessions.enter_held
        return self.world.may(who, lambda act: use(act, draft))

    def attend(self, who: str, id: Any, marks: dict[str, Mark]) -> bool:
        listed = [
            Marked(member_id=self.members[member], presence=Presence(presence), hours=hours)
            for member, (presence, hours) in marks.items()
        ]
        return self._done(who, lambda act: attendance.attend(act, id, listed))

    def enrol(self, who: str, id: Any, member: str, takes: bool) -> bool:
        use = sessions.enrol if takes else sessions.withdraw
        return self._done(who, lambda act: use(act, id, self.members[member]))

    def cancel(self, who: str, id: Any) -> bool:
        return self._done(who, lambda act: sessions.cancel(act, id, reason="取消"))

    def given(self, session: Any, member: str) -> Any:
        [id] = [
            row.id
            for row in self._credits()
            if (row.session_id, row.member_id) == (session, self.members[member])
            if row.state in LIVE
        ]
        return id

    def standings(self) -> dict[str, dict[str, Decimal]]:
        kept = {row.member_id: row for row in self.world.rows(_STANDINGS, year=self.year)}
        return {name: self._standing(kept.get(self.members[name])) for name in MEMBERS}

    def credits(self) -> Counter[tuple[str, int, Decimal, str]]:
        return Counter(
            (self.names[row.member_id], (row.earned_on - self.today).days, row.hours, row.state)
            for row in self._credits()
        )

    def _credits(self) -> list[Any]:
        return self.world.rows(_CREDITS, year=self.year)

    def _standing(self, row: Any) -> dict[str, Decimal]:
        if row is None:  # nothing happened this year, so nothing is kept
            row = Sums(required=REQUIRED)
        sums = Sums(
            required=row.required,
            verified=row.verified,
            pending=row.pending,
            enrolled=row.enrolled,
        )
        return {**vars(sums), "earned": sums.earned, "gap": sums.gap}

    def _entry(self, credit: Credit, evidence: bool) -> Entry:
        return Entry(
            earned_on=self.day(credit.day),
            hours=credit.hours,
            form=credit.form,
            topic="purpose",
            title="学习",
            evidence="证明" if evidence else None,
        )

    def _done(self, who: str, use: Callable[[Act], Any]) -> bool:
        async def done(act: Act) -> bool:
            await use(act)
            return True

        return self.world.may(who, done) is not None


@pytest.fixture
async def served(world: World) -> Served:
    """Two members of the branch, with accounts."""
    members = {}
    for name in MEMBERS:
        members[name] = (await world.institution.member()).id
        await world.institution.account(name, member_id=members[name])
    return Served(world, members)


def test_the_year_is_the_sum_of_the_book(served: Served) -> None:
    world = served.world
    world.meet()

    def make(tally: Counter[str]) -> Hours:
        return Hours(served, tally)

    walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            tally = walk(make, IN_MEMORY)
        for what in ("claim", "record", "verify", "correct", "void", "attend", "cancel"):
            assert tally[f"{what} True"] > 1, tally


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_guard_that_is_taken_away_is_missed(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> Iterator[Any]:
        yield from ()

    async def forgotten(*_: Any, **__: Any) -> None:
        return None

    planted: dict[str, tuple[Any, str, Any]] = {
        "one's own is verified": (credit_rules, "verification_refusals", never),
        "what was decided is changed": (credit_rules, "change_refusals", never),
        "a day holds anything": (credit_rules, "overfull", never),
        "every form counts": (credit_rules, "counted", lambda form, hours, forms: hours),
        "a year is not summed anew": (sessions, "refresh", forgotten),
        "a place is not credited anew": (writing, "ends", lambda *_: False),
        "what is cancelled is cancelled again": (session_rules, "cancellation_refusals", never),
    }
    served.world.meet()
    with served.world.in_memory():
        for what, (module, guard, instead) in planted.items():
            with monkeypatch.context() as patched:
                patched.setattr(module, guard, instead)
                assert finds(lambda tally: Hours(served, tally), 600), what
