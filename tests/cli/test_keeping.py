"""Doctor, ledger, backup and restore: what keeps an installation whole, and says when it is not."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from psycopg.conninfo import conninfo_to_dict

from zhibu.cli.doctor import databases
from zhibu.settings import Settings
from zhibu.testing.postgresql import Server
from zhibu.testing.shell import Shell


def tamper(shell: Shell, *statements: str) -> None:
    """Change the institution's file behind the program's back."""
    file = next((shell.data / "tenants").glob("*.db"))
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


def states(shell: Shell, exit_code: int = 0) -> dict[str, set[str]]:
    """The state of each check, over everything it looked at; the doctor ends with that code."""
    found: dict[str, set[str]] = {}
    said = shell("doctor", "--json")
    assert said.exit_code == exit_code, said.output
    for row in json.loads(said.stdout):
        found.setdefault(row["check"], set()).add(row["state"])
    return found


@pytest.fixture
def uncompared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor does not hold models against tables, which takes longest."""
    monkeypatch.setattr(databases, "drift", lambda *_: {})


def test_a_healthy_installation_has_no_faults(anywhere: Shell) -> None:
    found = states(anywhere)
    for check in ("drift", "migrations", "paths", "members", "figures", "ledger", "keys"):
        assert found[check] == {"ok"}


@pytest.mark.usefixtures("uncompared")
def test_row_level_security_taken_off_is_a_fault(
    on_server: Shell, server_settings: Settings, postgres_server: Server
) -> None:
    assert states(on_server)["walls"] == {"ok"}
    name = database(server_settings)
    postgres_server.run("ALTER TABLE core_member NO FORCE ROW LEVEL SECURITY", database=name)
    assert states(on_server, 1)["walls"] == {"fault"}


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        ("paths", "UPDATE core_organization SET path = '2.zz.' WHERE code = 'DW02'"),
        ("members", "UPDATE core_member SET path = '1.' WHERE path <> '1.'"),
        ("figures", "UPDATE core_figure SET value = value + 1"),
        ("ledger", "UPDATE core_ledger SET body = body || ' ' WHERE seq = 1"),
        ("drift", "CREATE INDEX stray ON core_member (name)"),
    ],
)
def test_what_was_changed_behind_the_program_is_found(
    small: Shell, check: str, statement: str
) -> None:
    if statement.startswith("CREATE"):
        file = next((small.data / "tenants").glob("*.db"))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(statement)
    else:
        tamper(small, statement)
    assert "fault" in states(small, 1)[check]


@pytest.mark.usefixtures("uncompared")
def test_keys_that_others_may_read_are_a_fault(small: Shell) -> None:
    (small.data / "keys.json").chmod(0o644)
    assert states(small, 1)["keys"] == {"fault"}


