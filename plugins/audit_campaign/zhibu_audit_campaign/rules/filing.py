"""Forms of many branches, filed: which part a branch is in, and what its file is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from zhibu.identifiers import ancestors

LONGEST = 60  # characters of a name; some systems have 255 bytes for it
# What no file may be called, with what reads the same.
_WIDE = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in r'\/:*?"<>|'})


class Filed(Protocol):
    """An organization that is filed by its code and its name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A branch: where it is, and what it is called."""

    path: str
    code: str
    name: str


def shared_out(ids: Sequence[UUID], parts: int) -> list[list[UUID]]:
    """The branches of each part. A branch that comes or goes meanwhile changes no other's part."""
    shares: list[list[UUID]] = [[] for _ in range(parts)]
    for id in ids if parts else ():
        shares[id.int % parts].append(id)
    return shares


def filed(branch: Branch, committees: Mapping[str, Filed]) -> str:
    """The name of a branch's file, in the folder of the committee that is nearest above it."""
    above = ancestors(branch.path)[1:]
    nearest = next((committees[each] for each in above if each in committees), None)
    folder = f"{_called(nearest)}/" if nearest is not None else ""
    return f"{folder}{_called(branch)}.xlsx"


def _called(unit: Filed) -> str:
    """Its code and its name, as a system can call a file."""
    text = "".join(each for each in f"{unit.code} {unit.name}" if each.isprintable())
    return text.translate(_WIDE)[:LONGEST].strip(" .")
