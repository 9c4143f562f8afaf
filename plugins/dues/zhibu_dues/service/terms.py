"""What the parameters in force say about dues, at a place and on a day."""

from datetime import date

from zhibu.act import Act
from zhibu_dues.rules.bases import Stable
from zhibu_dues.rules.months import Terms
from zhibu_dues.rules.payments import Limit, Limits
from zhibu_dues.rules.standards import RATED, Income, Rounding, Standard, brackets


def standard(act: Act, income: Income, path: str, on: date) -> Standard:
    """The standard for a kind of income. Raises `StandardMalformed` for rates nobody can read."""
    way = act.parameters.value("dues.rounding", path, on)
    unit = act.parameters.whole("dues.rounding_unit", path, on)
    rounding = Rounding(way=way.value or "nearest", unit=unit or 1)
    if income in RATED:
        rates = act.parameters.value(RATED[income], path, on)
        return Standard(
            basis=rates.basis, rounding=rounding, brackets=brackets(rates.value, rates.basis)
        )
    if income is Income.FARMER:
        least = act.parameters.whole("dues.farmer_least", path, on) or 0
        most = act.parameters.value("dues.farmer_most", path, on)
        return Standard(
            basis=most.basis, rounding=rounding, least=least, most=max(most.value or 0, least)
        )
    fixed = act.parameters.value("dues.fixed_amount", path, on)
    amount = fixed.value or 0
    return Standard(basis=fixed.basis, rounding=rounding, least=amount, most=amount)


def terms(act: Act, path: str, on: date) -> Terms:
    """How the place reads what the regulation leaves open."""
    return Terms(
        first_month=str(act.parameters.value("dues.first_month", path, on).value),
        last_month=str(act.parameters.value("dues.last_month", path, on).value),
        owed_while_stopped=act.parameters.yes("dues.owed_while_stopped", path, on),
        collection_day=max(act.parameters.whole("dues.collection_day", path, on) or 31, 1),
    )


def stable(act: Act, path: str, on: date) -> Stable:
    """The kinds of income whose base stays for the year."""
    found = act.parameters.value("dues.change_reason_for", path, on)
    return Stable(kinds=tuple(found.value or ()), basis=found.basis)


def limits(act: Act, path: str, on: date) -> Limits:
    """What holds for a payment of that day."""
    return Limits(
        ahead=_limit(act, "dues.months_ahead", path, on),
        back=_limit(act, "dues.back_payment", path, on),
        enter=_limit(act, "dues.days_to_enter", path, on),
    )


def _limit(act: Act, name: str, path: str, on: date) -> Limit:
    found = act.parameters.value(name, path, on)
    return Limit(count=found.value or 0, basis=found.basis)
