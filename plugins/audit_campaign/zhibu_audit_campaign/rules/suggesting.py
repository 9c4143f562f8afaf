"""What is known of a member, and what it suggests. A person decides, always (S3D-07)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.calendar import add_months
from zhibu_audit_campaign.rules.plans import Line


class Rule(StrEnum):
    """Which rule raised an issue."""

    NO_SIGN = "no_sign"
    SIX_MONTHS = "six_months"
    FIXED_AWAY = "fixed_away"
    AWAY = "away"
    LETTER_UNUSED = "letter_unused"
    IN_CONTACT = "in_contact"
    FILE_DOUBTED = "file_doubted"


# Which label each rule gives.
LABELS: Mapping[Rule, str] = {
    Rule.NO_SIGN: "lost",
    Rule.SIX_MONTHS: "inactive",
    Rule.FIXED_AWAY: "hanging",
    Rule.AWAY: "floating",
    Rule.LETTER_UNUSED: "pocket",
    Rule.IN_CONTACT: "hidden",
    Rule.FILE_DOUBTED: "doubtful",
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What other records say of a member on a day; None where nothing is kept.

    `streak` are the months without dues in a row. Of the meetings of the last months he was
    `expected` at so many, and last `attended_on` one or was excused from one on `excused_on`.
    `heard_on` is when contact was noted, `letter_until` the last day of a letter nobody handed in.
    `file_doubted`: his file was doubted, or was not there, when he arrived, and was not checked
    since; of a file that was, `file_missing` documents lack and `file_doubtful` are doubted.
    """

    member_id: UUID
    streak: int | None = None
    expected: int | None = None
    attended_on: date | None = None
    excused_on: date | None = None
    heard_on: date | None = None
    away_since: date | None = None
    fixed: bool = False
    letter_until: date | None = None
    unreceipted: bool = False
    file_doubted: bool = False
    file_missing: int | None = None
    file_doubtful: int | None = None


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An issue that a rule raises: its label and clause by the plan, and since when it holds."""

    member_id: UUID
    rule: Rule
    label: str
    clause: str
    since: date | None = None
    sensitive: bool = False


def suggestions(
    known: Known, labels: Mapping[str, Line], *, on: date, months: int
) -> Iterator[Suggestion]:
    """The issues that the rules raise about a member, of the labels that the plan has."""
    for rule, since in _raised(known, on, months, fixed="hanging" in labels):
        line = labels.get(LABELS[rule])
        if line is not None:
            yield Suggestion(
                member_id=known.member_id,
                rule=rule,
                label=line.code,
                clause=line.clause,
                since=since,
                sensitive=line.sensitive,
            )


def _raised(
    known: Known, on: date, months: int, *, fixed: bool
) -> Iterator[tuple[Rule, date | None]]:
    edge = add_months(on, -months)
    without_dues = None if known.streak is None else known.streak >= months
    without_life = None if not known.expected else known.attended_on is None
    signs = [day for day in (known.heard_on, known.excused_on) if day is not None and day >= edge]
    # Nobody is called lost where only one of the two is kept: what is not kept proves nothing.
    lost = bool(without_dues and without_life) and not signs
    if lost:
        yield Rule.NO_SIGN, known.heard_on or known.attended_on
    elif without_dues or (
        known.away_since is None and without_life and known.excused_on is None
    ):  # each of the two is enough; who is away is not expected here
        yield Rule.SIX_MONTHS, None
    if known.away_since is not None and not lost:
        settled = fixed and known.fixed and known.away_since <= edge and not known.unreceipted
        yield Rule.FIXED_AWAY if settled else Rule.AWAY, known.away_since
    if known.letter_until is not None:
        yield Rule.LETTER_UNUSED, known.letter_until
    # Who is in contact and does nothing that a member does does not show himself as one (S3A-01).
    heard = known.heard_on is not None and known.heard_on >= edge
    if without_dues and without_life and heard and known.excused_on is None:
        yield Rule.IN_CONTACT, known.heard_on
    if known.file_doubted or known.file_missing or known.file_doubtful:
        yield Rule.FILE_DOUBTED, None
