"""The dated numbers that decide about memberships: age of admission and length of probation."""

from datetime import date

from zhibu.act import Act
from zhibu.basis import Basis
from zhibu.members.rules import Probation


def probation(act: Act, path: str, on: date) -> Probation:
    """How long a probation that began on that day lasts, and may be extended."""
    months = act.parameters.value("core.probation_months", on=on, path=path)
    least = act.parameters.value("core.probation_extension_least", on=on, path=path)
    most = act.parameters.value("core.probation_extension_most", on=on, path=path)
    return Probation(
        months=months.value,
        least_extension=least.value,
        most_extension=most.value,
        basis=months.basis,
        extension_basis=least.basis,
    )


def admission_age(act: Act, path: str, on: date) -> tuple[int, Basis]:
    """The least age of admission, and what says so."""
    age = act.parameters.value("core.admission_age", on=on, path=path)
    return age.value, age.basis
