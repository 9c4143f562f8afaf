"""Years of registers, and where members away concentrate."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from zhibu.basis import Basis


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """So many members away at one place: an organization of floating members suggests itself."""

    place: str
    host_id: UUID | None
    members: int
    basis: Basis


def concentrations(
    places: Iterable[tuple[str, UUID | None]], *, least: int, basis: Basis
) -> list[Concentration]:
    """Where at least so many are away together, the most first (S1-16, rule 30).

    Those whom one organization takes in are together, whatever the place is called.
    """
    if least <= 0:
        return []
    names: dict[UUID | str, str] = {}
    counted: Counter[UUID | str] = Counter()
    for place, host_id in places:
        key = host_id or place.strip()
        names.setdefault(key, place.strip())
        counted[key] += 1
    found = [
        Concentration(
            place=names[key],
            host_id=key if isinstance(key, UUID) else None,
            members=count,
            basis=basis,
        )
        for key, count in counted.items()
        if count >= least
    ]
    return sorted(found, key=lambda each: (-each.members, each.place))
