"""What a plugin says of its deadlines."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select

from zhibu.act import Act
from zhibu.actions import Action

if TYPE_CHECKING:  # the command line asks for help without reading any parameter
    from zhibu.parameters.book import Book


@dataclass(frozen=True, kw_only=True)
class Window:
    """Whose deadlines are asked for, between which days (both included), and on which day.

    `book` are the institution's parameters, for what falls due by a number that differs from place
    to place (`by_region`).
    """

    tenant_id: UUID
    first: date
    last: date
    today: date
    book: "Book"


# Who keeps an eye on the organizations below; whom an unheeded deadline is brought to.
SUPERVISORS = (
    "general_branch_secretary",
    "committee_officer",
    "working_committee_officer",
    "district_organization_officer",
)


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that can fall due.

    `items(window)` selects what does, by the names `subject_id`, `organization_id`, `member_id`
    (the person it is about, or null), `starts_on`, `due_on` and `done_on`: the day on which it was
    done, null while it is open. A subject falls due once on a day. Whether something is overdue is
    a comparison with a date and is kept nowhere. What is no longer selected is done, or, unless
    `gone_is_done`, was given up. The core narrows the select to a subtree, orders it and takes a
    page of it, so it names the tenant, the window and no more.

    `subject` is the GraphQL type of the subject, `permission` what whoever is shown an item must
    be allowed to do at its organization. `responsible` are the roles at that organization that are
    reminded; `tells_member` reminds the member as well. `lead` names the parameter (`wholes` of
    days or months) of how long before, `escalation` the one (`whole`, days) of how long after the
    day the roles `above` hear of it, one organization further up each time; `pursued` (`whole`,
    days) of how long it is brought to mind at all, for ever if it is None. `basis` names the
    parameter whose document is shown, as in force on `starts_on` (on `due_on` if `by_last_day`);
    where that differs from row to row, `items` selects it as `basis`. Where nothing that is
    recorded ends it, `settled_by` is what whoever says that it is done must be allowed to do there.
    `before(act, day)` comes first in each sweep of a day, in its transaction: it writes down what
    only the passing of days brings about and `items` then selects. Done again it changes nothing.

    `locale/` has what it is called and what is to be done about it among the labels, as
    `due.NAME` and `due_next.NAME`.
    """

    name: str
    items: Callable[[Window], Select[Any]]
    subject: str
    permission: Action
    lead: str
    escalation: str
    basis: str
    pursued: str | None = None
    responsible: tuple[str, ...] = ()
    above: tuple[str, ...] = SUPERVISORS
    tells_member: bool = False
    settled_by: Action | None = None
    gone_is_done: bool = True
    by_last_day: bool = False
    before: Callable[[Act, date], Awaitable[None]] | None = None

    @property
    def plugin(self) -> str:
        return self.name.partition(".")[0]
