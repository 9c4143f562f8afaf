"""An act repeated with its key has one effect and the same answer, whatever came between.

The answer is the same object, shown as it stands by then: so fields that change are not asked for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, select
from tests.models.walking import Walk, World, finds, walk

from zhibu.events import receipts
from zhibu.events.tables import LedgerHead
from zhibu.identifiers import global_id
from zhibu.storage.fixed import Fixed
from zhibu.testing.house import NOON
from zhibu_education.tables import Credit

IN_MEMORY, ON_DISK = 300, 60
WHO = ("secretary", "officer")
REUSED = "core.idempotency_key_reused"
RECORD = """mutation ($input: EducationCreditInput!) { educationCreditRecord(input: $input) {
  credit { id hours } userErrors { code message path } } }"""
CORRECT = """mutation ($input: MemberCorrectInput!) { memberCorrect(input: $input) {
  member { id } userErrors { code message path } } }"""
_HEAD, _CREDIT = LedgerHead.__table__.c, Credit.__table__.c
_TENANT = bindparam("tenant", type_=_HEAD.tenant_id.type)
_SEQ = Fixed(select(_HEAD.seq).where(_HEAD.tenant_id == _TENANT))
_SUM = Fixed(
    select(
        func.count().label("number"), func.coalesce(func.sum(_CREDIT.hours), 0).label("hours")
    ).where(_CREDIT.tenant_id == _TENANT)
)


@dataclass
class Sent:
    """What was sent with a key, and the answer to it."""

    document: str
    given: dict[str, Any]
    answer: Any


class Repeats(Walk):
    """Hours recorded and notes corrected, each with a key, sent once and again."""

    def __init__(self, world: World, member: str, tally: Counter[str]) -> None:
        super().__init__(tally)
        self.world, self.member = world, member
        self.name = uuid4().hex  # on a disk the keys of former walks are known

    def begin(self, draw: Any) -> None:
        if not self.world.forget():  # its days must not be full of former walks
            self.member = self.world.run(somebody(self.world))
        self.sent: dict[tuple[str, str], Sent] = {}
        self.number = 0
        [before] = self.world.rows(_SUM)
        self.before, self.hours, self.lines = before, Decimal(0), 0

    def likely(self) -> Sequence[str]:
        return ["record", "correct", *["again", "other", "borrowed", "unfit"] * bool(self.sent)]

    def record(self, draw: Any) -> None:
        hours = draw(st.sampled_from(("0.5", "1", "2")))
        day = NOON.date() - timedelta(draw(st.integers(0, 150)))
        given = {
            "member": self.member,
            "earnedOn": day.isoformat(),
            "hours": hours,
            "form": "ONLINE",
            "topic": "purpose",
            "title": "学习",
        }
        self.fresh(draw(st.sampled_from(WHO)), RECORD, given)

    def correct(self, draw: Any) -> None:
        note = draw(st.sampled_from("甲乙丙丁"))
        given = {"member": self.member, "note": f"{note}{self.number}", "reason": "更正"}
        self.fresh(draw(st.sampled_from(WHO)), CORRECT, given)

    def again(self, draw: Any) -> None:
        """The same act with the same key: nothing happens, and it is answered alike."""
        who, key = draw(st.sampled_from((*self.sent,)))
        sent, at = self.sent[who, key], self.at()
        answer = self.ask(who, key, sent.document, sent.given)
        self.agree("again", (sent.answer, at), (answer, self.at()))

    def other(self, draw: Any) -> None:
        """The key of another act: nothing happens, and that is said."""
        who, key = draw(st.sampled_from((*self.sent,)))
        sent, at = self.sent[who, key], self.at()
        given = {**sent.given, "reason": "另"} if sent.document == CORRECT else sent.given
        changed = given if given != sent.given else {**given, "hours": "3"}
        answer = self.ask(who, key, sent.document, changed)
        self.agree("other", ([REUSED], at), (codes(answer), self.at()))

    def borrowed(self, draw: Any) -> None:
        """Somebody else's key is one's own: two accounts never meet."""
        who, key = draw(st.sampled_from((*self.sent,)))
        other = next(name for name in WHO if name != who)
        sent = self.sent[who, key]
        if (other, key) not in self.sent and sent.document == RECORD:
            self.fresh(other, RECORD, {**sent.given, "hours": "0.5"}, key)

    def unfit(self, draw: Any) -> None:
        """What was refused left nothing behind, not even its key."""
        who, at, key = draw(st.sampled_from(WHO)), self.at(), f"{self.name} unfit {self.number}"
        given = {**self.example(), "hours": "0"}
        for _ in range(2):
            answer = self.ask(who, key, RECORD, given)
            assert codes(answer) == ["education.hours_not_positive"]
        self.agree("unfit", at, self.at())
        self.fresh(who, RECORD, self.example(), key)

    def example(self) -> dict[str, Any]:
        day = NOON.date() - timedelta(self.number % 150)
        return {
            "member": self.member,
            "earnedOn": day.isoformat(),
            "hours": "0.5",
            "form": "ONLINE",
            "topic": "purpose",
            "title": "学习",
        }

    def fresh(self, who: str, document: str, given: dict[str, Any], key: str | None = None) -> None:
        self.number += 1
        key = key or f"{self.name} {self.number}"
        before = self.at()
        answer = self.ask(who, key, document, given)
        refused = codes(answer)
        # A day may be full, and a note may say that already: then there is no receipt.
        if not refused:
            self.sent[who, key] = Sent(document, given, answer)
            if document == RECORD:
                self.lines, self.hours = self.lines + 1, self.hours + Decimal(given["hours"])
        self.agree("fresh", before + (not refused), self.at())

    def agree(self, what: str, expected: Any, found: Any) -> None:
        self.tally[what] += 1
        assert found == expected, what
        [now] = self.world.rows(_SUM)
        assert (now.number, now.hours) == (
            self.before.number + self.lines,
            self.before.hours + self.hours,
        )

    def at(self) -> int:
        """How many entries the ledger has."""
        [row] = self.world.rows(_SEQ)
        return int(row.seq)

    def ask(self, who: str, key: str, document: str, given: dict[str, Any]) -> Any:
        variables = {"input": {**given, "idempotencyKey": key}}
        answer = self.world.run(self.world.institution.ask(who, document, variables))
        assert "errors" not in answer, answer
        [payload] = answer["data"].values()
        return payload


async def somebody(world: World) -> str:
    return global_id("Member", (await world.institution.member()).id)


def codes(answer: Any) -> list[str]:
    return [error["code"] for error in answer["userErrors"]]


@pytest.fixture
async def member(world: World) -> str:
    return await somebody(world)


def test_a_repeated_act_has_one_effect_and_the_same_answer(world: World, member: str) -> None:
    def make(tally: Counter[str]) -> Repeats:
        return Repeats(world, member, tally)

    walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            tally = walk(make, IN_MEMORY)
        assert min(tally[what] for what in ("fresh", "again", "other", "unfit")) > 20, tally


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_receipt_that_is_not_read_is_found(
    world: World, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(*_: Any) -> None:
        return None

    monkeypatch.setattr(receipts, "recall", forgotten)
    with world.in_memory():
        assert finds(lambda tally: Repeats(world, member, tally), 200)
