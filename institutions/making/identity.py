"""Identity numbers that check and belong to nobody: their county digits were never given out."""

from datetime import date
from random import Random

PROVINCES = ("14", "36", "43", "53", "62")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first: str) -> str:
    """The eighteenth character for the first seventeen digits (GB 11643)."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


class Numbers:
    """Fresh numbers of one institution.

    Digits three and four are 99, which no city has; digit five is the institution's, so that two
    institutions never meet in a number.
    """

    def __init__(self, series: int) -> None:
        self.series = series
        self.taken: set[str] = set()

    def fresh(self, rng: Random, birth: date, gender: str) -> str:
        while True:
            sequence = rng.randrange(10, 499) * 2 + (gender == "男")
            area = f"{rng.choice(PROVINCES)}99{self.series}{rng.randrange(1, 10)}"
            first = f"{area}{birth:%Y%m%d}{sequence:03d}"
            number = first + check_digit(first)
            if number not in self.taken:
                self.taken.add(number)
                return number
