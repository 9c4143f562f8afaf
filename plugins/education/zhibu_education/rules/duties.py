"""Who answers for member education (S2-28): the catalogue of duties, and who holds them now."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhibu_education.rules.catalogues import Word


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who holds a role or a post at an organization of this path."""

    name: str
    organization: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A duty, and whoever holds it; nobody, where it is vacant."""

    word: Word
    holders: tuple[Holder, ...]


def held(word: Word, path: str, holders: Iterable[Holder]) -> Duty:
    """Who of the holders answers for this duty at `path`.

    A duty of the organizations below is everybody's there; any other is that of whoever stands
    nearest at or above.
    """
    if word.get("below") is True:
        below = [one for one in holders if one.path.startswith(path) and one.path != path]
        return Duty(word=word, holders=tuple(sorted(below, key=lambda one: (one.path, one.name))))
    above = [one for one in holders if path.startswith(one.path)]
    nearest = max((len(one.path) for one in above), default=0)
    found = sorted({one for one in above if len(one.path) == nearest}, key=lambda one: one.name)
    return Duty(word=word, holders=tuple(found))
