"""Forms of many branches, filed: which part a branch is in, and what its file is called."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhibu.identifiers import ancestors

LONGEST = 60  # characters of a name; some systems have 255 bytes for it and the digits
DIGITS = 8  # of an id, the last ones: its first ones are the time
ENDING = ".xlsx"
# What no file may be called, with what reads the same.
_WIDE = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in r'\/:*?"<>|'})


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organization that is filed: where it is, and what it is called."""

    id: UUID
    path: str
    code: str
    name: str


def shared_out(ids: Sequence[UUID], parts: int) -> list[list[UUID]]:
    """The branches of each part. A branch that comes or goes meanwhile changes no other's part."""
    shares: list[list[UUID]] = [[] for _ in range(parts)]
    for id in ids if parts else ():
        shares[id.int % parts].append(id)
    return shares


def filed(branch: Unit, committees: Mapping[str, Unit]) -> str:
    """The name of a branch's file, in the folder of the committee that is nearest above it.

    No other branch has it, whatever either of them is called.
    """
    above = ancestors(branch.path)[1:]
    nearest = next((committees[each] for each in above if each in committees), None)
    folder = f"{_called(nearest)}/" if nearest is not None else ""
    return f"{folder}{_called(branch)}{ENDING}"


def archived(name: str) -> str:
    """The name of the archive that an organization of this name is given."""
    return "-".join(filter(None, (_kept(name), "排查表.zip")))


def resting_on(files: Iterable[tuple[str, Sequence[str]]]) -> str:
    """What a part rests on: what each of its files is called, and which forms are in it."""
    said = "\n".join(f"{name}: {' '.join(forms)}" for name, forms in files)
    return hashlib.sha256(said.encode()).hexdigest()


def _called(unit: Unit) -> str:
    """Its code and its name, as a system can call a file, and what tells it from all others."""
    return f"{_kept(f'{unit.code} {unit.name}')} {_digits(unit.id)}".strip()


def _kept(text: str) -> str:
    """What a system can call a file: it may be nothing."""
    kept = "".join(each for each in text if each.isprintable())
    return kept.translate(_WIDE)[:LONGEST].strip(" .")


def _digits(id: UUID) -> str:
    return id.hex[-DIGITS:]
