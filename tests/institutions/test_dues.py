"""The year of dues of two branches of one institution, reckoned here once more."""

from collections import Counter
from pathlib import Path

import yaml

WAGE = ((300_000, "0.5"), (500_000, "1"), (1_000_000, "1.5"), (10**9, "2"))
RETIRED = ((500_000, "0.5"), (10**9, "1"))


def monthly(base: dict[str, object]) -> int:
    fen = base["baseFen"]
    if fen is None:
        return 20
    assert isinstance(fen, int)
    rates = {"wage": WAGE, "retired": RETIRED}[str(base["income"])]
    percent = next(percent for up_to, percent in rates if fen <= up_to)
    return round(fen / 100 * float(percent) + 1e-9)


def test_everybody_pays_the_rate_of_the_whole_base_and_some_are_behind(folder: Path) -> None:
    given = yaml.safe_load((folder / "municipal-organs/dues.yaml").read_text("utf-8"))
    bases = {base["member"]: base for base in given["bases"]}
    assert {base["income"] for base in bases.values()} == {"wage", "retired"}
    for paid in given["payments"]:
        assert paid["fen"] == monthly(bases[paid["member"]])
        assert (paid["paidOn"][:7] > paid["firstMonth"][:7]) == bool(paid["lateReason"])
        assert (paid["payer"] == "relative") == bool(paid["payerName"])
    months = Counter(paid["member"] for paid in given["payments"])
    assert months.keys() == bases.keys()
    assert max(months.values()) == 10
    assert min(months.values()) <= 4, "somebody is half a year behind"
    assert any(paid["lateReason"] for paid in given["payments"])
