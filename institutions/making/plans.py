"""The tree of an institution, read from its plan: units with codes, names and sizes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "plans"
ORDER = ("service-centre", "organs-committee", "university", "education-bureau", "municipal-organs")
BRANCH_KINDS = {
    "": "党支部",
    "joint": "联合党支部",
    "temporary": "临时党支部",
    "floating": "流动党员党支部",
}
SHORT = {
    "党委": "党委",
    "工作委员会": "工委",
    "党总支": "党总支",
    "党支部": "党支部",
    "联合党支部": "联合党支部",
    "临时党支部": "临时党支部",
    "流动党员党支部": "流动党员党支部",
}
FULL = {
    "党委": "委员会",
    "工作委员会": "工作委员会",
    "党总支": "总支部委员会",
    "党支部": "支部",
    "联合党支部": "联合支部",
    "临时党支部": "临时支部",
    "流动党员党支部": "流动党员支部",
}
PEOPLE = ("retired", "student", "other", "mixed")
ORDINALS = "一二三四五六"


@dataclass
class Unit:
    """A place in the tree. `label` is the plan's word for it; `size` counts a branch's members."""

    code: str
    label: str
    kind: str
    name: str
    short: str
    founded: date
    parent: "Unit | None" = None
    size: int = 0
    people: str = "service"
    community: bool = False
    below: list["Unit"] = field(default_factory=list)

    @property
    def is_branch(self) -> bool:
        return self.kind.endswith("党支部")

    @property
    def is_home(self) -> bool:
        """Whether members belong here: a temporary branch is nobody's formal home."""
        return self.is_branch and self.size > 0

    def walk(self) -> Iterator["Unit"]:
        yield self
        for unit in self.below:
            yield from unit.walk()

    def homes(self) -> list["Unit"]:
        return [unit for unit in self.walk() if unit.is_home]

    def above(self) -> Iterator["Unit"]:
        unit = self.parent
        while unit is not None:
            yield unit
            unit = unit.parent


@dataclass(frozen=True)
class Plan:
    """An institution before it has people. `given` is the plan file itself."""

    given: dict[str, Any]
    root: Unit

    def find(self, label: str) -> Unit:
        (unit,) = (unit for unit in self.root.walk() if unit.label == label)
        return unit


def plan_of(code: str, anchor: date) -> Plan:
    given = yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))
    rng = Random(f"tree:{code}")
    root = Unit(
        code=given["prefix"],
        label=given["title"],
        kind=given["kind"],
        name=given["full"],
        short=given["title"] + SHORT.get(given["kind"], ""),
        founded=given["founded"],
    )
    grower = Grower(rng, anchor, tuple(given["strip"]))
    for number, line in enumerate(given["below"], 1):
        grower.grow(root, number, line, given["stem"])
    return Plan(given, root)


@dataclass(frozen=True)
class Grower:
    """Turns the lines of a plan into units. `strip` are words of labels that names leave out."""

    rng: Random
    anchor: date
    strip: tuple[str, ...]

    def grow(self, parent: Unit, number: int, line: Any, stem: str) -> None:
        code = f"{parent.code}{number:02d}"
        founded = parent.founded + timedelta(days=self.rng.randrange(30, 2400))
        if isinstance(line, str):
            parent.below.append(self.branch(parent, code, line, stem, founded))
            return
        kind = next(key for key in line if key in SHORT)
        label, stem = line[kind], line.get("stem", stem)
        name = f"中共{stem}{self.inner(label)}{FULL[kind]}"
        unit = Unit(code, label, kind, name, label + SHORT[kind], founded, parent)
        unit.community = line.get("community", False)
        parent.below.append(unit)
        for child_number, child in enumerate(line["below"], 1):
            self.grow(unit, child_number, child, stem)

    def branch(self, parent: Unit, code: str, line: str, stem: str, founded: date) -> Unit:
        """A line such as `物业管理 31 groups=3`: label, size, then what is special about it."""
        label, size, *words = line.split()
        form = next((word for word in words if word in BRANCH_KINDS), "")
        kind = BRANCH_KINDS[form]
        if form == "temporary":
            founded = date(self.anchor.year - 1, self.rng.randrange(2, 10), 16)
        suffix = FULL[kind] + ("委员会" if kind == "党支部" and int(size) >= 10 else "")
        name = f"中共{stem}{self.inner(label)}{suffix}"
        unit = Unit(code, label, kind, name, label + SHORT[kind], founded, parent, int(size))
        unit.people = next((word for word in words if word in PEOPLE), "service")
        unit.community = parent.community
        groups = sum(int(word[7:]) for word in words if word.startswith("groups="))
        for number in range(groups):
            name = f"{unit.short}第{ORDINALS[number]}党小组"
            inner = f"{label}第{ORDINALS[number]}"
            unit.below.append(
                Unit(f"{code}Z{number + 1}", inner, "党小组", name, name, founded, unit)
            )
        return unit

    def inner(self, label: str) -> str:
        return next((label[len(w) :] for w in self.strip if label.startswith(w)), label)
