"""Classes of members in service and roles of the retired: words of a list (S4-02, S4-09)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import ClassHeld, ManagedOtherwise, WordNotListed
from zhibu_organization_life.rules.engagements import Engaged, Engagement, Terms

# Whom the register manages how: only these are divided so.
MANAGED: Mapping[Engaged, str] = MappingProxyType(
    {Engaged.MEMBER_CLASS: "in_service", Engaged.RETIRED_ROLE: "retired"}
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The list in force at the member's branch, and who says so."""

    names: tuple[str, ...]
    basis: Basis


def refusals(
    kind: Engaged,
    terms: Terms,
    *,
    words: Words,
    held: Iterable[Engagement],
    managed: str | None,
    known: UUID | None = None,
) -> Iterator[Invalid | Conflict]:
    """A word of the list, of whom it is for; one class at a time, and no role twice.

    `held` is what the member took on that is not void, `managed` how the register manages him,
    None where that was judged before.
    """
    if managed is not None and managed != MANAGED[kind]:
        yield ManagedOtherwise(path=("member",), managed=managed, kind=kind)
    title = terms.title.strip()
    if title and title not in words.names:
        yield WordNotListed(path=("title",), basis=words.basis, words="、".join(words.names))
    for other in held:
        if other.kind is not kind or other.id == known or not _meets(terms, other.terms):
            continue
        if kind is Engaged.MEMBER_CLASS or other.terms.title == title:
            yield ClassHeld(path=("since",), title=other.terms.title, since=other.terms.since)
            return


def outgrown(held: Engagement, managed: str, today: date) -> bool:
    """Whether a class or role that goes on is not for whoever is managed so."""
    wanted = MANAGED.get(held.kind)
    goes_on = held.terms.until is None or held.terms.until > today
    return wanted is not None and wanted != managed and goes_on


def _meets(one: Terms, other: Terms) -> bool:
    """Whether two of them hold on the same day."""
    return (other.until is None or one.since < other.until) and (
        one.until is None or other.since < one.until
    )
