"""The numbers in force at a unit: parameters turned into values of the rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhibu.act import Act
from zhibu_organization_life.rules.grades import Share
from zhibu_organization_life.rules.meetings import Limit, Rules

CONTENTS = "organization_life.contents"


def rules_of(act: Act, on: date, path: str) -> Rules:
    """What holds at a unit for a meeting of that day."""
    words = contents(act, on, path)
    return Rules(
        contents=frozenset(word["code"] for word in words),
        late_after=limit(act, "organization_life.late_after_days", on, path),
        hours_limit=limit(act, "organization_life.hours_limit", on, path),
    )


def contents(act: Act, on: date, path: str) -> Sequence[dict[str, Any]]:
    """The content kinds of theme Party Days (S2-08)."""
    found: Sequence[dict[str, Any]] = act.parameters.value(CONTENTS, path, on).value or ()
    return found


def share(act: Act, name: str, on: date, path: str) -> Share:
    """So many of so many; all of them where the unit sets nothing."""
    found = act.parameters.value(name, path, on)
    parts: Sequence[int] = found.value or ()
    part, whole, *_ = *parts, 1, 1
    return Share(part=part, whole=whole or 1, basis=found.basis)


def limit(act: Act, name: str, on: date, path: str) -> Limit:
    """A number that decides; none at all where the unit sets none."""
    found = act.parameters.value(name, path, on)
    return Limit(value=found.value or 0, basis=found.basis)
