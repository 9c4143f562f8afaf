"""Draws by a seed that is kept: the same seed draws the same, whoever tries. Pure values."""

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID


def drawn(among: Collection[UUID], count: int, seed: str) -> frozenset[UUID]:
    """So many of these, in the order of the SHA-256 of `seed:id`; all if there are fewer."""

    def lot(id: UUID) -> str:
        return sha256(f"{seed}:{id}".encode()).hexdigest()

    return frozenset(sorted(among, key=lot)[: max(count, 0)])
