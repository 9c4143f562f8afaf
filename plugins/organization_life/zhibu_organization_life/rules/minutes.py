"""Minutes: written once the meeting was held, and amended so that what they said before stays."""

from collections.abc import Iterator

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    AmendmentReasonMissing,
    ChangedMeanwhile,
    MinutesBeforeMeeting,
    MinutesMissing,
    MinutesSame,
)
from zhibu_organization_life.rules.catalogues import State
from zhibu_organization_life.rules.meetings import Meeting


def refusals(
    meeting: Meeting,
    text: str,
    *,
    before: str | None,
    number: int,
    read: int | None,
    reason: str | None,
) -> Iterator[Invalid | Conflict]:
    """`number` is that of the minutes as they stand, or 0; `read` what was read."""
    if meeting.state is not State.HELD:
        yield MinutesBeforeMeeting(path=("meeting",), state=meeting.state)
    if not text.strip():
        yield MinutesMissing(path=("text",))
    if read is not None and read != number:
        yield ChangedMeanwhile(path=("number",), version=number)
    if before is None:
        return
    if text.strip() == before:
        yield MinutesSame(path=("text",))
    if not (reason or "").strip():
        yield AmendmentReasonMissing(path=("reason",))
