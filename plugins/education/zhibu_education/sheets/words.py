"""Words in a workbook: what people call a topic, a channel, a kind, and the codes of these."""

from collections.abc import Mapping
from datetime import date

from zhibu.act import Act
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Row
from zhibu_education.errors import WordUnknown
from zhibu_education.service import catalogues

CATALOGUES = {
    "topic": catalogues.TOPICS,
    "channel": catalogues.CHANNELS,
    "kind": catalogues.FORMS,
}


def codes(act: Act, row: Row, on: date, path: str) -> dict[str, str | None]:
    """The code of each word of the row; None for one that is empty or in no catalogue."""
    return {
        key: catalogues.labelled(act, catalogue, on, path, row[key]) if row[key] else None
        for key, catalogue in CATALOGUES.items()
    }


def faults(act: Act, row: Row, found: Mapping[str, str | None], on: date, path: str) -> list[Fault]:
    """A fault for each word that the catalogue in force does not have, with those it has."""
    unknown = [key for key in CATALOGUES if row[key] and found[key] is None]
    return [
        row.fault(
            WordUnknown.code,
            key,
            word=row[key],
            allowed=[word["zh"] for word in catalogues.words(act, CATALOGUES[key], on, path)],
        )
        for key in unknown
    ]


def labels(
    act: Act, on: date, path: str, *, topic: str, channel: str | None, kind: str | None
) -> dict[str, str | None]:
    """What the codes of a record are called, as its workbook shows them."""
    recorded = {"topic": topic, "channel": channel, "kind": kind}
    return {
        key: catalogues.label(act, catalogue, on, path, recorded[key])
        for key, catalogue in CATALOGUES.items()
    }