@pytest.mark.usefixtures("uncompared")
def test_an_open_data_folder_and_an_open_address_are_warnings(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.data.chmod(0o755)
    monkeypatch.setenv("ZHIBU_HOST", "0.0.0.0")
    found = states(small)
    assert (found["data_folder"], found["bind"]) == ({"warning"}, {"warning"})


@pytest.mark.usefixtures("uncompared")
def test_administrators_without_a_second_factor_are_named(small: Shell) -> None:
    def found() -> dict[str, str]:
        (row,) = [row for row in small.json("doctor") if row["check"] == "administrators"]
        return {"state": row["state"], "detail": row["detail"]}

    file = next((small.data / "tenants").glob("*.db"))
    with closing(sqlite3.connect(file)) as connection:
        asked = (
            "SELECT count(DISTINCT account_id) FROM core_role_assignment"
            " WHERE role LIKE '%_administrator'"
        )
        assert connection.execute(asked).fetchone() == (3,)
    assert found() == {
        "state": "warning",
        "detail": "without a second factor: audit, security, system",
    }
    begun = "INSERT INTO core_factor (tenant_id, id, secret_sealed, created_at)"
    tamper(small, f"{begun} SELECT tenant_id, id, x'', created_at FROM core_account")
    assert found()["state"] == "warning", "not confirmed"
    tamper(small, "UPDATE core_factor SET confirmed_at = created_at")
    assert found()["state"] == "ok"


def test_without_an_installation_the_doctor_says_so(empty: Shell) -> None:
    assert empty("doctor").exit_code == 1


def test_a_changed_entry_fails_verification_and_is_named(small: Shell) -> None:
    small.ok("ledger", "verify")
    tamper(small, "UPDATE core_ledger SET event = 'nothing' WHERE seq = 2")
    result = small("ledger", "verify")
    assert result.exit_code == 1
    assert small.json("ledger", "verify")[0]["faults"] == ["2 columns"]


def test_a_ledger_that_was_cut_off_contradicts_its_checkpoint(small: Shell) -> None:
    small.ok("ledger", "verify", "--sign")
    last = len(small.json("ledger", "show", "--tenant", "small", "--limit", "1000"))
    tamper(
        small,
        f"DELETE FROM core_ledger WHERE seq = {last}",
        f"UPDATE core_ledger_head SET seq = {last - 1},"
        f" hash = (SELECT hash FROM core_ledger WHERE seq = {last - 1})",
    )
    assert small("ledger", "verify").exit_code == 1


def test_a_saved_checkpoint_and_a_later_beginning_are_verified_too(small: Shell) -> None:
    small.ok("ledger", "verify", "--sign")
    saved = small.tmp / "saved.txt"
    (kept,) = (small.data / "checkpoints").glob("*.notes")
    shutil.copyfile(kept, saved)
    with_saved = ("ledger", "verify", "--tenant", "small", "--checkpoint", saved)
    small.ok(*with_saved)
    assert small.json("ledger", "verify", "--since", "3")[0]["first"] is None
    tamper(small, "UPDATE core_ledger SET event = 'nothing' WHERE seq = 2")
    shutil.rmtree(small.data / "checkpoints")
    assert small(*with_saved).exit_code == 2  # by whose key?
    saved.write_text("nothing")
    assert small("ledger", "verify", "--checkpoint", saved).exit_code == 2
    assert small.json("ledger", "verify")[0]["first"] == 2
    assert small.json("ledger", "verify", "--since", "3")[0]["sound"]


@pytest.mark.usefixtures("uncompared")
def test_after_a_backup_was_restored_the_ledger_goes_on_once_somebody_says_so(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, data = small.tmp / "elsewhere", small.tmp / "restored"
    elsewhere.mkdir()
    monkeypatch.setenv("ZHIBU_CHECKPOINT_FOLDERS", str(elsewhere))
    assert states(small)["checkpoints"] == {"ok"}
    small.ok("ledger", "verify", "--sign")
    small.ok("backup", small.tmp / "old.tar", "--with-keys")
    rebuild = ("figures", "rebuild", "--tenant", "small", "--operator", "--reason", "核对")
    small.ok(*rebuild)
    small.ok("ledger", "verify", "--sign")
    monkeypatch.setenv("ZHIBU_DATA", str(data))
    assert small("restore", small.tmp / "old.tar").exit_code == 1
    (row,) = small.json("ledger", "verify")
    assert row["faults"] == [f"{row['first']} truncated"]
    restored = ("ledger", "restored", "--tenant", "small", "--reason", "恢复", "--operator")
    small.ok(*restored)
    small.ok("ledger", "verify")
    (line,) = small.ledger("ledger.restored")
    assert line["facts"]["known"] == row["first"]


@pytest.mark.usefixtures("uncompared")
def test_places_of_checkpoints_that_are_not_there_are_a_fault(
    small: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(small)["checkpoints"] == {"warning"}
    monkeypatch.setenv("ZHIBU_CHECKPOINT_FOLDERS", str(small.data / "checkpoints"))
    monkeypatch.setenv("ZHIBU_CHECKPOINT_MAIL", "audit@example.cn")
    assert "fault" in states(small, 1)["checkpoints"]
    monkeypatch.setenv("ZHIBU_MAIL_HOST", "mail.example.cn")
    monkeypatch.setenv("ZHIBU_CHECKPOINT_FOLDERS", "")
    assert states(small)["checkpoints"] == {"ok"}


def database(settings: Settings) -> str:
    """The name of the installation's database."""
    return str(conninfo_to_dict(settings.database)["dbname"])


def test_the_schema_file_is_compared(small: Shell) -> None:
    out = small.tmp / "schema.graphql"
    assert small("schema", "export", out, "--check").exit_code == 1
    small.ok("schema", "export", out)
    small.ok("schema", "export", out, "--check")
    whole = small.ok("schema", "print").stdout
    assert out.read_text("utf-8") == whole
    assert "educationBehind" in whole
    assert "educationBehind" not in small.ok("schema", "print", "--plugins", "").stdout


def test_the_schema_is_distributable_and_the_statements_are_printed(anywhere: Shell) -> None:
    assert anywhere.json("database", "lint") == []
    statements = anywhere.json("database", "distribute")["statements"]
    assert any("create_distributed_table('core_member'" in each for each in statements)


def test_a_trigger_on_the_server_is_an_offence(
    on_server: Shell, server_settings: Settings, postgres_server: Server
) -> None:
    on_server.ok("database", "lint")
    postgres_server.run(
        "CREATE FUNCTION stray() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER stray BEFORE INSERT ON core_member FOR EACH ROW EXECUTE FUNCTION stray()",
        database=database(server_settings),
    )
    assert on_server("database", "lint").exit_code == 1


def test_a_wrong_figure_is_found_and_mended_at_the_command_line(small: Shell) -> None:
    assert small("figures", "verify").exit_code == 0
    tamper(small, "UPDATE core_figure SET value = 40 WHERE name = 'core.members' AND value = 3")
    assert small("figures", "verify").exit_code == 1
    (found,) = small.json("figures", "verify", "--tenant", "small")
    assert (found["figure"], found["kept"], found["counted"]) == ("core.members", 40, 3)
    rebuild = ("figures", "rebuild", "--tenant", "small", "--operator", "--reason")
    assert small(*rebuild, " ").exit_code == 2
    assert "1 figures" in small.ok(*rebuild, "核对").stderr
    assert small("figures", "verify").exit_code == 0
    (line,) = small.ledger("figures.rebuilt")
    assert line["via"] == "operator"
