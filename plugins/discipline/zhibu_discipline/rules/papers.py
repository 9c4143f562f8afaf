"""Which papers of a disposition there are to print, and from when on.

None is printed before what it says was done; of a decision that fell, and of a notice of what was
refused or dropped, there is none any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors


class Paper(StrEnum):
    """A paper of a disposition (S3C-25 to S3C-29, S3C-32)."""

    NOTICE = "notice"
    MINUTES = "minutes"
    DECISION = "decision"
    RECEIPT = "receipt"
    REPLY = "reply"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What has been done of a disposition, and holds: each paper says one of these things."""

    told: bool = False
    voted: bool = False
    decided: bool = False
    delivered: bool = False
    answered: bool = False

    def of(self, paper: Paper) -> bool:
        return {
            Paper.NOTICE: self.told,
            Paper.MINUTES: self.voted,
            Paper.DECISION: self.decided,
            Paper.RECEIPT: self.decided and self.delivered,
            Paper.REPLY: self.answered,
        }[paper]


def paper_refusals(paper: Paper, done: Done, purpose: str) -> Iterator[Invalid | Conflict]:
    """Nothing of it is printed without a purpose, nor before it was done."""
    if not done.of(paper):
        yield errors.PaperNotYet(path=("paper",), paper=paper)
    if not purpose.strip():
        yield errors.PurposeMissing(path=("purpose",))
