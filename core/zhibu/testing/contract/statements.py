"""Where the database is spoken to, and who ends a transaction: the core, always."""

import ast
from collections.abc import Iterator

from zhibu.testing.contract.layout import (
    MAY_STATE,
    SESSION_ASKED,
    SESSION_ENDS,
    SESSION_MAKERS,
    STATEMENTS,
)
from zhibu.testing.contract.sources import Source, called, owner
from zhibu.testing.contract.subject import Subject


def faults(subject: Subject) -> Iterator[str]:
    for source in subject.sources:
        for fault in dict.fromkeys(of_source(source)):
            yield f"{subject.package}/{source.place} {fault}"


def of_source(source: Source) -> Iterator[str]:
    """The breaches in one file, without its place."""
    taken = source.taken_from("sqlalchemy")
    for call in source.calls:
        word = called(call)
        bare = isinstance(call.func, ast.Name)
        condition = (source.part, word) == ("tables", "text")  # of a partial index
        states = word in STATEMENTS and word in taken and bare and not condition
        if states and source.part not in MAY_STATE:
            yield f"writes a statement ({word}); statements stand in store and reads"
        if word in SESSION_ENDS and "session" in owner(call).lower():
            yield f"calls {word}(); the core ends the transaction"
        if word in SESSION_MAKERS and bare and word in taken:
            yield f"calls {word}(); a service is handed its session"
        if word in SESSION_ASKED and source.part != "store" and owner(call) == "session":
            yield f"asks the session itself ({word}); store does"
