"""Which tables a transaction has written: what is counted from others need not be counted anew."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from zhibu.logs.about import current

ANY = "*"  # something was written as text, so it may be any table
_NOTES = "zhibu.written"
_WRITING = ("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "WITH")


def tables(session: AsyncSession) -> frozenset[str]:
    """The names of the tables written so far, `ANY` perhaps among them."""
    return frozenset(session.info.get(_NOTES, ()))


def begin(session: Session, connection: Connection) -> None:
    """Begin to take notes of a transaction."""
    session.info[_NOTES] = connection.info[_NOTES] = set()


def note(session: AsyncSession, table: str | None) -> None:
    """A table was written past SQLAlchemy; None if the statement only read."""
    if table is not None:
        session.info.setdefault(_NOTES, set()).add(table)


def written_by(statement: Any) -> str | None:
    """The table that a statement writes, `ANY` of a text that writes, None if it only reads."""
    if getattr(statement, "is_dml", False):
        return str(statement.table.name)
    text = getattr(statement, "text", statement)
    return ANY if isinstance(text, str) and text.lstrip().upper().startswith(_WRITING) else None


def sent(number: int) -> None:
    """Count statements for whoever is being answered."""
    if (about := current()) is not None:
        about.statements += number


def watch(engine: Engine) -> None:
    """Note whatever the engine's sessions write."""

    @event.listens_for(engine, "before_execute")
    def before(connection: Connection, statement: Any, *_: Any) -> None:
        sent(1)
        notes = connection.info.get(_NOTES)
        if notes is not None and (table := written_by(statement)) is not None:
            notes.add(table)
