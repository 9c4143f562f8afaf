"""Rotating the master keys at the command line."""

from zhibu.testing.shell import Shell


def test_keys_are_rotated_and_the_old_one_taken_away(small: Shell) -> None:
    (only,) = small.json("keys", "list")
    assert (only["key"], only["current"]) == (1, True)
    assert only["values"] > 0
    small.ok("keys", "add")
    assert [row["current"] for row in small.json("keys", "list")] == [True, False]
    assert small("keys", "retire", "2").exit_code == 2, "it waits"
    rotated = small.json("keys", "rotate")
    assert rotated == [{"tenant": "small", "values": only["values"], "broken": 0}]
    assert [row["values"] for row in small.json("keys", "list")] == [0, only["values"]]
    entries = [entry["facts"] for entry in small.ledger("sealing.renewed")]
    assert sum(each["values"] for each in entries) == only["values"]
    assert {each["key"] for each in entries} == {2}
    assert small("keys", "retire", "2").exit_code == 2
    early = small("keys", "retire", "1")
    assert early.exit_code == 2
    assert "minutes" in early.stderr
    assert small.json("keys", "rotate", "--resume") == [
        {"tenant": "small", "values": 0, "broken": 0}
    ]
    assert [row["key"] for row in small.json("keys", "list")] == [1, 2]
