"""Asking what is due: each kind where the caller may see it, and why it is due."""

from collections.abc import Callable, Iterable, Mapping

from zhibu.actions import Action
from zhibu.basis import Basis
from zhibu.contributions import Due
from zhibu.due.errors import DueKindUnknown
from zhibu.due.rules.items import Item
from zhibu.parameters.book import Book
from zhibu.policy import Scope


def seen(
    kinds: Mapping[str, Due],
    scope: Callable[[Action], Scope],
    wanted: Iterable[str] | None = None,
) -> list[tuple[Due, Scope]]:
    """The kinds, by name, that the caller may see anywhere, and where. Raises `DueKindUnknown`."""
    names = sorted(kinds if wanted is None else set(wanted))
    for name in names:
        if name not in kinds:
            raise DueKindUnknown(path=("kinds",), kind=name, known=sorted(kinds))
    scopes = [(kinds[name], scope(kinds[name].permission)) for name in names]
    return [(kind, where) for kind, where in scopes if not where.nothing]


def basis_of(book: Book, kind: Due, item: Item) -> Basis:
    """The document behind an item, with the value in force where and when it is judged."""
    day = item.due_on if kind.by_last_day else item.starts_on
    return book.value(item.basis, path=item.path, on=day).basis
