"""The list by which a whole unit is transferred."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from zhibu.errors import Invalid
from zhibu_transfers import errors

MOST = 200


def list_refusals(members: Sequence[UUID]) -> Iterator[Invalid]:
    """A list names somebody, nobody twice, and no more than can be gone through at once."""
    if not members:
        yield errors.ListEmpty(path=("members",))
    if len({*members}) < len(members):
        yield errors.ListedTwice(path=("members",))
    if len(members) > MOST:
        yield errors.ListTooLong(path=("members",), most=MOST)
