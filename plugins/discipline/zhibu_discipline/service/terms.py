"""What the parameters in force say about dispositions, at a place and on a day."""

from datetime import date

from zhibu.act import Act
from zhibu_discipline.rules.grounds import Ground, grounds
from zhibu_discipline.rules.proposing import Demands


def catalogue(act: Act, path: str, on: date) -> list[Ground]:
    """The grounds that hold there that day, each with the document behind it (A-01)."""
    found = act.parameters.value("discipline.grounds", path, on)
    return grounds(found.value or (), found.basis)


def ground(act: Act, code: str, path: str, on: date) -> Ground | None:
    return next((each for each in catalogue(act, path, on) if each.code == code), None)


def demands(act: Act, path: str) -> Demands:
    return Demands(
        most_months=act.parameters.whole("discipline.correction_months", path, act.today) or 0,
        notice=act.parameters.yes("discipline.notice", path, act.today),
    )


def days(act: Act, name: str, path: str) -> int:
    return act.parameters.whole(f"discipline.{name}", path, act.today) or 0
