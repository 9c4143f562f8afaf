"""Institutions, plugins, accounts, roles and tokens at the command line."""

from pathlib import Path

import pytest

from zhibu.testing.register import identity
from zhibu.testing.shell import Shell

OF = ("--tenant", "small")
BY_OPERATOR = (*OF, "--operator")
PASSWORD = "清风 明月 松间 石上 7"


def test_a_tenant_is_founded_once(small: Shell) -> None:
    again = small.json("tenant", "found", "small", "--name", "示例机关")
    assert (again["existed"], again["administrators"]) == (True, [])
    assert [row["code"] for row in small.json("tenant", "list")] == ["small"]


def test_a_bad_code_is_refused_and_founds_nothing(small: Shell) -> None:
    assert small("tenant", "found", "Not A Code", "--name", "x").exit_code == 2
    assert len(small.json("tenant", "list")) == 1


def test_an_institution_that_is_not_there_has_no_tree(small: Shell) -> None:
    for asked in (("tenant", "show", "large"), ("organization", "list", "--tenant", "large")):
        assert small(*asked).exit_code == 2
    unknown = small("organization", "list", *OF, "--under", "DW9")
    assert unknown.exit_code == 2
    assert "zhibu organization list" in unknown.stderr


def test_the_codes_that_commands_ask_for_are_shown(small: Shell) -> None:
    shown = small.json("tenant", "show", "small")
    assert (shown["top"], shown["organizations"]) == ("DW", 3)
    rows = small.json("organization", "list", *OF)
    assert [(row["code"], row["parent"]) for row in rows] == [
        ("DW", None),
        ("DW01", "DW"),
        ("DW02", "DW"),
    ]
    assert [row["code"] for row in small.json("organization", "list", *OF, "--depth", "0")] == [
        "DW"
    ]
    below = small.ok("organization", "list", *OF, "--under", "DW02").stdout
    assert "DW02" in below
    assert "DW01" not in below
    assert "branch" in below


def test_nobody_enters_a_suspended_tenant(small: Shell) -> None:
    small.ok("tenant", "suspend", "small")
    assert small("ledger", "show", *OF).exit_code in (2, 3)
    small.ok("tenant", "suspend", "small", "--resume")
    small.ok("ledger", "show", *OF)


def test_an_account_is_opened_bound_given_a_password_a_role_and_closed(small: Shell) -> None:
    opened = small.json("account", "create", "zhao", *BY_OPERATOR, "--name", "赵甲",
                        "--member", identity(1))  # fmt: skip
    assert len(opened[0]["password"]) > 12
    small.ok("account", "password", "zhao", *OF, input=f"{PASSWORD}\n{PASSWORD}\n")
    given = ("--organization", "DW01", "--reason", "任命")
    rows = small.json("account", "roles", "zhao", *BY_OPERATOR, "--give", "recorder", *given)
    assert [row["role"] for row in rows] == ["recorder"]
    rows = small.json("account", "roles", "zhao", *BY_OPERATOR, "--end", "recorder", *given)
    assert rows[0]["until"] is not None
    small.ok("account", "disable", "zhao", *BY_OPERATOR)
    small.ok("account", "disable", "zhao", *BY_OPERATOR, "--enable")
    events = {entry["event"] for entry in small.json("ledger", "show", *OF, "--limit", "1000")}
    assert {"accounts.created", "accounts.password_reset", "accounts.disabled"} <= events


