"""The passwords that are tried first, from the list that comes with the core."""

from functools import cache
from pathlib import Path


@cache
def guessed() -> frozenset[str]:
    """Every line of `guessed.txt`."""
    lines = (Path(__file__).parent / "guessed.txt").read_text("ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
