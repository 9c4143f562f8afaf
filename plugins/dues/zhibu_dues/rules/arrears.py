"""Long arrears: said at every level once, and looked into by somebody; nothing follows by itself.

Who pays no dues for six months in a row without good reason is treated as having left the Party
(EM 31): a person finds out and decides, the machine only asks (A-22).
"""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import AnswerMissing, ArrearsAnswered, NothingToAnswer


class Finding(StrEnum):
    """What somebody found out about dues that were not paid."""

    GOOD_REASON = "good_reason"
    PAYS_AFTER_TALK = "pays_after_talk"
    NOT_FOUND = "not_found"
    REFUSES = "refuses"


def levels_reached(streak: int, levels: Collection[int]) -> list[int]:
    """Those of the levels that this many months in a row reach."""
    return sorted(level for level in levels if 0 < level <= streak)


def answering_refusals(
    *, asked: bool, answered_on: date | None, words: str
) -> Iterator[Invalid | Conflict]:
    """What speaks against an answer: nobody asked, somebody answered, or it says nothing."""
    if not words.strip():
        yield AnswerMissing(path=("answer",))
    if not asked:
        yield NothingToAnswer(path=("arrears",))
    elif answered_on is not None:
        yield ArrearsAnswered(path=("arrears",), on=answered_on)
