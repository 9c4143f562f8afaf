"""The program itself: help, exit codes, one line per error."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from zhibu.cli import errors as cli_errors
from zhibu.cli.program import COMMANDS, app
from zhibu.cli.terminal import Terminal
from zhibu.errors import Conflict, PluginError, Refused, Unavailable, ZhibuError
from zhibu.testing.shell import Shell
from zhibu.texts import CORE, Texts

HERE = Path(__file__).parents[2]


def test_help_loads_neither_the_platform_nor_the_schema() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from zhibu.cli.program import app;"
        "print(CliRunner().invoke(app, ['--help']).exit_code,"
        " sorted({'strawberry', 'alembic', 'yaml', 'zhibu.platform'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "[]"]


def test_nothing_that_serves_loads_what_only_tests() -> None:
    code = (
        "import sys, zhibu.app, zhibu.cli.serving, zhibu.cli.working, zhibu_education.plugin;"
        "tests = ('zhibu.testing', 'pytest', 'hypothesis', 'packaging');"
        "print([each for each in sys.modules if each.startswith(tests)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert "·" in result.output


def test_what_does_not_exist_is_a_usage_error(empty: Shell) -> None:
    assert empty("serv").exit_code == 2
    assert "serve" in empty("serv").stderr


def test_without_an_installation_nothing_runs_and_nothing_appears(empty: Shell) -> None:
    result = empty("tenant", "list")
    assert result.exit_code == 3
    assert "zhibu init" in result.stderr
    assert not empty.data.exists()


def test_a_setting_nobody_knows_is_refused(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_TEAPOT", "1")
    assert empty("tenant", "list").exit_code == 2


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (Conflict(), 2),
        (Refused([Conflict(), Conflict()]), 2),
        (Unavailable(), 3),
        (PluginError(fault="torn"), 3),
        (KeyError("x"), 4),
    ],
)
def test_each_family_has_its_exit_code_and_one_line(
    raised: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, Terminal(language="en").refusals():
        raise raised
    assert ended.value.exit_code == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == (2 if isinstance(raised, Refused) else 1)
    assert "Traceback" not in lines[0]


def test_an_internal_error_shows_no_second_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), Terminal(language="en").refusals():
        raise RuntimeError("broken\nDETAIL: Key (identity)=(secret) exists")
    assert "secret" not in capsys.readouterr().err


def test_whoever_asks_for_it_gets_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_DEBUG", "1")
    with pytest.raises(Conflict), Terminal().refusals():
        raise Conflict()


def test_every_error_and_sentence_has_a_text_in_both_languages() -> None:
    import re

    texts = Texts.load([CORE])
    kinds = [
        kind
        for kind in vars(cli_errors).values()
        if isinstance(kind, type)
        and issubclass(kind, ZhibuError)
        and kind.__module__ == cli_errors.__name__
    ]
    assert len(kinds) > 10
    said: set[str] = set()
    for file in (HERE / "core/zhibu/cli").rglob("*.py"):
        text = file.read_text("utf-8")
        said |= set(re.findall(r'terminal\.(?:say|text)\(\s*"([a-z_.]+)"', text))
        said |= {f"check.{name}" for name in re.findall(r'judged\("([a-z_]+)"', text)}
        for first, second in re.findall(
            r'terminal\.say\(\s*"([a-z_]+)" if \w+ else "([a-z_]+)"', text
        ):
            said |= {first, second}
    assert "imported" in said
    assert texts.missing(kinds, cli=said) == []


def test_the_manual_names_every_command_option_and_exit_code() -> None:
    manual = (HERE / "docs/cli.md").read_text("utf-8")
    from zhibu.cli.program import loaded

    for name in COMMANDS:
        command = loaded(name)
        parts = getattr(command, "commands", {None: command})
        for part, each in parts.items():
            assert f"zhibu {name}" + (f" {part}" if part else "") in manual
            options = [option for p in each.params for option in p.opts if option.startswith("--")]
            assert [
                option for option in options if option != "--help" and option not in manual
            ] == []
    for code in range(5):
        assert f"| {code} |" in manual
