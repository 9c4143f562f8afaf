"""What the rules in force say of stopping, restoring and retaining a membership, at a place."""

from zhibu.act import Act
from zhibu_transfers.rules.matters import Restoring, Retention, Span, Terms


def stopping(act: Act, path: str) -> Terms:
    purposes = act.parameters.value("transfers.abroad_purposes", path, act.today)
    tries = act.parameters.value("transfers.search_tries", path, act.today)
    probationary = act.parameters.value("transfers.stop_probationary", path, act.today)
    return Terms(
        abroad=_span(act, "transfers.abroad_years", path, 12),
        purposes=frozenset(purposes.value or ()),
        purposes_basis=purposes.basis,
        lost=_span(act, "transfers.lost_months", path, 1),
        tries=tries.value or 0,
        means=act.parameters.whole("transfers.search_means", path, act.today) or 0,
        search_basis=tries.basis,
        probationary=bool(probationary.value),
        probationary_basis=probationary.basis,
    )


def restoring(act: Act, path: str) -> Restoring:
    years = act.parameters.value("transfers.restore_years", path, act.today)
    dues = act.parameters.value("transfers.restore_dues", path, act.today)
    return Restoring(
        years=years.value or 0,
        basis=years.basis,
        dues=bool(dues.value),
        dues_basis=dues.basis,
    )


def retaining(act: Act, path: str) -> Retention:
    purposes = act.parameters.value("transfers.retain_purposes", path, act.today)
    written = act.parameters.value("transfers.retain_written", path, act.today)
    return Retention(
        purposes=frozenset(purposes.value or ()),
        purposes_basis=purposes.basis,
        written=bool(written.value),
        written_basis=written.basis,
    )


def contact_months(act: Act, path: str) -> int:
    return act.parameters.whole("transfers.contact_months", path, act.today) or 0


def give_up_years(act: Act, path: str) -> int:
    return act.parameters.whole("transfers.give_up_years", path, act.today) or 0


def _span(act: Act, name: str, path: str, months: int) -> Span:
    found = act.parameters.value(name, path, act.today)
    return Span(
        months=(found.value or 0) * months,
        inclusive=found.inclusive is not False,
        basis=found.basis,
    )
