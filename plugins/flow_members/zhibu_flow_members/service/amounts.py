"""The numbers in force at a unit: parameters turned into values of the rules."""

from datetime import date

from zhibu.act import Act
from zhibu_flow_members.rules.papers import Long
from zhibu_flow_members.rules.photos import PhotoBounds
from zhibu_flow_members.rules.values import Bounds, Limit


def bounds_at(act: Act, path: str, on: date) -> Bounds:
    """What holds at a branch for who goes on that day."""
    months = act.parameters.value("flow_members.letter_from_months", path, on)
    return Bounds(
        long=Long(
            months=months.value or 0, inclusive=months.inclusive is not False, basis=months.basis
        ),
        late_after=limit(act, "flow_members.late_after_days", path, on),
        wish=limit(act, "flow_members.moving_takes_wish", path, on),
        floating=limit(act, "flow_members.floating_months", path, on),
        verify_within=limit(act, "flow_members.verify_days", path, on),
    )


def limit(act: Act, name: str, path: str, on: date) -> Limit:
    """A number that decides; none at all where the unit sets none."""
    found = act.parameters.value(name, path, on)
    return Limit(value=found.value or 0, basis=found.basis)


def photo_bounds(act: Act, path: str) -> PhotoBounds:
    """What a photograph on a card may be there today."""
    return PhotoBounds(
        kilobytes=limit(act, "flow_members.photo_kilobytes", path, act.today),
        narrowest=limit(act, "flow_members.photo_narrowest", path, act.today),
        highest=limit(act, "flow_members.photo_highest", path, act.today),
    )
