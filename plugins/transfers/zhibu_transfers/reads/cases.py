"""Who sees a transfer: either side, and the member himself."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from zhibu.organizations.reads import ORGANIZATIONS, organizations_inside
from zhibu_transfers.rules.cases import OPEN, Kind, Side, State
from zhibu_transfers.rules.letters import LetterState
from zhibu_transfers.tables import TransfersCase, TransfersLetter

CASE: Any = TransfersCase.__table__
LETTER: Any = TransfersLetter.__table__
READ = "transfers:case:read"


def path_of(row: Any, column: str) -> ColumnElement[str]:
    """The path of the organization in a column."""
    unit = ORGANIZATIONS.alias()
    found: ColumnElement[str] = (
        select(unit.c.path).where(unit.c.id == row.c[column]).correlate(row).scalar_subquery()
    )
    return found


def path_of_case(row: Any) -> ColumnElement[str]:
    """Where a transfer is kept: whence somebody goes, or where he arrives, or who was asked."""
    sides = (path_of(row, name) for name in ("from_id", "to_id", "receiver_id"))
    return func.coalesce(*sides)


def seen(row: Any, env: Any) -> ColumnElement[bool]:
    """Whoever may read transfers on either side, and the member, of his own."""
    return or_(
        env.may(READ, path_of(row, "from_id"), row.c.member_id),
        env.may(READ, path_of(row, "to_id"), row.c.member_id),
        env.may(READ, path_of(row, "committee_id")),
        env.may(READ, path_of(row, "receiver_id")),
    )


def of_case(row: Any, env: Any) -> ColumnElement[bool]:
    """A letter is seen by whoever sees its transfer."""
    of = CASE.alias()
    found: ColumnElement[bool] = row.c.case_id.in_(select(of.c.id).where(seen(of, env)))
    return found


def inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    """Whether either side lies at or below the organization asked for."""
    unit = args.row("organization", "Organization")
    asked = and_(row.c.kind == Kind.OFFERED, organizations_inside(row.c.receiver_id, unit))
    return or_(
        organizations_inside(row.c.from_id, unit), organizations_inside(row.c.to_id, unit), asked
    )


def arriving_at(row: Any) -> ColumnElement[Any]:
    """The branch that receives, or the committee that was asked to find one."""
    return func.coalesce(row.c.to_id, case((row.c.kind == Kind.OFFERED, row.c.receiver_id)))


def responsible(row: Any, env: Any) -> ColumnElement[str]:
    """Who answers: the sender until it was accepted, or the receipt came (rule 17)."""
    gone = and_(row.c.kind == Kind.OUT, row.c.state == State.CLOSED)
    came = or_(row.c.accepted_on.is_not(None), gone)
    return case((came, Side.RECEIVER.value), else_=Side.SENDER.value)


def file_note(row: Any, env: Any) -> ColumnElement[str | None]:
    """What is doubted about the file, for whoever administers either side: not for the member."""
    sides = ("from_id", "to_id", "committee_id", "receiver_id")
    administers = or_(*(env.may(READ, path_of(row, side)) for side in sides))
    return case((administers, row.c.file_note))


def letters_inside(row: Any, args: Any, env: Any) -> ColumnElement[bool]:
    return organizations_inside(row.c.organization_id, args.row("organization", "Organization"))


def waits(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether a receipt should have come by today and did not."""
    return and_(
        row.c.receipt_on.is_(None),
        row.c.receipt_by < env.today,
        row.c.state.not_in(["closed", "withdrawn"]),
    )


def lacks(row: Any, env: Any) -> ColumnElement[bool]:
    """The same, false where no receipt is due at all."""
    return func.coalesce(waits(row, env), false())


def is_open(row: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = row.c.state.in_(sorted(OPEN))
    return found


def expired(row: Any, env: Any) -> ColumnElement[bool]:
    """Whether a letter was not used while it held."""
    return and_(row.c.state == LetterState.VALID.value, row.c.valid_until < env.today)
