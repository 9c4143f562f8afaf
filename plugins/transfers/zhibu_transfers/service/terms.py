"""What the parameters in force say about transfers, at a place and on a day."""

from typing import Any

from zhibu.act import Act
from zhibu_transfers.rules.letters import Route, Validity
from zhibu_transfers.rules.placement import Facts, Long, Suggestion, placement, rows
from zhibu_transfers.rules.receipts import Causes

HOLDS = {
    Route.CITY: "transfers.valid_days_city",
    Route.PROVINCE: "transfers.valid_days_province",
    Route.NATION: "transfers.valid_days_nation",
}


def suggestion(act: Act, facts: Facts, path: str) -> Suggestion:
    """Where the table in force places somebody with these facts."""
    table = act.parameters.value("transfers.placements", path, act.today)
    months = act.parameters.value("transfers.stay_months", path, act.today)
    long = Long(months=months.value or 0, inclusive=months.inclusive is not False)
    return placement(facts, rows(table.value or ()), today=act.today, long=long, basis=table.basis)


def reasons(act: Act, path: str) -> frozenset[str]:
    return _codes(act.parameters.value("transfers.reasons", path, act.today).value)


def causes(act: Act, path: str) -> Causes:
    found = act.parameters.value("transfers.causes", path, act.today)
    return Causes(codes=_codes(found.value), basis=found.basis)


def validity(act: Act, route: Route, path: str) -> Validity:
    found = act.parameters.value(HOLDS[route], path, act.today)
    most = act.parameters.whole("transfers.valid_days_most", path, act.today)
    return Validity(days=found.value, most=most, basis=found.basis)


def days(act: Act, name: str, path: str) -> int:
    return act.parameters.whole(name, path, act.today) or 0


def receipt_months(act: Act, path: str) -> int:
    return act.parameters.whole("transfers.receipt_months", path, act.today) or 0


def _codes(catalogue: Any) -> frozenset[str]:
    return frozenset(each["code"] for each in catalogue or ())
