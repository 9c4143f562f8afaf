"""On which grounds a member may be disposed of, and how: a dated catalogue, read as it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis


class Kind(StrEnum):
    """What a disposition comes to. A membership is stopped by its own procedure, not by these."""

    CORRECTION = "correction"
    PERSUASION = "persuasion"
    REMOVAL = "removal"
    GIVEN_UP = "given_up"
    WITHDRAWAL = "withdrawal"
    CANCELLATION = "cancellation"
    NON_RECOGNITION = "non_recognition"
    STOP = "stop"


class Missed(StrEnum):
    """Which of a member's duties was left undone; one of them is enough (A-04)."""

    LIFE = "life"
    DUES = "dues"
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One ground as it stood on some day.

    `months`: how long it must have lasted; exactly so many are enough if `inclusive`.
    `stopped_months`: how long the membership must have been stopped before. `after`: the kind of
    the disposition that must have failed before. `documents`: what must be handed in with it.
    `missed`: whether it must be said which duty was left undone.
    """

    code: str
    zh: str
    en: str
    kind: Kind
    clause: str
    basis: Basis | None = None
    months: int | None = None
    inclusive: bool = True
    stopped_months: int | None = None
    after: Kind | None = None
    documents: tuple[str, ...] = ()
    missed: bool = False
    restricted: bool = False


def grounds(catalogue: Iterable[Mapping[str, Any]], basis: Basis | None = None) -> list[Ground]:
    """The grounds of a catalogue, in its order; a word that says no kind and no clause is none."""
    return [
        Ground(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            kind=Kind(row["kind"]),
            clause=row["clause"],
            basis=basis,
            months=row.get("months"),
            inclusive=row.get("inclusive", True),
            stopped_months=row.get("stopped_months"),
            after=Kind(row["after"]) if row.get("after") else None,
            documents=tuple(row.get("documents", ())),
            missed=row.get("missed", False),
            restricted=row.get("restricted", False),
        )
        for row in catalogue
        if row.get("kind") in [*Kind] and row.get("clause")
    ]
