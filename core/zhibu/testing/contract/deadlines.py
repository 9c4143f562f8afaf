"""Whether what a plugin says may fall due can be asked, explained and brought to somebody."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhibu.contributions import Due, Window
from zhibu.core_actions import ACTIONS
from zhibu.parameters import definitions
from zhibu.parameters.book import Book
from zhibu.parameters.definitions import Definition, Kind
from zhibu.plugins import Plugins
from zhibu.policy.judge import Policy
from zhibu.policy.rules import default_folder
from zhibu.testing.contract.rows import ID
from zhibu.testing.contract.subject import Subject
from zhibu.texts import CORE, Texts

COLUMNS = {"subject_id", "organization_id", "member_id", "starts_on", "due_on", "done_on"}
FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    yield from faults_of(plugins.due().get(subject.name, []), plugins)


def faults_of(dues: Sequence[Due], plugins: Plugins) -> Iterator[str]:
    """What is wrong with these, beside the core and these plugins."""
    if not dues:
        return
    folders = {name: part.folder for name, part in plugins.parameters().items()}
    known = definitions.load({"core": definitions.CORE, **folders})
    texts = Texts.load([CORE, *(part.folder for part in plugins.locales().values())])
    actions = {action.name for action in (*ACTIONS, *plugins.actions())}
    roles = set(Policy.load(default_folder(), plugins).roles)
    for due in dues:
        yield from (f"the due item {due.name} {fault}" for fault in _of_select(due, known))
        yield from (f"the due item {due.name} {fault}" for fault in _of_numbers(due, known))
        if due.permission.name not in actions:
            yield f"the due item {due.name} asks for {due.permission.name}, which is no action"
        for role in sorted({*due.responsible, *due.above} - roles):
            yield f"the due item {due.name} names the role {role}, which the policy does not have"
    names = [f"{group}.{due.name}" for due in dues for group in ("due", "due_next")]
    for each in texts.missing(labels=names):
        language, section, name = each.split(" ")
        yield f"{section}: {name} has no {language} text"


def _of_select(due: Due, known: dict[str, Definition]) -> Iterator[str]:
    window = Window(tenant_id=ID, first=FIRST, last=LAST, today=TODAY, book=Book(known))
    names = set(due.items(window).selected_columns.keys())
    yield from (f"selects no {name}" for name in sorted(COLUMNS - names))
    yield from (f"selects {name} besides" for name in sorted(names - COLUMNS - {"basis"}))


def _of_numbers(due: Due, known: dict[str, Definition]) -> Iterator[str]:
    wanted = (
        (due.lead, Kind.WHOLES, ("days", "months")),
        (due.escalation, Kind.WHOLE, ("days",)),
        (due.pursued, Kind.WHOLE, ("days",)),
    )
    for name, kind, units in wanted:
        if name is None:
            continue
        found = known.get(name)
        if found is None or found.kind is not kind or found.unit not in units:
            yield f"needs {name} as a parameter of kind {kind} in {' or '.join(units)}"
    if due.basis not in known:
        yield f"names {due.basis}, which is no parameter, as its basis"
