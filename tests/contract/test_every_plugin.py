"""Every installed plugin keeps the contract, on SQLite and on PostgreSQL."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from zhibu.plugins import GROUP
from zhibu.settings import Database
from zhibu.testing.contract import NotInstalled, Owner, faults
from zhibu.testing.postgresql import APP

NAMES = sorted(point.name for point in entry_points(group=GROUP))


@pytest.mark.parametrize("name", NAMES)
def test_an_installed_plugin_keeps_the_contract(name: str, postgres: Database) -> None:
    assert faults(name, postgresql=Owner(postgres.owner, APP)) == []


def test_a_plugin_that_is_not_installed_is_not_judged() -> None:
    with pytest.raises(NotInstalled):
        faults("nobody")


def test_the_command_says_what_is_wrong_and_fails() -> None:
    asked = [sys.executable, "-m", "zhibu.testing.contract", "nobody"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "0 plugins of the name nobody are installed" in done.stdout
