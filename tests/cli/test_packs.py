"""Rule packs at the command line."""

from zhibu.testing.shell import Shell

OF = ("--tenant", "small")
BY_OPERATOR = (*OF, "--operator")
PACK = """
name: centre
title: 服务中心
document: 党员教育管理办法
overrides:
  - {name: core.branch_term, value: 5, article: 范围}
"""


def test_a_pack_is_bound_listed_and_released(small: Shell) -> None:
    file = small.tmp / "rules.yaml"
    file.write_text(PACK, "utf-8")
    place = ("--organization", "DW01", "--reason", "只适用于第一支部")
    bind = ("pack", "apply", file, *place, "--since", "2026-01-01")
    assert small(*bind, *OF).exit_code == 2
    assert small.json("pack", "list", *OF) == []
    small.ok(*bind, *BY_OPERATOR)
    (row,) = small.json("pack", "list", *OF)
    assert (row["pack"], row["parameter"], row["value"]) == ("centre", "core.branch_term", 5)
    assert row["path"].count(".") == 2
    assert small("pack", "release", "other", *place, *BY_OPERATOR).exit_code == 2
    small.ok("pack", "release", "centre", *place, *BY_OPERATOR)
    assert small.json("pack", "list", *OF) == []
    events = [entry["event"] for entry in small.json("ledger", "show", *OF)]
    assert events[:2] == ["parameters.pack_released", "parameters.pack_applied"]


def test_a_file_that_is_no_pack_is_refused(small: Shell) -> None:
    file = small.tmp / "rules.yaml"
    place = ("--organization", "DW01", "--reason", "x", "--since", "2026-01-01")
    for text in ("- a", "name: x", "name: x\noverrides: [a]", "overrides: []"):
        file.write_text(text, "utf-8")
        assert small("pack", "apply", file, *place, *BY_OPERATOR).exit_code == 2, text
    assert small.json("pack", "list", *OF) == []