def test_a_password_is_never_shown(small: Shell) -> None:
    result = small("account", "password", "system", *OF, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output


def test_a_weak_password_is_refused(small: Shell) -> None:
    result = small("account", "password", "system", *OF, input="aaaa\naaaa\n")
    assert result.exit_code == 2


def test_an_unknown_member_or_role_is_refused(small: Shell) -> None:
    unknown = ("account", "create", "x1", *BY_OPERATOR, "--name", "某", "--member", identity(99))
    assert small(*unknown).exit_code == 2
    assert identity(99) not in small(*unknown).output
    given = ("--organization", "DW01", "--reason", "任命")
    assert small("account", "roles", "audit", *BY_OPERATOR, "--give", "king", *given).exit_code == 2


def test_one_account_never_holds_two_administrations(small: Shell) -> None:
    given = ("--organization", "DW", "--reason", "任命")
    result = small("account", "roles", "audit", *BY_OPERATOR, "--give", "system_administrator",
                   *given)  # fmt: skip
    assert result.exit_code == 2


def test_a_token_does_no_more_than_its_account(small: Shell) -> None:
    small.ok("account", "password", "system", *OF, input=f"{PASSWORD}\n{PASSWORD}\n")
    small.ok("account", "password", "security", *OF, input=f"{PASSWORD}\n{PASSWORD}\n")
    more = ("--organization", "DW", "--action", "core:member:read")
    assert small("token", "create", "machine", *OF, "--as", "security", *more).exit_code == 2
    held = ("--organization", "DW", "--action", "core:account:read", "--days", "7")
    token = small.json("token", "create", "machine", *OF, "--as", "security", *held)
    assert token["token"]
    small.ok("token", "revoke", token["id"], *BY_OPERATOR)
    assert token["token"] not in small.ok("ledger", "show", *OF, "--json").stdout


def test_a_plugin_is_switched_with_a_reason_and_by_the_nearest(small: Shell) -> None:
    on = ("plugin", "switch", "education", *BY_OPERATOR, "--organization", "DW", "--on")
    assert small(*on, "--reason", " ").exit_code == 2
    small.ok(*on, "--reason", "试用")
    off = ("plugin", "switch", "education", *BY_OPERATOR, "--organization", "DW01", "--off")
    small.ok(*off, "--reason", "另有台账")
    rows = small.json("plugin", "list", *OF)
    assert [(row["organization"], row["enabled"]) for row in rows] == [
        ("DW", True),
        ("DW01", False),
    ]


def test_an_unknown_plugin_is_refused(small: Shell) -> None:
    result = small("plugin", "switch", "teapot", *BY_OPERATOR, "--organization", "DW", "--on",
                   "--reason", "试用")  # fmt: skip
    assert result.exit_code == 2


def test_a_new_plugin_is_written_where_it_is_wanted(small: Shell) -> None:
    small.ok("plugin", "new", "honours", "--into", small.tmp / "plugins")
    assert (small.tmp / "plugins/honours/pyproject.toml").exists()
    assert small("plugin", "new", "honours", "--into", small.tmp / "plugins").exit_code == 2


def test_installed_plugins_are_listed(small: Shell) -> None:
    assert "education" in {row["plugin"] for row in small.json("plugin", "list")}


def test_sessions_are_listed_and_a_factor_that_is_not_there_cannot_be_reset(small: Shell) -> None:
    small.ok("account", "create", "qian", *BY_OPERATOR, "--name", "钱乙")
    assert small.json("account", "sessions", "qian", *OF) == []
    small.ok("account", "sessions", "qian", *BY_OPERATOR, "--end")
    assert small("account", "sessions", "qian", *OF, "--end").exit_code == 2
    refused = small("account", "reset-factor", "qian", *BY_OPERATOR, "--reason", "遗失")
    assert refused.exit_code == 2
    assert "secondFactorEnrol" in refused.stderr


def test_accounts_are_linked_to_a_service_of_the_institution_all_or_none(
    small: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "services.toml"
    settings.write_text(SERVICES, "utf-8")
    monkeypatch.setenv("ZHIBU_SETTINGS", str(settings))
    pairs = tmp_path / "pairs.csv"
    for login in ("sun", "li"):
        small.ok("account", "create", login, *BY_OPERATOR, "--name", login)
    by = ("--provider", "campus", *BY_OPERATOR)
    small.ok("account", "link", "sun", "--subject", "20200001", *by)
    pairs.write_text("li,20200002\nsun,20200002\n", "utf-8")
    assert small("account", "link", "--file", str(pairs), *by).exit_code == 2
    pairs.write_text("li,20200002\n", "utf-8")
    assert "1" in small.ok("account", "link", "--file", str(pairs), *by).stderr
    assert small("account", "link", "li", *by).exit_code == 2
    unknown = ("--provider", "elsewhere", *BY_OPERATOR)
    assert small("account", "link", "li", "--subject", "x", *unknown).exit_code == 2
    found = [row for row in small.json("doctor") if row["check"] == "providers"]
    assert [(row["where"], row["state"]) for row in found] == [("campus", "fault")]


SERVICES = """
address = "https://party.example.cn"
[providers.campus]
kind = "cas"
tenant = "small"
address = "http://127.0.0.1:9/cas"
"""
