"""How long is kept what is no record, read from the parameters."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhibu.parameters.book import Book
from zhibu.policy.paths import ROOT

FAMILIAR = timedelta(days=31)  # an address is familiar by the sessions of the last 30 days


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Each from the moment at which it ended; results from when they were made.

    Workbooks that were taken in go with the last job that read them at the latest: it knows them.
    """

    jobs: timedelta
    deliveries: timedelta
    sessions: timedelta
    results: timedelta
    sources: timedelta
    exchanges: timedelta


def kept(book: Book, on: date) -> Kept:
    """For how long the institution keeps it."""
    jobs = timedelta(days=_number(book, "core.keep_jobs", on))
    return Kept(
        jobs=jobs,
        deliveries=timedelta(days=_number(book, "core.keep_deliveries", on)),
        sessions=max(FAMILIAR, timedelta(days=_number(book, "core.keep_sessions", on))),
        results=timedelta(hours=_number(book, "core.keep_results", on)),
        exchanges=timedelta(days=_number(book, "core.keep_exchanges", on)),
        sources=min(jobs, timedelta(days=_number(book, "core.keep_import_sources", on))),
    )


def _number(book: Book, name: str, on: date) -> int:
    """What was set, or the national value where that is nothing: nothing is kept without end."""
    found = book.whole(name, ROOT, on)
    if found is None:
        found = Book(book.definitions).whole(name, ROOT, on)
    assert found is not None
    return found
